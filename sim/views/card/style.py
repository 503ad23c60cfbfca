"""The style sheet of a card, on top of the control room's; everything is scoped under .kit-card."""

from sim.views import looks
from sim.views.room.style import FAMILY, TOKENS, sheet
from sim.views.serving import under_voila

SHEET = """
.kit .kit-card { TOKENS --s: 1; font-family: FAMILY; font-size: calc(14px * var(--s)); line-height: 1.4; color: var(--ink);
  background: var(--paper); border: 1px solid var(--rule); border-radius: 4px; box-sizing: border-box; text-align: left;
  width: calc(620px * var(--s)); max-width: 100%; padding: calc(20px * var(--s)) calc(24px * var(--s)); margin: 4px 0 16px;
  gap: calc(20px * var(--s)); display: flex; flex-direction: column; overflow: visible; }
@container (min-width: 1700px) { .kit .kit-card { --s: 1.42; } }
.kit .kit-card-head .widget-html-content { display: flex; justify-content: space-between; gap: 16px; align-items: baseline;
  flex-wrap: wrap; }
.kit .kit-card-head h2 { font-size: calc(14px * var(--s)); font-weight: bold; }
.kit .kit-card h3 { font-size: calc(20px * var(--s)); line-height: 1.25; font-weight: bold; min-height: 2.5em; }
.kit .kit-card h4 { font-size: calc(14px * var(--s)); font-weight: bold; margin: 0 0 calc(4px * var(--s)); }
.kit .kit-card p { font-size: calc(14px * var(--s)); line-height: 1.4; }
.kit .kit-card p + p { margin-top: calc(6px * var(--s)); }
.kit .kit-card .kit-help { font-size: calc(13px * var(--s)); }
.kit .kit-card details { font-size: calc(13px * var(--s)); color: var(--ink-2); }
.kit .kit-card details p { color: var(--ink-2); }
.kit .kit-card summary { cursor: pointer; }
.kit .kit-card summary:focus-visible, .kit .kit-card textarea:focus-visible {
  outline: 3px solid var(--plan) !important; outline-offset: 1px; }
.kit .kit-step { gap: calc(10px * var(--s)); overflow: visible; }
.kit .kit-step + .kit-step { border-top: 1px solid var(--rule); padding-top: calc(20px * var(--s)); }
.kit .kit-stages { display: flex; gap: 6px; list-style: none; margin: 0; padding: 0; }
.kit .kit-stages li { flex: 1 1 0; font-size: calc(13px * var(--s)); color: var(--ink-3); margin: 0;
  padding-bottom: calc(7px * var(--s)); border-bottom: 4px solid var(--rule); }
.kit .kit-stages li.kit-on { color: var(--ink); font-weight: bold; border-bottom-color: var(--ink); }

.kit .kit-svg { width: 100%; height: auto; display: block; overflow: visible; font-family: FAMILY; }
.kit .kit-drawn { width: 100%; }
.kit .kit-panel-picture { width: calc(432px * var(--s)); max-width: 100%; display: block; margin: calc(8px * var(--s)) 0 0; }
.kit .kit-scale, .kit .kit-heights { position: relative; width: 100%; }
.kit .kit-card .kit-scale .kit-slider { position: absolute; left: 0; right: 0; transform: translateY(-50%); width: 100%;
  height: calc(40px * var(--s)); }
.kit .kit-card .kit-scale .slider-container { margin: 0 2.797%; height: 100%; }
.kit .kit-card .kit-scale .noUi-target, .kit .kit-card .kit-upright .noUi-target { background: none; height: 100%; }
.kit .kit-card .kit-scale .noUi-target { height: calc(40px * var(--s)); }
.kit .kit-card .kit-scale .noUi-target::after, .kit .kit-card .kit-upright .noUi-target::after { display: none; }
.kit .kit-card .kit-scale .noUi-connects, .kit .kit-card .kit-upright .noUi-connects { background: none; }
.kit .kit-card .kit-scale .noUi-connect, .kit .kit-card .kit-upright .noUi-connect { background: none; }
.kit .kit-card .kit-scale .noUi-handle { --d: calc(16px * var(--s)); width: var(--d); height: var(--d);
  top: calc(20px * var(--s) - var(--d) / 2); right: calc(var(--d) / -2); border-radius: 0; border: 2px solid var(--ink);
  background: var(--paper); transform: rotate(45deg); box-sizing: border-box; }
.kit .kit-card .kit-upright { position: absolute; transform: translateX(-50%); }
.kit .kit-card .kit-upright .slider-container { margin: 0; width: 28px; height: 100%; display: flex; }
.kit .kit-card .kit-upright .noUi-target { width: 28px; }
.kit .kit-card .kit-upright .noUi-handle { --d: calc(13px * var(--s)); width: var(--d); height: var(--d);
  left: auto; right: calc(14px - var(--d) / 2); top: calc(var(--d) / -2); bottom: auto; border-radius: 0;
  border: 2px solid var(--ink); background: var(--paper); transform: rotate(45deg); box-sizing: border-box; }
.kit .kit-card .kit-scale .noUi-handle:is(:hover, :focus, :active), .kit .kit-card .kit-upright .noUi-handle:is(:hover, :focus, :active) {
  background: var(--paper); border-color: var(--ink); }
.kit .kit-card .kit-untouched .noUi-handle, .kit .kit-card .kit-scale .kit-untouched .noUi-handle:is(:hover, :focus, :active),
.kit .kit-card .kit-upright.kit-untouched .noUi-handle:is(:hover, :focus, :active) { border-color: transparent; background: none; }

.kit .kit-scale + .kit-answer-row, .kit .kit-heights + .kit-height-row { padding-top: calc(10px * var(--s)); }
.kit .kit-answer-row { align-items: flex-end; gap: calc(10px * var(--s)); flex-wrap: wrap; }
.kit .kit-card .kit-answer { width: calc(76px * var(--s)) !important; }
.kit .kit-card .kit-answer input { height: calc(36px * var(--s)); font-size: calc(18px * var(--s)); text-align: right;
  padding: 0 calc(9px * var(--s)); }
.kit .kit-height-row { gap: calc(6px * var(--s)); }
.kit .kit-card .kit-height { flex: 0 1 calc(64px * var(--s)); min-width: 0; }
.kit .kit-card .kit-height .kit-answer { width: 100% !important; }
.kit .kit-card .kit-height .kit-answer input { font-size: calc(15px * var(--s)); height: calc(32px * var(--s)); padding: 0 calc(5px * var(--s)); }
.kit .kit-card .kit-height { align-items: center; gap: 2px; }
.kit .kit-card .kit-beside { font-size: calc(15px * var(--s)) !important; padding-bottom: calc(7px * var(--s)); flex: 1 1 0 !important; }
.kit .kit-card input:disabled, .kit .kit-card textarea:disabled { background: var(--page) !important; color: var(--ink);
  opacity: 1; -webkit-text-fill-color: var(--ink); }
.kit .kit-card .kit-choices .jupyter-button { font-size: calc(14px * var(--s)); padding: calc(8px * var(--s)) calc(10px * var(--s));
  margin: 0 calc(6px * var(--s)) calc(6px * var(--s)) 0; height: auto; }
.kit .kit-card .kit-choices .jupyter-button.mod-active:disabled { background: var(--page) !important; color: var(--ink) !important;
  border-color: var(--ink-3) !important; }
.kit .kit-card .jupyter-button.mod-active:disabled::before, .kit .kit-card .kit-choices .mod-active:disabled::before { content: "✓ "; }
.kit .kit-card .kit-options .kit-choices, .kit .kit-card .kit-options .widget-toggle-buttons { width: 100%; }
.kit .kit-card .kit-options .jupyter-button { white-space: normal; text-align: left; }
.kit .kit-place-row { align-items: center; justify-content: space-between; gap: 12px; border-bottom: 1px solid var(--grid);
  padding: calc(4px * var(--s)) 0; }
.kit .kit-place-row > .kit-text { flex: 1 1 0 !important; min-width: 0; }
.kit .kit-card .kit-place-row .jupyter-button { min-width: calc(36px * var(--s)); margin-bottom: 0; text-align: center; }

.kit .kit-card .kit-main { font-size: calc(17px * var(--s)); font-weight: bold; padding: calc(12px * var(--s)); width: 100%;
  background: var(--plan); color: var(--paper); border-color: var(--plan); }
.kit .kit-card .kit-main:hover:not(:disabled) { background: var(--plan-text); color: var(--paper); }
.kit .kit-card .kit-main.kit-waiting { background: var(--paper); color: var(--ink-3); border: 1px dashed var(--ink-3); }
.kit .kit-card .kit-stop, .kit .kit-card .kit-stop:hover:not(:disabled) { background: var(--paper); color: var(--ink); border-color: var(--ink-3); }
.kit .kit-card .kit-second { font-size: calc(14px * var(--s)); padding: calc(8px * var(--s)) calc(14px * var(--s));
  align-self: flex-start; }
.kit .kit-task-buttons { gap: calc(8px * var(--s)); align-items: center; flex-wrap: wrap; }
.kit .kit-card .kit-task-buttons .kit-main { width: auto; font-size: calc(14px * var(--s)); padding: calc(8px * var(--s)) calc(20px * var(--s)); }
.kit .kit-card .kit-bar { height: calc(6px * var(--s)); margin: 0 0 4px; }
.kit .kit-card-line:has(:empty) { position: absolute; }
.kit .kit-card-progress:has(.widget-html-content:empty) { position: absolute; }
.kit .kit-card .kit-error, .kit .kit-card .kit-said { font-size: calc(13px * var(--s)); }
.kit .kit-card .kit-why { height: auto; width: 100%; display: block; }
.kit .kit-card .kit-why > .widget-label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.kit .kit-card .kit-why textarea { font-family: inherit; font-size: calc(14px * var(--s)); line-height: 1.4; color: var(--ink);
  background: var(--paper); border: 1px solid var(--ink-3); border-radius: 3px; box-sizing: border-box; width: 100%;
  padding: calc(8px * var(--s)); }
.kit .kit-card ul, .kit .kit-card .kit-hints ol { margin: calc(4px * var(--s)) 0 0; padding-left: 1.4em; }
.kit .kit-card ul li, .kit .kit-hints ol li { margin: calc(2px * var(--s)) 0; font-size: calc(14px * var(--s)); }
.kit .kit-badge { display: inline-block; border: 1px solid var(--ink); border-radius: 3px; font-weight: bold;
  padding: calc(2px * var(--s)) calc(8px * var(--s)); font-size: calc(13px * var(--s)); }
.kit .kit-badge-assumed { border-style: dashed; }
.kit .kit-model { color: var(--plan-text); font-weight: bold; }
.kit .kit-beside-table { border-collapse: collapse; width: 100%; font-size: calc(14px * var(--s)); margin: 0 0 8px; table-layout: auto; }
.kit .kit-card .kit-beside-table th, .kit .kit-card .kit-beside-table td { text-align: left; border: 0;
  border-bottom: 1px solid var(--rule); padding: calc(5px * var(--s)) calc(10px * var(--s)) calc(5px * var(--s)) 0; font-size: inherit;
  background: none; max-width: none; white-space: normal; }
.kit .kit-card .kit-beside-table th { font-weight: bold; }
.kit .kit-verdict-met b { color: var(--better-text); }
.kit .kit-card .kit-code-row { align-items: center; gap: 12px; }
.kit .kit-card .kit-code { flex: 1 1 0; }
.kit .kit-card .kit-plan-levers { gap: calc(12px * var(--s)); }
.kit .kit-inside { overflow-x: auto; width: 100%; margin-top: calc(10px * var(--s)); }
.kit .kit-card .kit-inside pre, .kit .kit-card .kit-inside code { font-family: "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace; font-size: calc(12px * var(--s)); }
.kit .kit-progress-strip { display: grid; grid-template-columns: repeat(auto-fill, minmax(9em, 1fr)); gap: 10px 6px; list-style: none; margin: 0; padding: 0; }
.kit .kit-progress-strip li { font-size: calc(13px * var(--s)); color: var(--ink-2); margin: 0;
  padding-bottom: 6px; border-bottom: 4px solid var(--rule); }
.kit .kit-progress-strip li.kit-done { color: var(--ink); border-bottom-color: var(--ink); }
"""


PAGE = """
body.jp-Notebook { width: min(680px, 100%); margin: 0 auto !important; padding: 24px 16px 48px !important;
  box-sizing: border-box; background: PAPER; }
body.jp-Notebook .jp-RenderedMarkdown { font-family: FAMILY; font-size: 16px; line-height: 1.5; }
body.jp-Notebook .jp-RenderedMarkdown h1 { font-size: 30px; }
body.jp-Notebook .jp-RenderedMarkdown h2 { font-size: 21px; }
"""
"""For a lesson under Voila, where the notebook has the whole window: a column as wide as its cards, to be read."""


def page_html() -> str:
    """The style sheet of a lesson's page; nothing in JupyterLab, which has its own."""
    return (
        f"<style>{PAGE.replace('FAMILY', FAMILY).replace('PAPER', looks.PAPER)}</style>"
        if under_voila()
        else ""
    )


def style_html() -> str:
    """Both style sheets in their element."""
    own = SHEET.replace("TOKENS", TOKENS).replace("FAMILY", FAMILY)
    return f"<style>{sheet()}{own}</style>"
