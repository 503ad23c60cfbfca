"""What a round lets teams decide: which levers, how far, and which choices."""

from collections.abc import Mapping
from typing import Any

from sim.exercise.numbers import shown
from sim.scenario import BadInput, Scenario, fields
from sim.scenario.words import nearest
from sim.workshop.refused import Refused
from sim.workshop.source import Choice, Lever, Round, Workshop
from sim.workshop.typed import number

CLOSE = 1e-9
FEW = 2
"""Levers that are told even where they were left as they are."""


def checked(
    workshop: Workshop, round_: Round, changes: Mapping[str, Any], choice: str | None
) -> dict[str, Any]:
    """The plan changes of a decision, the choice's own included; what is as today is left out.

    Values may be typed: "nine" is 9. Raises Refused in one sentence naming the lever, when it is locked in this round,
    out of its limits, or when the choice is unknown or missing.
    """
    taken = _taken(round_, choice)
    wanted = dict(taken.plan) if taken else {}
    for path, typed in changes.items():
        if path not in wanted:
            wanted[path] = value_of(_movable(round_, path), typed)
    return _differences(workshop, _whole_plan(workshop, wanted), wanted)


def value_of(lever: Lever, typed: Any) -> Any:
    """A value as the field has it, of what was typed; raises Refused when it is out of the round's limits."""
    if lever.options:
        return _option(lever, typed)
    if isinstance(lever.facts.default, bool):
        return _yes_or_no(lever, typed)
    if not isinstance(lever.facts.default, int | float):
        return typed
    read = number(typed)
    value = read.share if lever.facts.unit.startswith("share") else read.value
    _within(lever, value)
    return int(value) if isinstance(lever.facts.default, int) and value == int(value) else value


def decision_of(workshop: Workshop, round_: Round, plan: Scenario) -> tuple[dict[str, Any], str | None]:
    """The changes and the choice that a whole plan comes to in a round; raises Refused."""
    origin, today = workshop.origin, workshop.today
    if (plan.assumptions, plan.events) != (origin.assumptions, origin.events):
        raise Refused(
            "locked", f"The code is about another operation than {origin.title}; decide about this one."
        )
    changes = {path: plan.value(path) for path in fields() if path.startswith("plan.")}
    changes = {path: value for path, value in changes.items() if value != today.value(path)}
    choice = _choice_in(workshop, round_, changes)
    left = {path: value for path, value in changes.items() if not choice or path not in choice.plan}
    return checked(workshop, round_, left, choice.id if choice else None), choice.id if choice else None


def allowed(
    workshop: Workshop, round_: Round, changes: Mapping[str, Any], choice: str | None
) -> dict[str, Any]:
    """As much of an earlier decision as this round lets teams decide, lever by lever; the rest stays as today."""
    if choice is not None and round_.choice(choice):
        return checked(workshop, round_, {}, choice)
    kept: dict[str, Any] = {}
    for path, value in changes.items():
        try:
            kept |= checked(workshop, round_, kept | {path: value}, None)
        except BadInput:
            continue
    return kept


def told(workshop: Workshop, round_: Round, changes: Mapping[str, Any], choice: str | None) -> str:
    """A decision in a few words: "10 agents", or the title of the choice; levers left alone are told where few."""
    taken = round_.choice(choice) if choice else None
    words = [taken.title] if taken else []
    levers = dict(changes)
    if not taken and len(round_.movable) <= FEW:
        levers = {lever.path: workshop.today.value(lever.path) for lever in round_.movable} | levers
    words += [
        lever_words(path, value) for path, value in levers.items() if not taken or path not in taken.plan
    ]
    return ", ".join(words) or f"as {workshop.today.title.lower()}"


def price(workshop: Workshop, round_: Round, changes: Mapping[str, Any], choice: str | None) -> float:
    """What a decision costs more than today, in dollars a week, by the prices that the source shows to teams."""
    taken = round_.choice(choice) if choice else None
    levers = (lever for lever in round_.movable if lever.price and lever.path in changes)
    moved = sum(lever.price * (changes[lever.path] - workshop.today.value(lever.path)) for lever in levers)
    return float(moved) + (taken.price if taken else 0.0)


def _taken(round_: Round, choice: str | None) -> Choice | None:
    if choice is None:
        return None
    taken = round_.choice(choice)
    if taken is None:
        known = [each.id for each in round_.choices] or ["no choice at all"]
        raise Refused(
            "out of limits", f"{shown(choice)}: is no choice of {round_.called}; {nearest(choice, known)}."
        )
    return taken


def _movable(round_: Round, path: str) -> Lever:
    if path not in fields():
        known = [lever.path for lever in round_.movable]
        raise Refused("locked", f"{shown(path)}: no such lever; {nearest(path, known or fields())}.")
    lever = round_.lever(path)
    if lever is None or not lever.movable:
        open_ = [each.facts.title.lower() for each in round_.movable] + [
            each.title for each in round_.choices
        ]
        raise Refused(
            "locked", f"{fields()[path].title}: is locked in {round_.called}; open are {', '.join(open_)}."
        )
    return lever


def _option(lever: Lever, typed: Any) -> Any:
    text = str(typed).strip().casefold()
    for option in lever.options:
        if text == str(option).casefold() or typed == option:
            return option
    numbers = [option for option in lever.options if isinstance(option, int | float)]
    if numbers and len(numbers) == len(lever.options):
        read = number(typed)
        value = read.share if lever.facts.unit.startswith("share") else read.value
        best = min(numbers, key=lambda option: abs(option - value))
        if abs(best - value) < CLOSE:
            return best
        hint = f"nearest {best:g}"
    else:
        hint = nearest(text, [str(option) for option in lever.options])
    options = ", ".join(f"{option}" for option in lever.options)
    raise Refused("out of limits", f"{lever.facts.title}: {shown(typed)} is not one of {options}; {hint}.")


def _yes_or_no(lever: Lever, typed: Any) -> bool:
    text = str(typed).strip().casefold()
    if text in ("true", "yes", "y", "on", "1"):
        return True
    if text in ("false", "no", "n", "off", "0"):
        return False
    raise Refused(
        "out of limits", f"{lever.facts.title}: {shown(typed)} is neither yes nor no; type one of them."
    )


def _within(lever: Lever, value: float) -> None:
    low, high, step = lever.lowest, lever.highest, lever.step
    inside = value if low is None else max(low, value)
    inside = inside if high is None else min(high, inside)
    if step:
        start = low or 0.0
        inside = start + round((inside - start) / step) * step
    if isinstance(lever.facts.default, int):
        inside = round(inside)
    if abs(inside - value) > CLOSE:
        by = f" by {step:g}" if step else ""
        ends = f"{'any' if low is None else f'{low:g}'} to {'any' if high is None else f'{high:g}'}"
        raise Refused(
            "out of limits", f"{lever.facts.title}: {value:g} is outside {ends}{by}; nearest {inside:g}."
        )


def _whole_plan(workshop: Workshop, wanted: Mapping[str, Any]) -> Scenario:
    try:
        return workshop.plan(wanted)
    except BadInput as error:
        raise Refused("out of limits", str(error)) from error


def _differences(workshop: Workshop, plan: Scenario, wanted: Mapping[str, Any]) -> dict[str, Any]:
    found = {path: plan.value(path) for path in wanted}
    return {path: value for path, value in found.items() if value != workshop.today.value(path)}


def _choice_in(workshop: Workshop, round_: Round, changes: Mapping[str, Any]) -> Choice | None:
    """The choice whose every change is in these; the one that explains most of them."""
    for choice in sorted(round_.choices, key=lambda each: -len(each.plan)):
        own = _differences(workshop, workshop.plan(choice.plan), choice.plan)
        if own and all(changes.get(path) == value for path, value in own.items()):
            return choice
    return None


def lever_words(path: str, value: Any) -> str:
    """The value of a lever in a few words: "10 agents"."""
    facts = fields()[path]
    if facts.unit == "agents":
        return f"{value:g} {'agent' if value == 1 else 'agents'}"
    if isinstance(value, bool):
        return f"{facts.title.lower()}: {'yes' if value else 'no'}"
    return (
        f"{facts.title.lower()} {value:g}"
        if isinstance(value, int | float)
        else f"{facts.title.lower()} {value}"
    )
