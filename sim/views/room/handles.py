"""Names for the handles of sliders: ipywidgets gives them none, so a screen reader would say only a number."""

import ipywidgets as w

NAMES = """<script>
(() => {
  const name = () => {
    for (const handle of document.querySelectorAll(".kit-slider .noUi-handle:not([aria-label])")) {
      const label = handle.closest(".kit-slider").querySelector(".widget-label");
      if (label) handle.setAttribute("aria-label", label.textContent);
    }
  };
  if (window.kitHandles) return;
  window.kitHandles = new MutationObserver(name);
  window.kitHandles.observe(document, { childList: true, subtree: true });
  name();
})();
</script>"""
"""Gives every handle, whenever it appears, the name of the label beside it; one watcher serves all pages."""


def handle_names() -> w.Output:
    """A widget without a look, whose script runs in JupyterLab and under Voila."""
    output = {"output_type": "display_data", "data": {"text/html": NAMES, "text/plain": ""}, "metadata": {}}
    return w.Output(outputs=(output,), layout=w.Layout(display="none"))
