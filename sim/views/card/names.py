"""Names and states for buttons of which one is down: ipywidgets tells screen readers neither."""

import ipywidgets as w

SCRIPT = """<script>
(() => {
  const set = (element, name, value) => {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  };
  const tell = () => {
    for (const group of document.querySelectorAll(".kit-card .kit-choices")) {
      const label = group.querySelector(".widget-label");
      set(group, "role", "group");
      if (label) set(group, "aria-label", label.textContent);
    }
    for (const button of document.querySelectorAll(".kit-card .widget-toggle-button, .kit-card .kit-choices button"))
      set(button, "aria-pressed", String(button.classList.contains("mod-active")));
  };
  if (window.kitPressed) return;
  window.kitPressed = new MutationObserver(tell);
  window.kitPressed.observe(document, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
  tell();
})();
</script>"""


def pressed_names() -> w.Output:
    """A widget without a look, whose script runs in JupyterLab and under Voila; one watcher serves all cards."""
    output = {"output_type": "display_data", "data": {"text/html": SCRIPT, "text/plain": ""}, "metadata": {}}
    return w.Output(outputs=(output,), layout=w.Layout(display="none"))
