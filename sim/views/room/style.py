"""The page's style sheet. Everything is scoped under .kit; what touches the page around it is for Voila only.

Sizes are in units of --s: 1 at 1280 by 800, larger on a projector. The width that counts is the container's: in
JupyterLab the page is much narrower than the window. There the panels stand in one column and the levers stay beside
them while the notebook scrolls, for which the cells around the page, and only they, must not clip it.
"""

from typing import Final

from sim.views import looks
from sim.views.serving import under_voila

LENGTHS: Final = {
    "LAB_HEIGHT": 780,
    "ROOMY": 1400,
    "ROOMY_HEIGHT": 900,
    "WIDE": 1700,
    "NARROW": 1100,
    "VERY_NARROW": 700,
}
"""Css pixels: the page's height in JupyterLab, and the widths of the container at which the layout changes."""
TOKENS: Final = "".join(f"--{name}:{colour};" for name, colour in looks.COLOURS.items())
FAMILY: Final = ", ".join(f'"{font}"' if " " in font else font for font in looks.FONTS) + ", sans-serif"

PAGE = """
body { overflow: hidden; padding: 0 !important; margin: 0 !important; }
body.jp-Notebook, body #rendered_cells { padding: 0 !important; margin: 0 !important; }
.jp-Cell, .jp-OutputArea-child, .jp-OutputArea-output, .jp-Cell-outputWrapper, .jp-OutputArea {
  padding: 0 !important; margin: 0 !important; border: 0 !important; }
.jp-OutputPrompt, .jp-InputPrompt { display: none !important; }
.jp-Cell:not(:has(.kit-page)), .jp-OutputArea-child:not(:has(.kit-page)) { display: none !important; }
.kit .kit-page { height: 100vh; }
"""
"""For Voila, where the control room has the whole window: no gaps, no scroll bar, and no other cell."""

SHEET = """
.kit { container-type: inline-size; width: 100%; margin: 0; overflow: visible; }
.jp-Cell:has(.kit-page), .jp-OutputArea:has(.kit-page), .jp-OutputArea-child:has(.kit-page),
.jp-OutputArea-output:has(.kit-page) { overflow: visible !important; contain: none !important; }
.kit .kit-page {
  TOKENS
  --s: 1; --column: 320px; --header: 48px; --head: 74px;
  font-family: FAMILY; font-size: calc(14px * var(--s)); line-height: 1.35; color: var(--ink);
  background: var(--page); height: LAB_HEIGHTpx; display: flex; flex-direction: column; position: relative;
  overflow: hidden; text-align: left; }
@container (min-width: WIDEpx) {
  .kit .kit-page { --s: 1.42; --column: 460px; --header: 64px; --head: 100px; } }
@container (min-width: ROOMYpx) { .kit .kit-page { height: ROOMY_HEIGHTpx; } }

.kit .jupyter-widgets, .kit .widget-box, .kit .jupyter-widget-box { margin: 0; max-width: none; }
.kit .kit-row, .kit .kit-column { overflow: visible; min-width: 0; }
.kit .kit-row > *, .kit .kit-column > * { flex-shrink: 0; }
.kit .kit-text, .kit .kit-text > .widget-html-content, .kit .kit-text .jupyter-widget-html-content {
  height: auto; line-height: 1.35; font-size: inherit; min-width: 0; margin: 0; padding: 0; overflow: visible; }
.kit .kit-text > .widget-html-content, .kit .kit-text > .jupyter-widget-html-content { width: 100%; flex: 1 1 0; }
.kit h1, .kit h2, .kit h3, .kit h4, .kit p { margin: 0; padding: 0; font-family: inherit; color: inherit;
  line-height: 1.25; letter-spacing: 0; }
.kit .kit-gone { display: none !important; }
.kit .kit-hidden { position: absolute !important; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.kit .kit-box > .widget-label, .kit .kit-slider > .widget-label, .kit .kit-choices > .widget-label {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.kit .kit-help { color: var(--ink-2); font-size: calc(12px * var(--s)); }
.kit .kit-error { color: var(--worse-text); font-size: calc(12px * var(--s)); }
.kit .kit-unit { color: var(--ink-2); font-size: calc(12px * var(--s)); }

.kit button, .kit input { font-family: inherit; }
.kit .jupyter-button { height: auto; line-height: 1.2; padding: calc(6px * var(--s)) calc(8px * var(--s));
  font-size: calc(12px * var(--s)); color: var(--ink); background: var(--paper); border: 1px solid var(--ink-3);
  border-radius: 3px; box-shadow: none; width: auto; }
.kit .jupyter-button:hover:not(:disabled) { background: var(--page); box-shadow: none; }
.kit .jupyter-button:disabled { color: var(--ink-3); border-color: var(--rule); opacity: 1; }
.kit .jupyter-button.mod-active, .kit .jupyter-button.mod-active:hover:not(:disabled) {
  background: var(--ink); color: var(--paper); font-weight: bold; border-color: var(--ink); }
.kit button:focus-visible, .kit input:focus-visible, .kit .noUi-handle:focus-visible, .kit label:focus-visible {
  outline: 3px solid var(--plan) !important; outline-offset: 1px; }
.kit .kit-box input { box-sizing: border-box; width: 100%; height: calc(28px * var(--s)); background: var(--paper);
  color: var(--ink); border: 1px solid var(--ink-3); border-radius: 3px; font-size: calc(14px * var(--s));
  padding: 0 calc(8px * var(--s)); }
.kit .kit-box, .kit .kit-box > * { height: auto; }
.kit .kit-number { flex: 0 0 auto; width: 4.4em !important; }
.kit .kit-number input { text-align: center; padding: 0 2px; }

.kit .kit-top { flex: 0 0 auto; position: relative; z-index: 3; }
.kit .kit-header { height: var(--header); background: var(--ink); color: var(--paper); align-items: center;
  padding: 0 calc(16px * var(--s)); gap: calc(11px * var(--s)); box-sizing: border-box; }
.kit .kit-header .kit-text { color: var(--paper); }
.kit .kit-header h1 { font-size: calc(16px * var(--s)); font-weight: bold; white-space: nowrap; }
.kit .kit-whose { flex: 1 1 0 !important; font-size: calc(13px * var(--s)) !important; overflow: hidden; }
.kit .kit-whose span { display: block; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.kit .kit-menus { gap: calc(4px * var(--s)); }
.kit .kit-menu { background: var(--ink); color: var(--paper); border-color: var(--ink);
  font-size: calc(13px * var(--s)) !important; }
.kit .kit-menu:hover:not(:disabled) { background: var(--ink-2); }
.kit .kit-menu.kit-down, .kit .kit-menu.kit-down:hover:not(:disabled) { background: var(--paper); color: var(--ink); font-weight: bold; }
.kit .kit-header button:focus-visible { outline-color: var(--paper) !important; }
.kit .kit-sheet { position: absolute; top: var(--header); right: calc(16px * var(--s)); z-index: 4; background: var(--paper);
  border: 1px solid var(--ink-3); border-top: 0; padding: calc(12px * var(--s)); width: min(calc(460px * var(--s)), 92%);
  box-sizing: border-box; font-size: calc(13px * var(--s)); gap: calc(8px * var(--s));
  max-height: calc(640px * var(--s)); overflow-y: auto; }
.kit .kit-sheet .kit-row { gap: calc(8px * var(--s)); flex-wrap: wrap; align-items: center; }
.kit .kit-sheet .kit-column { gap: calc(8px * var(--s)); }
.kit .kit-sheet .kit-box { flex: 1 1 12em; }
.kit .kit-sheet h4 { margin: calc(6px * var(--s)) 0 calc(2px * var(--s)); font-size: calc(13px * var(--s)); }

.kit .kit-body { flex: 1 1 0; min-height: 0; align-items: stretch; }
.kit .kit-side { flex: 0 0 var(--column); width: var(--column); background: var(--paper); border-right: 1px solid var(--rule);
  box-sizing: border-box; min-height: 0; }
.kit .kit-scroll { flex: 1 1 0; min-height: 0; overflow-x: hidden; overflow-y: auto; gap: calc(14px * var(--s));
  padding: calc(12px * var(--s)) calc(16px * var(--s)); box-sizing: border-box; }
.kit .kit-side h4 { font-size: calc(12px * var(--s)); color: var(--ink-2); margin-bottom: calc(5px * var(--s)); }
.kit .kit-chips { display: flex; gap: calc(4px * var(--s)); flex-wrap: wrap; }
.kit .kit-chip { border-radius: 3px; padding: calc(3px * var(--s)) calc(8px * var(--s)); font-size: calc(12px * var(--s));
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 100%; box-sizing: border-box; }
.kit .kit-chip-now { border: 1px dashed var(--now); color: var(--ink); }
.kit .kit-chip-plan { border: 1px solid var(--plan); color: var(--plan-text); font-weight: bold; }

.kit .kit-levers { gap: calc(11px * var(--s)); }
.kit .kit-lever-head { justify-content: space-between; align-items: baseline; gap: 8px; }
.kit .kit-lever-name { flex: 1 1 0 !important; }
.kit .kit-lever-name b { font-size: calc(14px * var(--s)); }
.kit .kit-lever-now { color: var(--ink-2); font-size: calc(12px * var(--s)) !important; white-space: nowrap; }
.kit .kit-lever-set { align-items: center; gap: calc(8px * var(--s)); margin: 1px 0; }
.kit .kit-lever-line { min-height: calc(17px * var(--s)); }
.kit .kit-slider { height: calc(26px * var(--s)); align-items: center; }
.kit .kit-slider .slider-container { margin: 0 calc(9px * var(--s)); height: calc(26px * var(--s)); display: flex; align-items: center;
  flex: 1 1 0; overflow: visible; }
.kit .kit-slider .noUi-target { flex: 1 1 0; height: 4px; background: #BDBDBA; border: 0; border-radius: 2px; position: relative;
  box-shadow: none; }
.kit .kit-slider .noUi-connects, .kit .kit-slider .noUi-connect { background: #BDBDBA; }
.kit .kit-slider .noUi-target::after { content: ""; position: absolute; top: -6px; width: 3px; height: 16px;
  background: var(--now); z-index: 0; pointer-events: none; }
.kit .kit-slider .noUi-handle { --d: calc(18px * var(--s)); width: var(--d); height: var(--d); cursor: pointer;
  right: calc(var(--d) / -2); top: calc(2px - var(--d) / 2); border-radius: 50%;
  background: var(--paper); border: 2px solid var(--plan); box-shadow: none; }
.kit .kit-slider .noUi-handle::before, .kit .kit-slider .noUi-handle::after { display: none; }
.kit .kit-slider .noUi-base { z-index: 1; }
.kit .kit-wrong .kit-number input { border: 2px solid var(--worse); }

.kit .kit-choices { flex-wrap: wrap; overflow: visible; height: auto; }
.kit .kit-choices .widget-toggle-buttons, .kit .kit-choices > div { overflow: visible; }
.kit .kit-choices .jupyter-button, .kit .kit-several .jupyter-button { margin: 0 -1px 0 0; }
.kit .kit-demand { gap: calc(3px * var(--s)); }
.kit .kit-drawer-button { text-align: left; font-weight: bold; width: 100%; }
.kit .kit-drawer-button.mod-active, .kit .kit-drawer-button.mod-active:hover:not(:disabled) {
  background: var(--paper); color: var(--ink); border-color: var(--ink-3); }
.kit .kit-drawer-body { padding-top: calc(4px * var(--s)); gap: calc(4px * var(--s)); }
.kit .kit-drawer-body h4 { margin: calc(6px * var(--s)) 0 0; }
.kit .kit-choice { justify-content: space-between; align-items: center; gap: 8px; flex-wrap: wrap; }
.kit .kit-choice-title { flex: 1 1 auto; max-width: 100%; font-size: calc(12px * var(--s)) !important; }
.kit .kit-several { flex-wrap: wrap; }
.kit .kit-page.kit-drawer-open .kit-demand { display: none; }
.kit .kit-page.kit-drawer-open .kit-lever:not(.kit-wrong) .kit-lever-line { display: none; }
.kit .kit-page.kit-drawer-open .kit-levers { gap: calc(4px * var(--s)); }

.kit .kit-foot { flex: 0 0 auto; border-top: 1px solid var(--rule);
  padding: calc(10px * var(--s)) calc(16px * var(--s)) calc(12px * var(--s)); gap: calc(6px * var(--s)); box-sizing: border-box; }
.kit .kit-progress-row { gap: calc(8px * var(--s)); align-items: center; }
.kit .kit-progress { flex: 1 1 0 !important; }
.kit .kit-progress-words { font-size: calc(12px * var(--s)); color: var(--ink-2); white-space: nowrap; }
.kit .kit-progress-words b { font-size: calc(14px * var(--s)); color: var(--ink); margin-right: 3px; }
.kit .kit-bar { height: calc(8px * var(--s)); background: #DEDEDB; margin-top: calc(4px * var(--s)); }
.kit .kit-bar div { height: 100%; background: var(--plan); }
.kit .kit-line { font-size: calc(12px * var(--s)) !important; min-height: calc(17px * var(--s)); }
.kit .kit-code-line, .kit .kit-code-line > .widget-html-content { font-size: calc(12px * var(--s)) !important;
  color: var(--ink-2); overflow-wrap: anywhere; }
.kit .kit-code { font-weight: bold; color: var(--plan-text); letter-spacing: 0.04em; user-select: all; padding: 0 2px; }
.kit .kit-code:focus-visible { outline: 3px solid var(--plan); outline-offset: 1px; }
.kit .kit-said { color: var(--ink-2); overflow-wrap: anywhere; }
.kit .kit-line .kit-said, .kit .kit-line .kit-error { font-size: calc(12px * var(--s)); overflow-wrap: anywhere; }
.kit .kit-plan-buttons { gap: calc(8px * var(--s)); }

.kit .kit-board { flex: 1 1 0; min-width: 0; min-height: 0; overflow: hidden; gap: 10px;
  padding: 0 calc(16px * var(--s)) calc(10px * var(--s)); box-sizing: border-box; }
.kit .kit-head { flex: 0 0 auto; height: calc(var(--head) - 20px); justify-content: flex-end; }
.kit .kit-headline-row { align-items: baseline; gap: 12px; }
.kit .kit-headline { flex: 1 1 0 !important; }
.kit .kit-headline h2 { font-size: calc(24px * var(--s)); line-height: 1.2; font-weight: bold; }
.kit .kit-redrawing { color: var(--ink-2); font-size: calc(12px * var(--s)) !important; white-space: nowrap; }
.kit .kit-below { font-size: calc(14px * var(--s)) !important; color: var(--ink-2); padding: 0 0 calc(2px * var(--s)); }
.kit .kit-view { flex: 1 1 0; min-height: 0; gap: 10px; }
.kit .kit-panels { flex: 1 1 0; min-height: 0; gap: 12px; align-items: stretch; }
.kit .kit-panel { flex: 1 1 0; min-width: 0; min-height: 0; overflow: hidden; background: var(--paper);
  border: 1px solid var(--rule); border-radius: 4px; padding: 6px 12px; box-sizing: border-box; }
.kit .kit-panel-title h3 { font-size: calc(16px * var(--s)); font-weight: bold; line-height: 1.25; }
.kit .kit-panel-picture { flex: 1 1 0 !important; min-height: 0; overflow: hidden; width: 100%; position: relative; }
.kit .kit-panel-picture > .widget-html-content { position: absolute; inset: 0; }
.kit .kit-panel-picture .kit-picture { width: 100%; height: 100%; max-width: 100%; object-fit: contain;
  object-position: left top; display: block; margin: 0; }
.kit .kit-panel-note { height: calc(30px * var(--s)); overflow: hidden; margin-top: 3px; }
.kit .kit-panel-waiting .kit-panel-note, .kit .kit-panel-consistency .kit-panel-note,
.kit .kit-panel-cost .kit-panel-note { height: calc(15px * var(--s)); }
.kit .kit-panel-journey { border: 0; background: none; padding: 0; }
.kit .kit-panel-journey .kit-panel-title, .kit .kit-panel-journey .kit-panel-note { display: none; }
.kit .kit-panel-note, .kit .kit-panel-note > .widget-html-content,
.kit .kit-panel-note > .jupyter-widget-html-content { line-height: 1.25; }
.kit .kit-panel-note span { font-size: calc(12px * var(--s)); line-height: 1.25; color: var(--ink-2); display: block; }

.kit .kit-header .kit-choices .jupyter-button { background: var(--ink); color: var(--paper); border-color: var(--ink-3);
  font-size: calc(13px * var(--s)); }
.kit .kit-header .kit-choices .jupyter-button.mod-active,
.kit .kit-header .kit-choices .jupyter-button.mod-active:hover:not(:disabled) { background: var(--paper); color: var(--ink); }
.kit .kit-page:not(.kit-page-months) .kit-months { display: none; }
.kit .kit-page-months .kit-lever:not(.kit-wrong) .kit-lever-line { display: none; }
.kit .kit-page-months .kit-levers { gap: calc(4px * var(--s)); }
.kit .kit-page-months .kit-demand-line { display: none; }
.kit .kit-page-months .kit-scroll { gap: calc(9px * var(--s)); }
.kit .kit-page-journey .kit-side { display: none; }
.kit .kit-months { gap: calc(3px * var(--s)); }
.kit .kit-outcome { gap: calc(8px * var(--s)); }
.kit .kit-lengths { gap: calc(8px * var(--s)); align-items: center; }
.kit .kit-lengths h4 { margin: 0; }
.kit .kit-lengths .kit-choices { flex-wrap: nowrap; }
.kit .kit-menu-box { flex: 1 1 0 !important; height: auto; }
.kit .kit-menu-box > .widget-label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.kit .kit-menu-box select { width: 100%; height: calc(28px * var(--s)); font-family: inherit;
  font-size: calc(12px * var(--s)); color: var(--ink); border: 1px solid var(--ink-3); border-radius: 3px;
  background-color: var(--paper); box-sizing: border-box; padding: 0 calc(20px * var(--s)) 0 calc(6px * var(--s)); }
.kit select:focus-visible, .kit input[type=checkbox]:focus-visible { outline: 3px solid var(--plan) !important; outline-offset: 1px; }
.kit .kit-switch-box { gap: calc(2px * var(--s)); }
.kit .kit-switch { height: auto; overflow: visible; }
.kit .kit-switch label { display: flex; gap: calc(8px * var(--s)); align-items: flex-start; white-space: normal;
  width: 100%; height: auto; line-height: 1.3; font-size: calc(12px * var(--s)); color: var(--ink); }
.kit .kit-switch input { flex: 0 0 auto; width: calc(15px * var(--s)); height: calc(15px * var(--s)); margin: 1px;
  accent-color: var(--plan); }
.kit .kit-help-line, .kit .kit-horizons, .kit .kit-culture { font-size: calc(12px * var(--s)) !important; }
.kit .kit-horizons table { width: 100%; border-collapse: collapse; font-size: calc(12px * var(--s)); margin: 0 0 2px; table-layout: auto; }
.kit .kit-horizons th, .kit .kit-horizons td { text-align: left; font-weight: normal; border: 0;
  border-bottom: 1px solid var(--rule); padding: calc(3px * var(--s)) 0; vertical-align: top; background: none;
  font-size: inherit; line-height: 1.3; }
.kit .kit-horizons td { padding-left: calc(8px * var(--s)); min-width: calc(94px * var(--s)); }
.kit .kit-horizons .kit-number-cell { text-align: right; white-space: nowrap; min-width: 0; color: var(--plan-text); font-weight: bold; }
.kit .kit-culture p { font-size: calc(12px * var(--s)); line-height: 1.35; margin-bottom: calc(5px * var(--s)); }
.kit .kit-culture .kit-plan { color: var(--plan-text); }
.kit .kit-sheet p { margin-bottom: calc(6px * var(--s)); }

@container (max-width: NARROWpx) {
  .kit .kit-page { height: 1560px; overflow: visible; }
  .kit .kit-page.kit-page-journey { height: 640px; }
  .kit .kit-body { overflow: visible; }
  .kit .kit-side { align-self: flex-start; position: sticky; top: 0; height: 610px; }
  .kit .kit-scroll { gap: 8px; padding: 8px 16px; }
  .kit .kit-levers { gap: 5px; }
  .kit .kit-head { height: auto; padding-top: 12px; }
  .kit .kit-view { flex: 0 0 auto; }
  .kit .kit-panels { flex: 0 0 700px; flex-wrap: wrap; }
  .kit .kit-panel { flex: 0 0 100%; height: 344px; }
  .kit .kit-panel.kit-panel-journey { height: 100%; } }
@container (max-width: VERY_NARROWpx) {
  .kit .kit-page { height: 2320px; }
  .kit .kit-body { flex-direction: column; }
  .kit .kit-side { position: static; width: 100%; flex: 0 0 732px; border-right: 0; }
  .kit .kit-board { flex: 0 0 auto; } }
"""


def sheet() -> str:
    """The style sheet, without the rules for a page that has the whole window."""
    filled = SHEET.replace("TOKENS", TOKENS).replace("FAMILY", FAMILY)
    for name, length in LENGTHS.items():
        filled = filled.replace(f" {name}px", f" {length}px")
    return filled


def style_html() -> str:
    """The style sheet in its element; under Voila with the rules for the whole page."""
    return f"<style>{sheet()}{PAGE if under_voila() else ''}</style>"
