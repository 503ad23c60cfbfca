"""The slides before the outcome: what it is about, what is asked, who has locked, and how far it is computed."""

from collections.abc import Sequence

from sim.experiment import Progress
from sim.views import formats, looks
from sim.views.projector import fit
from sim.views.projector.exhibits import exhibited
from sim.views.projector.frame import ROOM, Said, Slide, counted, flow
from sim.views.projector.plans import scale_of, unit_of
from sim.views.projector.shapes import LEFT, Box, Picture, Words
from sim.workshop.session import Session
from sim.workshop.source import Ask, Choice, Lever, Round
from sim.workshop.standing import standings

TITLES = (130.0, 112.0, 96.0, 84.0, 72.0)
ABOVE_DOTS = 808.0


def briefs(session: Session) -> tuple[Slide, ...]:
    """The title of the workshop before its first round, the exhibits of the brief, and what the round is about."""
    title = [_title(session)] if session.round_number == 1 else []
    return (*title, *exhibited(session, "brief"), _brief(session))


def predict(session: Session) -> Slide:
    """What is asked, and how many have locked: never anybody's guess, never what comes."""
    where = session.round
    done = sum(each.predicted for each in standings(session))
    asked = where.predictions
    if not asked:
        return sentence("Nothing to predict in this round", where.title)
    head = "Predict before you see" if len(asked) == 1 else f"Predict before you see: {len(asked)} questions"
    said = [each for at, ask in enumerate(asked, 1) for each in _asked(ask, at if len(asked) > 1 else 0)]
    return _counting(
        head, "Silent first, each for yourself. Then the team locks one.", said, session, done, "locked"
    )


def decide(session: Session) -> Slide:
    """What can be decided, and how many have handed in."""
    where, done = session.round, sum(each.decided for each in standings(session))
    head = fit.headline(f"Decide: {where.title}", "Decide, and hand in")
    return _counting(head, _how(where), _offers(session, where), session, done, "handed in")


def frozen(session: Session, progress: Progress | None) -> Slide:
    """Hands off: nothing comes in any more, and how far it is computed."""
    sub = "All meet the same customers, with the same luck."
    said = [Said(each) for each in _who_plays(session)]
    if progress is None:
        return Slide("Hands off", sub, "progress", flow(said), _texts(said))
    told = f"Replication {progress.done} of {progress.total}{_left(progress)}"
    drawn = (*flow(said, bottom=760.0), *_bar(told, progress))
    return Slide("Hands off", sub, "progress", drawn, (*_texts(said), f"{told}."))


def computed(session: Session) -> Slide:
    """All is computed, and nothing of it shown yet."""
    result, teams = session.state.now.result, len(session.state.teams)
    weeks = result.replications if result else 0
    said = [
        Said(f"{_teams(teams)} and the same customers, {weeks} weeks long."),
        Said("What did you expect?"),
    ]
    return Slide("Ready: press space", session.round.title, "progress", flow(said), _texts(said))


def sentence(head: str, text: str) -> Slide:
    """A calm sentence where a picture was to be."""
    said = [Said(text)] if text else []
    return Slide(fit.headline(head), "", "words", flow(said), _texts(said))


def _title(session: Session) -> Slide:
    workshop, teams = session.workshop, len(session.state.teams)
    size, lines = fit.largest(workshop.title, ROOM, TITLES, most=3, bold=True)
    lines = fit.balanced(lines, ROOM, size, bold=True)
    rounds = len(workshop.rounds)
    said = [
        Said(f"{rounds} {'round' if rounds == 1 else 'rounds'}, {workshop.minutes:g} minutes"),
        Said(f"{_teams(teams)} {'is' if teams == 1 else 'are'} in" if teams else "Pick a name for your team"),
    ]
    drawn = (*fit.block(lines, LEFT, 330.0, size, colour=looks.INK, bold=True), *flow(said, top=760.0))
    return Slide(fit.headline(workshop.title), "", "title", drawn, _texts(said))


def _brief(session: Session) -> Slide:
    where = session.round
    sub = f"Round {session.round_number} of {len(session.workshop.rounds)}"
    said = [*([Said(where.brief)] if where.brief else []), *_offers(session, where, notes=True)]
    return Slide(fit.headline(where.title), sub, "words", flow(said), _texts(said))


def _counting(head: str, sub: str, said: Sequence[Said], session: Session, done: int, word: str) -> Slide:
    teams = len(session.state.teams)
    drawn: Picture = (*flow(said, bottom=ABOVE_DOTS), *counted(done, teams, word))
    return Slide(head, sub, "progress", drawn, (*_texts(said), f"{done} of {teams} {word}."))


def _asked(ask: Ask, number: int) -> list[Said]:
    lead = f"{number}. " if number else ""
    return [Said(lead + ask.ask), *(Said(option.title, item=True) for option in ask.options)]


def _how(where: Round) -> str:
    if where.choices and where.movable:
        return "Move what you like, and take one of these if you want."
    if where.choices:
        return "Take one."
    return "Choose within these ends." if len(where.movable) == 1 else "Move what you like within these ends."


def _offers(session: Session, where: Round, *, notes: bool = False) -> list[Said]:
    levers = [Said(_lever(lever, session), item=True) for lever in where.movable]
    return levers + [Said(_choice(choice, notes=notes), item=True) for choice in where.choices]


def _lever(lever: Lever, session: Session) -> str:
    today, unit = session.workshop.today.value(lever.path), f" {unit_of(lever)}".rstrip()
    told = lever.facts.title
    if lever.options:
        told += f": {', '.join(_value(lever, each) for each in lever.options)}{unit}"
    elif lever.lowest is not None and lever.highest is not None:
        told += f": {_value(lever, lever.lowest)} to {_value(lever, lever.highest)}{unit}"
    more = "one more" if scale_of(lever) == 1 else "from none to all"
    price = f"; {more} is ${formats.number(lever.price)} a week" if lever.price else ""
    return f"{told}, now {_value(lever, today)}{price}"


def _choice(choice: Choice, *, notes: bool) -> str:
    price = f"${formats.number(choice.price)} a week" if choice.price else "no price given"
    return f"{choice.title}: {price}. {choice.note}" if notes and choice.note else f"{choice.title}: {price}"


def _value(lever: Lever, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return formats.short(scale_of(lever) * value) if isinstance(value, int | float) else str(value)


def _who_plays(session: Session) -> tuple[str, ...]:
    plans = session.plans()
    different = len({plan.told for plan in plans})
    carried = sum(plan.carried for plan in plans)
    told = [f"{_teams(len(plans))}, {different} different plans." if different > 1 else _one_plan(len(plans))]
    if carried:
        told.append(
            f"{_teams(carried)} handed in nothing and {'goes' if carried == 1 else 'go'} on as before."
        )
    return tuple(told)


def _one_plan(teams: int) -> str:
    return "1 team and its plan." if teams == 1 else f"{_teams(teams)}, all with the same plan."


def _left(progress: Progress) -> str:
    if progress.seconds_left is None:
        return ""
    left = max(0, round(progress.seconds_left))
    return f", {left} s left" if left < 100 else f", about {round(left / 60)} min left"


def _bar(told: str, progress: Progress) -> Picture:
    share = min(1.0, progress.done / progress.total) if progress.total else 0.0
    return (
        Words(LEFT, 850.0, told, 60.0, bold=True),
        Box(LEFT, 890.0, ROOM, 40.0, looks.RULE),
        Box(LEFT, 890.0, ROOM * share, 40.0, looks.INK),
    )


def _teams(number: int) -> str:
    return "1 team" if number == 1 else f"{number} teams"


def _texts(said: Sequence[Said]) -> tuple[str, ...]:
    return tuple(each.text for each in said)
