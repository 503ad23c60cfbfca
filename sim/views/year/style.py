"""What the page of the year adds to the style sheet of the control room."""

from typing import Final

from sim.views.room import style

SHEET: Final = """
.kit .kit-year .kit-board { gap: 10px; padding-bottom: calc(10px * var(--s)); }
@container (min-width: WIDER_THAN_NARROW) { .kit .kit-year .kit-head { height: calc(var(--head) - 20px); } }
.kit .kit-year .kit-panel-picture .kit-picture { object-position: left top; }
.kit .kit-year .kit-panels { gap: 10px; }
.kit .kit-year .kit-panel { padding: 6px 12px; }
.kit .kit-year .kit-panel-note { height: calc(30px * var(--s)); overflow: hidden; margin-top: 3px; }
.kit .kit-year .kit-help-line, .kit .kit-year .kit-horizons, .kit .kit-year .kit-culture {
  font-size: calc(12px * var(--s)) !important; }
.kit .kit-year .kit-panel-note, .kit .kit-year .kit-panel-note > .widget-html-content,
.kit .kit-year .kit-panel-note > .jupyter-widget-html-content { line-height: 1.25; }
.kit .kit-year .kit-panel-note span { font-size: calc(12px * var(--s)); line-height: 1.25;
  color: var(--ink-2); display: block; }

.kit .kit-year .kit-picks { gap: calc(6px * var(--s)); }
.kit .kit-year .kit-pick { align-items: center; gap: calc(8px * var(--s)); }
.kit .kit-year .kit-who { align-self: center; }
.kit .kit-year .kit-who .kit-chip { display: inline-block; line-height: 1.2; vertical-align: middle; }
.kit .kit-year .kit-who { flex: 0 0 calc(58px * var(--s)) !important; }
.kit .kit-year .kit-menu-box { flex: 1 1 0 !important; height: auto; }
.kit .kit-year .kit-menu-box > .widget-label { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
.kit .kit-year .kit-menu-box select { width: 100%; height: calc(28px * var(--s)); font-family: inherit;
  font-size: calc(13px * var(--s)); color: var(--ink); border: 1px solid var(--ink-3); border-radius: 3px;
  background-color: var(--paper); box-sizing: border-box; padding: 0 calc(20px * var(--s)) 0 calc(6px * var(--s)); }
.kit .kit-year select:focus-visible, .kit .kit-year input[type=checkbox]:focus-visible {
  outline: 3px solid var(--plan) !important; outline-offset: 1px; }
.kit .kit-year .kit-lengths { gap: calc(24px * var(--s)); }
.kit .kit-year .kit-lengths .kit-choices { flex-wrap: nowrap; }
.kit .kit-year .kit-switch-box { gap: calc(2px * var(--s)); }
.kit .kit-year .kit-switch { height: auto; overflow: visible; }
.kit .kit-year .kit-switch label { display: flex; gap: calc(8px * var(--s)); align-items: flex-start;
  white-space: normal; width: 100%; height: auto; line-height: 1.3; font-size: calc(13px * var(--s));
  color: var(--ink); }
.kit .kit-year .kit-switch input { flex: 0 0 auto; width: calc(15px * var(--s)); height: calc(15px * var(--s));
  margin: 1px; accent-color: var(--plan); }
.kit .kit-year .kit-horizons table { width: 100%; border-collapse: collapse; font-size: calc(12px * var(--s));
  margin: 0 0 2px; table-layout: auto; }
.kit .kit-year .kit-horizons th, .kit .kit-year .kit-horizons td { text-align: left; font-weight: normal; border: 0;
  border-bottom: 1px solid var(--rule); padding: calc(3px * var(--s)) 0; vertical-align: top; background: none;
  font-size: inherit; line-height: 1.3; }
.kit .kit-year .kit-horizons td { padding-left: calc(8px * var(--s)); min-width: calc(94px * var(--s)); }
.kit .kit-year .kit-horizons .kit-number-cell { text-align: right; white-space: nowrap; min-width: 0;
  color: var(--plan-text); font-weight: bold; }
.kit .kit-year .kit-culture p { font-size: calc(12px * var(--s)); line-height: 1.35;
  margin-bottom: calc(5px * var(--s)); }
.kit .kit-year .kit-culture .kit-plan { color: var(--plan-text); }
.kit .kit-year .kit-sheet { width: min(calc(560px * var(--s)), 92%); }
.kit .kit-year .kit-sheet p { margin-bottom: calc(6px * var(--s)); }
"""


def style_html() -> str:
    """Both style sheets in their elements."""
    sheet = SHEET.replace("WIDER_THAN_NARROW", f"{style.LENGTHS['NARROW'] + 1}px")
    return f"{style.style_html()}<style>{sheet}</style>"
