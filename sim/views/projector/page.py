"""The page that a browser shows: one slide, its words for screen readers, and a line for what has to be said."""

from html import escape

from sim.views import looks
from sim.views.projector.frame import Slide
from sim.views.projector.shapes import HEIGHT, LEFT, SMALLEST, WIDTH
from sim.views.projector.svg import FAMILY

WAITING = "Waiting for the desk. This picture stays."
MILLISECONDS_BETWEEN_LOOKS = 450
MILLISECONDS_A_LOOK_MAY_TAKE = 4000
MILLISECONDS_SAID = 7000
SECONDS_A_TURN, MOST_TURNS = 2.4, 20

_WIDE = f"min(100vw, {100 * WIDTH / HEIGHT:.4f}vh)"
_HIGH = f"min(100vh, {100 * HEIGHT / WIDTH:.4f}vw)"
_TURNS = " ".join(
    f".turn-{turn} {{ animation-delay: {SECONDS_A_TURN * turn + 0.6:g}s; }}" for turn in range(MOST_TURNS)
)
_STYLE = f"""
html, body {{ margin: 0; height: 100%; overflow: hidden; background: {looks.PAPER}; color: {looks.INK}; }}
body {{ font-family: {FAMILY}; }}
#stage {{ position: absolute; inset: 0; margin: auto; width: {_WIDE}; height: {_HIGH}; }}
#picture, #picture svg {{ display: block; width: 100%; height: 100%; }}
#notice {{
  position: absolute; left: {100 * LEFT / WIDTH:.4f}%; bottom: 1.5%; max-width: 69%; overflow: hidden;
  white-space: nowrap; text-overflow: ellipsis; line-height: 1.2; background: {looks.PAPER}; color: {looks.INK};
  font-size: calc({_WIDE} * {SMALLEST / WIDTH:.6f});
}}
#notice:empty {{ display: none; }}
.unseen {{
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap;
}}
@media (prefers-reduced-motion: no-preference) {{
  .grows {{ transform-box: fill-box; transform-origin: 50% 100%; animation: grow 1.6s ease-out backwards; }}
  {_TURNS}
}}
@keyframes grow {{ from {{ transform: scaleY(0); }} }}
"""
_SCRIPT = """
const place = name => document.getElementById(name);
const waiting = %(waiting)s;
const stage = place('stage');
let missed = 0, asking = 0, said = 0;
function show(view) {
  if (!view.picture || view.version === stage.dataset.version) return;
  document.title = view.title;
  place('picture').innerHTML = view.picture;
  place('words').innerHTML = view.words;
  place('status').textContent = view.status;
  stage.dataset.version = view.version;
  say('');
}
function say(text) {
  place('notice').textContent = text;
  said = text ? Date.now() : 0;
}
async function ask(method, what) {
  const limit = AbortSignal.timeout(%(may_take)d);
  const answer = await fetch(what, {method, cache: 'no-store', signal: limit});
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}
async function look() {
  const turn = ++asking;
  try {
    const view = await ask('GET', 'state?since=' + stage.dataset.version);
    if (turn !== asking) return;
    show(view);
    if (missed > 1 || (said && Date.now() - said > %(said)d)) say('');
    missed = 0;
  } catch {
    missed += 1;
    if (missed > 1) say(waiting);
    if (missed === 2) place('status').textContent = waiting;
  }
}
async function onwards() {
  try {
    const told = await ask('POST', 'next');
    say(told.refused);
    place('status').textContent = told.refused || place('status').textContent;
    await look();
  } catch { missed += 1; }
}
window.addEventListener('keydown', event => {
  if (event.code !== 'Space' || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!event.repeat) onwards();
}, true);
async function always() { await look(); setTimeout(always, %(between)d); }
setTimeout(always, %(between)d);
"""


def page(title: str, version: str, picture: str, words: str, nonce: str) -> str:
    """The whole page, showing a slide at once; `nonce` lets its own script and style run, and nothing else."""
    script = _SCRIPT % {
        "waiting": f"'{WAITING}'",
        "between": MILLISECONDS_BETWEEN_LOOKS,
        "may_take": MILLISECONDS_A_LOOK_MAY_TAKE,
        "said": MILLISECONDS_SAID,
    }
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{escape(title)}</title>
<link rel="icon" href="data:,">
<style nonce="{nonce}">{_STYLE}</style>
</head>
<body>
<div id="stage" data-version="{escape(version)}">
<div id="picture">{picture}</div>
<div id="notice" aria-hidden="true"></div>
</div>
<main id="words" class="unseen">{words}</main>
<div id="status" class="unseen" role="status"></div>
<script nonce="{nonce}">{script}</script>
</body>
</html>
"""


def words_html(slide: Slide) -> str:
    """A slide in words."""
    sub = f"<p>{escape(slide.sub)}</p>" if slide.sub else ""
    said = "".join(f"<li>{escape(text)}</li>" for text in slide.words)
    footer = f"<p>{escape(slide.footer)}</p>" if slide.footer else ""
    return f"<h1>{escape(slide.headline)}</h1>{sub}{f'<ul>{said}</ul>' if said else ''}{footer}"
