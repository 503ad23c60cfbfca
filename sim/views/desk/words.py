"""What the desk says: phases, the next step, what Undo takes back, and the clock against the plan."""

from collections.abc import Mapping
from html import escape

from sim.workshop.event import Event
from sim.workshop.pace import Pace
from sim.workshop.session import LATE_SHOWN, Session
from sim.workshop.source import PHASES, Phase
from sim.workshop.state import State, minutes_between

STAGES: Mapping[str, str] = {
    "predictions": "the predictions",
    "moment": "the moment it broke",
    "curve": "the curve",
    "days": "the days",
    "cost": "the cost",
    "board": "the board",
}
"""What the stages of a reveal are called; a stage without a name here is called as in the source."""
TROUBLE = "That did not work; nothing that came in is lost. Details are in {}."
LOCKED = "prediction locked"
OVER = "The last round is over"
REVEAL = PHASES.index("reveal")


def stage_words(stage: str) -> str:
    """A stage of the reveal in words."""
    return STAGES.get(stage, stage.replace("_", " "))


def next_label(session: Session, *, computing: bool = False) -> str:
    """What the main button will do; empty where there is nothing to go on to."""
    if computing:
        return "Computing"
    state, where = session.state, session.round
    if state.phase == "reveal":
        more = where.reveal[state.stage :]
        return f"Reveal {stage_words(more[0])}" if more else "Go to the debrief"
    if state.phase == "debrief":
        number = session.round_number
        return f"Begin round {number + 1}" if number < len(session.workshop.rounds) else ""
    if state.phase == "frozen" and state.now.result is not None:
        return "Go on to the result"
    steps: Mapping[Phase, str] = {
        "brief": "Open predictions",
        "predict": "Open decisions",
        "decide": "Freeze and compute",
        "frozen": "Compute",
        "computed": f"Reveal {stage_words(where.reveal[0])}",
    }
    return steps[state.phase]


def strip(session: Session) -> str:
    """The phases of all rounds in a row, as HTML; the one under way has a mark, a frame and a word for it."""
    return "".join(_round_strip(session, at) for at in range(len(session.workshop.rounds)))


def _round_strip(session: Session, at: int) -> str:
    state, where = session.state, session.workshop.rounds[at]
    under_way = session.round_number - 1
    here = PHASES.index(state.phase) if at == under_way else (len(PHASES) if at < under_way else -1)
    cells = [_phase_cell(phase, number, here) for number, phase in enumerate(PHASES)]
    if at == under_way and state.phase == "reveal":
        cells[REVEAL] = cells[REVEAL].replace("reveal<", f"reveal {state.stage} of {len(where.reveal)}<")
    return f'<span class="kit-strip-round"><b>Round {at + 1}</b></span>{"".join(cells)}'


def _phase_cell(phase: Phase, number: int, here: int) -> str:
    if number == here:
        return f'<span class="kit-phase kit-phase-now" aria-current="step">● {phase}</span>'
    return f'<span class="kit-phase">{"✓ " if number < here else ""}{phase}</span>'


def undo_label(session: Session, event: Event | None) -> str:
    """What Undo would take back, short enough for a button; never what was predicted."""
    if event is None:
        return "Undo"
    name = _team_name(session, event)
    words: Mapping[str, str] = {
        "team_joined": f"{name} joining",
        "team_renamed": f"the new name of {name}",
        "team_left": f"{name} leaving",
        "moved": f"going to {event.payload.get('phase')}",
        "predicted": f"the prediction of {name}",
        "decided": f"the decision of {name}",
        "computed": "the result",
        "clock": _clock_step(event),
        "noted": "the note",
    }
    return f"Undo {words.get(event.kind, event.kind)}"


def _clock_step(event: Event) -> str:
    steps = {
        "start": "the clock's start",
        "pause": "the pause",
        "resume": "the clock's going on",
        "give": "the extra time",
    }
    return steps.get(str(event.payload.get("do")), "the clock")


def _team_name(session: Session, event: Event) -> str:
    """The latest name of the team of an event, whether it is still in or not."""
    number = event.payload.get("team")
    named = (each.payload for each in reversed(session.events) if "name" in each.payload)
    name = next((str(each["name"]) for each in named if each.get("team") == number), f"team {number}")
    return name if len(name) <= 16 else f"{name[:15]}…"


def clock(found: Pace, *, started: bool, paused: bool) -> str:
    """The clock beside the plan: "0:34 · plan 0:30 · 4 min behind: skip the vote"."""
    planned = f"plan {minutes(found.step.at)}" if found.step else ""
    if not started:
        return " · ".join(filter(None, ("clock not started", planned)))
    late = round(abs(found.behind))
    how = f"{late} min {'behind' if found.behind > 0 else 'ahead'}" if late else "on time"
    if found.behind > 0 and found.step and found.step.cut and late >= found.step.cut_after:
        how = f"{how}: {found.step.cut}"
    shown = f"{minutes(found.minutes)}{' (paused)' if paused else ''}"
    return " · ".join(filter(None, (shown, planned, how)))


def minutes(value: float) -> str:
    """Minutes as a clock shows them: 34 is "0:34"."""
    return f"{int(value) // 60}:{int(value) % 60:02d}"


def stands(session: Session, reads: bool = False) -> str:  # whether it is only read
    """Where a session goes on, or stands for who only reads, in a sentence."""
    state = session.state
    stage = f" {state.stage} of {len(session.round.reveal)}" if state.phase == "reveal" else ""
    came = [_count(len(state.teams), "team"), _count(len(state.now.predictions), "prediction")]
    came.append(_count(len(state.now.decisions), "decision"))
    begins = "It is" if reads else "Resumed"
    return f"{begins} in round {session.round_number}, {state.phase}{stage}: {', '.join(came)}."


def store_line(session: Session, now: str) -> str:
    """How many events are in the file, when the last one came, and where the file is."""
    events = session.events
    ago = since(events[-1].at, now) if events else "none yet"
    place = f"{session.store.path.parent.name}/{session.store.path.name}"
    return f"{_count(session.store.stored(), 'event')} stored, last {ago}, in {place}"


def since(at: str, now: str) -> str:
    """How long ago something was, no more exact than a glance needs."""
    seconds = max(0.0, 60 * minutes_between(at, now))
    if seconds < 5:
        return "just now"
    if seconds < 60:
        return f"{5 * int(seconds / 5)} s ago"
    return f"{int(seconds / 60)} min ago" if seconds < 3600 else f"{int(seconds / 3600)} h ago"


def projected(session: Session, *, computing: bool) -> tuple[str, str]:
    """What the room sees now: a few words, and a sentence."""
    state, where = session.state, session.round
    if computing:
        return "Computing", "How far computing has come."
    said = sum(1 for team in state.teams if _all_said(session, team.number))
    made = sum(team.number in state.now.decisions for team in state.teams)
    words: Mapping[Phase, tuple[str, str]] = {
        "brief": ("Brief", where.brief or where.title),
        "predict": ("Predictions", f"What is asked, and how many have locked: {said} of {len(state.teams)}."),
        "decide": ("Decisions", f"What may be decided, and how many are in: {made} of {len(state.teams)}."),
        "frozen": ("Pens down", "Decisions are frozen."),
        "computed": ("Computed", "The result is in; nothing of it is shown yet."),
        "reveal": ("Reveal", stage_words(where.reveal[max(1, state.stage) - 1]).capitalize() + "."),
        "debrief": ("Debrief", f"What came of {where.title}"),
    }
    return words[state.phase]


def prediction_taken(name: str, sentence: str) -> str:
    """That a prediction is in, without what it says."""
    late = f"; {LATE_SHOWN}" if sentence.endswith(f"; {LATE_SHOWN}.") else ""
    newer = "; replaces an earlier one" if "; replaces" in sentence else ""
    return f"{name}: {LOCKED}{', late' if late else ''}{newer}{late}."


def revealed(state: State) -> bool:
    """Whether the room has seen the predictions of the round under way."""
    return PHASES.index(state.phase) >= REVEAL


def _all_said(session: Session, team: int) -> bool:
    return all((team, ask.id) in session.state.now.predictions for ask in session.round.predictions)


def _count(number: int, word: str) -> str:
    return f"{number} {word if number == 1 else f'{word}s'}"


def line(text: str, *classes: str) -> str:
    """A paragraph of plain text, as HTML."""
    marked = f' class="{" ".join(classes)}"' if classes else ""
    return f"<p{marked}>{escape(text)}</p>"
