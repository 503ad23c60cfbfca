"""The session's report in Markdown: boards, forecasters' cup, and what the debrief looked at."""

import re
from collections.abc import Iterable, Sequence

from sim.scenario import BadInput
from sim.workshop import answers
from sim.workshop.board import Row, board, result_of, rule
from sim.workshop.debrief import moment_it_broke, same_average
from sim.workshop.forecast import Cup, cup, dots
from sim.workshop.scoring import TIERS
from sim.workshop.session import Session
from sim.workshop.source import Round

MOVED = {"up": "▲ up", "down": "▼ down", "same": "● same", "new": "○ first"}
MARKUP = re.compile(r"([\\`*_\[\]<>|&~$])")
AT_THE_START = re.compile(r"^(\d*)([-+#=.):])")


def report(session: Session) -> str:
    """Everything worth keeping of a session; team names are shown as the plain text they are."""
    parts = [f"# {session.workshop.title}", _opening(session)]
    computed = [each for each in session.workshop.rounds if session.state.of(each.id).result is not None]
    for where in computed:
        parts += _round(session, where)
    if computed:
        parts += ["## Forecasters' cup, all rounds", *_cup(cup(session))]
    if session.state.notes:
        parts += ["## What the room said", "\n".join(f"- {plain(note)}" for note in session.state.notes)]
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """Text that Markdown shows as it is, markup in it included."""
    return AT_THE_START.sub(r"\1\\\2", MARKUP.sub(r"\\\1", text))


def _opening(session: Session) -> str:
    teams, events = len(session.state.teams), len(session.events)
    return (
        f"{teams} {'team' if teams == 1 else 'teams'}; {events} events in the session's file. "
        "Every plan met the same customers. The luck band says where 95 of 100 single weeks of the same plan lie; "
        "within a business, places are decided by differences on the same customers, so bands may overlap where "
        "places differ."
    )


def _round(session: Session, where: Round) -> list[str]:
    found = board(session, where.id)
    result = session.state.of(where.id).result
    weeks = f" {result.replications} weeks each." if result else ""
    parts = [f"## {plain(where.title)}", f"**{found.headline}**", f"{rule(session.workshop, where)}{weeks}"]
    parts.append(
        _table(
            (
                "place",
                "team",
                "points",
                "luck band",
                "business",
                "days at the bar",
                "kept of 100",
                "moved",
                "plan",
            ),
            [_row(row) for tier in TIERS for row in found.tier(tier)],
        )
    )
    parts += [
        f"### Predictions of {plain(where.title)}",
        *_dots(session, where),
        *_cup(cup(session, where.id)),
    ]
    return [*parts, f"### For the debrief of {plain(where.title)}", _bullets(_debrief(session, where))]


def _row(row: Row) -> tuple[str, ...]:
    return (
        row.place, plain(row.name), f"{row.points:.0f}", f"{row.low:.0f} to {row.high:.0f}", row.tier,
        f"{100 * row.days_at_bar:.0f} of 100", f"{100 * row.kept:.0f}", MOVED[row.movement],
        plain(row.plan) + (" (carried over)" if row.carried else ""),
    )  # fmt: skip


def _dots(session: Session, where: Round) -> list[str]:
    found = []
    for ask in where.predictions:
        tally = dots(session, where.id, ask)
        columns = "; ".join(f"{plain(label)}: {count}" for label, count in tally.columns if count)
        found.append(f"{plain(ask.ask)} {tally.sentence} {columns}".strip())
    return found


def _cup(found: Cup) -> list[str]:
    rows = [
        (
            f"{row.first}" if row.first == row.last else f"{row.first}–{row.last}", plain(row.name),
            f"{100 * row.near:.0f} of 100", plain("; ".join(row.said)), plain("; ".join(row.came)),
        )
        for row in found.rows
    ]  # fmt: skip
    return [f"**{plain(found.headline)}**", _table(("place", "team", "near", "said", "came"), rows)]


def _debrief(session: Session, where: Round) -> list[str]:
    pair = same_average(session, where.id)
    facts = [pair.sentence] if pair else []
    for team in _one_of_each_plan(session, where):
        try:
            facts.append(moment_it_broke(session, where.id, team).sentence)
        except BadInput as refused:
            facts.append(str(refused))
    carried = [plan.why for plan in session.plans(where.id) if plan.carried]
    late = [
        f"{team.name}: predicted {answers.told(ask, made.value)}, late."
        for team in session.state.teams
        for ask in where.predictions
        if (made := session.state.of(where.id).predictions.get((team.number, ask.id))) and made.late
    ]
    return [*facts, *carried, *late]


def _one_of_each_plan(session: Session, where: Round) -> Iterable[int]:
    """A team for every different plan: the others' moments are the same."""
    plan_of = result_of(session, where).plan_of
    there = [team.number for team in session.state.teams if team.number in plan_of]
    return {plan_of[team]: team for team in reversed(there)}.values()


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {plain(line)}" for line in lines)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
