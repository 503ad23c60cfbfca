"""The desk's style sheet, on top of the control room's: the same tokens, sizes in units of --s."""

from sim.views.room.style import style_html as room_style_html

SHEET = """
.kit .kit-desk { --s: 1; overflow: visible; }
.kit .kit-desk .kit-header { height: calc(40px * var(--s)); gap: calc(12px * var(--s)); }
.kit .kit-desk .kit-sheet { top: calc(40px * var(--s)); max-height: calc(560px * var(--s)); }
.kit .kit-desk .kit-projector-link a { color: var(--paper); text-decoration: underline; font-weight: bold; white-space: nowrap; }
.kit .kit-desk .kit-projector-link a:focus-visible { outline: 3px solid var(--paper); outline-offset: 2px; }
.kit .kit-desk .kit-projector-link { font-size: calc(13px * var(--s)) !important; }
.kit .kit-desk-top { background: var(--paper); border-bottom: 1px solid var(--rule); }
.kit .kit-strip { padding: calc(6px * var(--s)) calc(16px * var(--s)) 0; font-size: calc(12px * var(--s)) !important;
  box-sizing: border-box; }
.kit .kit-strip [role=group] { display: flex; flex-wrap: wrap; gap: calc(2px * var(--s)); align-items: center; }
.kit .kit-strip-round { margin: 0 calc(4px * var(--s)) 0 0; }
.kit .kit-phase + .kit-strip-round { margin-left: calc(14px * var(--s)); }
.kit .kit-phase { padding: calc(3px * var(--s)) calc(6px * var(--s)); border: 1px solid transparent; border-radius: 3px;
  color: var(--ink-2); white-space: nowrap; line-height: 1.2; }
.kit .kit-phase-now { background: var(--ink); color: var(--paper); font-weight: bold; border-color: var(--ink); }
.kit .kit-moving { padding: calc(6px * var(--s)) calc(16px * var(--s)) 0; justify-content: space-between; align-items: center;
  gap: calc(16px * var(--s)); box-sizing: border-box; flex-wrap: wrap; }
.kit .kit-steps, .kit .kit-time { gap: calc(8px * var(--s)); align-items: center; flex-wrap: wrap; }
.kit .kit-desk .kit-main { background: var(--plan); color: var(--paper); border-color: var(--plan); font-weight: bold;
  font-size: calc(14px * var(--s)); padding: calc(6px * var(--s)) calc(14px * var(--s)); }
.kit .kit-desk .kit-main:hover:not(:disabled) { background: var(--plan-text); }
.kit .kit-desk .kit-main:disabled { background: var(--page); color: var(--ink-3); border-color: var(--rule); }
.kit .kit-desk .kit-main:focus-visible { outline: 3px solid var(--ink) !important; }
.kit .kit-clock { font-size: calc(15px * var(--s)) !important; font-weight: bold; }
.kit .kit-say { padding: calc(5px * var(--s)) calc(16px * var(--s)) calc(7px * var(--s)); box-sizing: border-box;
  font-size: calc(20px * var(--s)) !important; line-height: 1.2 !important; }
.kit .kit-say > .widget-html-content { line-height: 1.2 !important; }
.kit .kit-do { font-size: calc(13px * var(--s)); color: var(--ink-2); margin-left: calc(8px * var(--s)); }

.kit .kit-left { flex: 1 1 0; min-width: 0; min-height: 0; background: var(--paper); border-right: 1px solid var(--rule); }
.kit .kit-table { flex: 1 1 0; min-height: 0; overflow-y: auto; overflow-x: hidden;
  padding: 0 calc(12px * var(--s)) calc(4px * var(--s)) calc(16px * var(--s)); box-sizing: border-box; }
.kit .kit-table-head { position: sticky; top: 0; z-index: 2; background: var(--paper);
  border-bottom: 1px solid var(--rule); }
.kit .kit-table-head > .widget-html-content { display: flex; gap: calc(6px * var(--s)); align-items: flex-end;
  padding: calc(5px * var(--s)) 0 calc(3px * var(--s)); }
.kit .kit-table-head div { font-size: calc(12px * var(--s)); color: var(--ink-2); line-height: 1.15; box-sizing: border-box; }
.kit .kit-team { gap: calc(6px * var(--s)); align-items: center; height: calc(27px * var(--s)); }
.kit .kit-team .kit-box input, .kit .kit-team .kit-menu-box select { height: calc(23px * var(--s));
  font-size: calc(13px * var(--s)); padding: 0 calc(6px * var(--s)); }
.kit .kit-desk .kit-c-number { flex: 0 0 calc(16px * var(--s)) !important; width: calc(16px * var(--s)) !important; text-align: right;
  color: var(--ink-2); font-size: calc(12px * var(--s)) !important; }
.kit .kit-desk .kit-c-name { flex: 1 1 calc(110px * var(--s)) !important; min-width: calc(90px * var(--s)); max-width: calc(210px * var(--s)); }
.kit .kit-desk .kit-c-value { flex: 0 0 calc(74px * var(--s)) !important; width: calc(74px * var(--s)) !important; }
.kit .kit-desk .kit-c-order { flex: 0 0 calc(84px * var(--s)) !important; width: calc(84px * var(--s)) !important; }
.kit .kit-desk .kit-c-choice { flex: 0 0 calc(196px * var(--s)) !important; width: calc(196px * var(--s)) !important; }
.kit .kit-desk .kit-c-stands { flex: 2 1 calc(200px * var(--s)) !important; min-width: 0; }
.kit .kit-desk .kit-team .kit-c-stands { font-size: calc(12px * var(--s)) !important; }
.kit .kit-c-stands > .widget-html-content > span { display: block; white-space: nowrap; overflow: hidden; text-overflow: ellipsis;
  font-size: calc(12px * var(--s)); line-height: 1.35; }
.kit .kit-c-stands .kit-said-mark { color: var(--ink-2); margin-right: calc(6px * var(--s)); }
.kit .kit-c-stands .kit-odd { color: var(--ink); }
.kit .kit-desk .kit-c-remove { flex: 0 0 calc(22px * var(--s)) !important; width: calc(22px * var(--s)) !important; padding: calc(3px * var(--s)) 0; border-color: transparent;
  text-align: center; }
.kit .kit-refused input { border: 2px solid var(--worse) !important; }
.kit .kit-add { flex: 0 0 auto; gap: calc(10px * var(--s)); align-items: center; flex-wrap: wrap; border-top: 1px solid var(--rule);
  padding: calc(6px * var(--s)) calc(16px * var(--s)); box-sizing: border-box; }
.kit .kit-add .kit-box { flex: 0 0 calc(190px * var(--s)) !important; }
.kit .kit-add .kit-switch { flex: 0 0 auto; }
.kit .kit-swap { gap: calc(8px * var(--s)); padding-top: calc(8px * var(--s)); }
.kit .kit-boards { padding-top: calc(4px * var(--s)); }
.kit .kit-slides { gap: calc(4px * var(--s)); align-self: flex-start; }
.kit .kit-buttons { gap: calc(8px * var(--s)); align-items: center; flex-wrap: wrap; }

.kit .kit-right { flex: 0 0 calc(440px * var(--s)); min-height: 0; background: var(--page); }
.kit .kit-projected { background: var(--paper); border-bottom: 1px solid var(--rule); box-sizing: border-box;
  padding: calc(7px * var(--s)) calc(14px * var(--s)); min-height: calc(66px * var(--s)); gap: calc(8px * var(--s)); }
.kit .kit-projected-words { flex: 1 1 0 !important; min-width: 0; font-size: calc(13px * var(--s)) !important; }
.kit .kit-right h4 { font-size: calc(12px * var(--s)); color: var(--ink-2); margin: calc(8px * var(--s)) 0 calc(3px * var(--s)); }
.kit .kit-projected h4 { margin-top: 0; }
.kit .kit-right > .kit-choices { padding: calc(8px * var(--s)) calc(14px * var(--s)) 0; }
.kit .kit-panel-scroll { flex: 1 1 0; min-height: 0; overflow-y: auto; overflow-x: hidden;
  padding: calc(8px * var(--s)) calc(14px * var(--s)); box-sizing: border-box; }
.kit .kit-panel-box, .kit .kit-panel-box > .kit-column { gap: calc(8px * var(--s)); }
.kit .kit-panel-scroll .kit-text { font-size: calc(13px * var(--s)) !important; }
.kit .kit-panel-scroll p { margin-bottom: calc(5px * var(--s)); }
.kit .kit-panel-scroll h3 { font-size: calc(16px * var(--s)); margin: calc(4px * var(--s)) 0 calc(6px * var(--s)); }
.kit .kit-right table { width: 100%; border-collapse: collapse; font-size: calc(12px * var(--s)); margin: 0 0 calc(6px * var(--s)); }
.kit .kit-right th, .kit .kit-right td { text-align: left; border: 0; border-bottom: 1px solid var(--rule); vertical-align: top;
  padding: calc(3px * var(--s)) calc(8px * var(--s)) calc(3px * var(--s)) 0; background: none; font-size: inherit; line-height: 1.3;
  overflow-wrap: anywhere; }
.kit .kit-right th { font-weight: bold; }
.kit .kit-right tr { background: none !important; }
.kit .kit-right tr.kit-tier th { padding-top: calc(8px * var(--s)); border-bottom-color: var(--ink-3); }
.kit .kit-right .kit-short, .kit .kit-board-table th { white-space: nowrap; }
.kit .kit-dot-table th { font-weight: normal; }
.kit .kit-right .kit-dot-table .kit-dots { letter-spacing: 2px; width: 55%; }
.kit .kit-outcomes ul, .kit .kit-checks ul, .kit .kit-notes ul { list-style: none; margin: 0; padding: 0; }
.kit .kit-outcomes li, .kit .kit-checks li, .kit .kit-notes li { padding: calc(3px * var(--s)) 0; border-bottom: 1px solid var(--rule); line-height: 1.3;
  font-size: calc(12px * var(--s)); overflow-wrap: anywhere; }
.kit .kit-area > .widget-label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.kit .kit-area { height: auto !important; }
.kit .kit-area textarea { width: 100%; box-sizing: border-box; font-family: inherit; font-size: calc(13px * var(--s)); color: var(--ink);
  background: var(--paper); border: 1px solid var(--ink-3); border-radius: 3px; padding: calc(6px * var(--s)); }
.kit textarea:focus-visible { outline: 3px solid var(--plan) !important; outline-offset: 1px; }

.kit .kit-desk-foot { position: sticky; bottom: 0; z-index: 3; border-top: 1px solid var(--rule); flex: 0 0 auto; justify-content: space-between; align-items: center; background: var(--paper);
  gap: calc(16px * var(--s)); padding: calc(5px * var(--s)) calc(16px * var(--s)) calc(6px * var(--s)); min-height: calc(50px * var(--s)); }
.kit .kit-foot-words { flex: 1 1 0; min-width: 0; }
.kit .kit-desk-foot .kit-line, .kit .kit-desk-foot .kit-line .kit-said, .kit .kit-desk-foot .kit-line .kit-error {
  font-size: calc(14px * var(--s)) !important; color: var(--ink); }
.kit .kit-desk-foot .kit-line .kit-error { color: var(--worse-text); }
.kit .kit-store { font-size: calc(12px * var(--s)) !important; color: var(--ink-2); overflow-wrap: anywhere; }
.kit .kit-desk-foot .kit-progress-row { flex: 0 0 calc(300px * var(--s)); }

@container (min-width: WIDEpx) { .kit .kit-desk { --s: 1.42; } }
@container (max-width: NARROWpx) {
  .kit .kit-page.kit-desk { height: 1380px; }
  .kit .kit-desk .kit-body { flex-direction: column; }
  .kit .kit-left { flex: 0 0 560px; width: 100%; border-right: 0; }
  .kit .kit-right { flex: 1 1 0; width: 100%; } }
"""
WIDE, NARROW = 1700, 1100
"""Css pixels of the container from which everything is larger, and below which the panels go below the table."""


def style_html() -> str:
    """The style sheets in their elements."""
    sheet = SHEET.replace("WIDEpx", f"{WIDE}px").replace("NARROWpx", f"{NARROW}px")
    return f"{room_style_html()}<style>{sheet}</style>"
