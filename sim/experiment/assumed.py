"""What is assumed: every assumption with how sure anybody is of it, and the ends between which it may be attacked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from sim.scenario import BadInput, FieldFacts, Scenario, fields, path_of

ROOT = "assumptions"
NO_ANCHOR = "no anchor"
MEANING = (
    "No anchor: nobody is known to have measured anything like it, so the number is a guess. Low confidence: what "
    "there is was measured elsewhere, or roughly, or not at all. The plausible range is where the number may well lie: "
    "a result should hold in all of it."
)
HUNDREDFOLD = 100.0
"""From here on a range is tried by factors, not by differences."""

LEFT_OUT = (
    "culture",
    "demand.customers",
    "demand.issues_per_day",
    "demand.mix",
    "handling.talk_mean",
)
"""Not attacked unless named: words for results, on which no measure hangs; and how many contacts of what length there
are, which whoever runs an operation knows of it."""
ALWAYS = ("customers.expectation.loss_aversion", "customers.expectation.tolerance")
"""Attacked in any case, though somebody measured it: much of what the articles claim rests on them."""


@dataclass(frozen=True)
class Assumption:
    """One field that is assumed, not chosen, and its usual value."""

    facts: FieldFacts
    value: Any

    @property
    def kind(self) -> str:
        """What it is about: "Customers, quality"."""
        return ", ".join(self.facts.path.split(".")[1:-1]).replace("_", " ").capitalize()

    @property
    def doubts(self) -> tuple[str, ...]:
        """In words, how sure anybody is of it; nothing where nobody has said."""
        sure = f"{self.facts.confidence} confidence" if self.facts.confidence else ""
        return tuple(word for word in ("" if self.facts.has_anchor else NO_ANCHOR, sure) if word)


def listed() -> tuple[Assumption, ...]:
    """Every assumption, in the order of the scenario."""
    usual = Scenario()
    return tuple(
        Assumption(facts, usual.value(path)) for path, facts in fields().items() if facts.side == ROOT
    )


def least_sure_first(found: Sequence[Assumption]) -> list[Assumption]:
    """Without an anchor before those with one, low confidence before medium, before high."""
    order = ("low", "medium", "high")
    return sorted(found, key=lambda one: (one.facts.has_anchor, order.index(one.facts.confidence)))


def in_short(found: Sequence[Assumption]) -> str:
    """How much of it rests on nothing that was measured."""
    bare = sum(not one.facts.has_anchor for one in found)
    unsure = sum(one.facts.confidence == "low" for one in found)
    return f"{bare} of {len(found)} assumptions have no anchor; {unsure} have low confidence."


# ------------------------------------------------------------------------------------- what is attacked, and how far


@dataclass(frozen=True)
class Doubt:
    """An assumption that is a number, what it is in the operation at hand, and the ends of what it may be."""

    facts: FieldFacts
    value: float
    low: float
    high: float
    whole: bool = False

    @property
    def path(self) -> str:
        """Where it stands in the scenario."""
        return self.facts.path

    def at(self, share: float) -> float:
        """The value that far from the low end (0) to the high end (1)."""
        if self.low > 0 and self.high / self.low >= HUNDREDFOLD:
            found = self.low * (self.high / self.low) ** share
        else:
            found = self.low + share * (self.high - self.low)
        found = min(max(found, self.low), self.high)
        return float(round(found)) if self.whole else found


Ranges = Mapping[str, tuple[float, float]]


def doubts(
    today: Scenario, plan: Scenario, names: Sequence[str] = (), ranges: Ranges | None = None
) -> tuple[Doubt, ...]:
    """The assumptions to attack, with their ends.

    Args:
        today: the operation at hand.
        plan: what is compared with it; an assumption that differs between them is part of the comparison, and left out.
        names: fields, or groups such as "customers.quality", which stand for their numbers with low confidence; none
            for the usual ones.
        ranges: fields with ends of one's own, instead of the plausible ones.

    Raises:
        BadInput: for a name that is none, a field that is chosen or not a number, or when nothing is left.
    """
    own = {assumption_of(name): ends for name, ends in (ranges or {}).items()}
    asked = [path for name in names for path in _named(name)] if names or own else usual()
    found = [
        _doubt(path, today, own.get(path))
        for path in dict.fromkeys((*asked, *own))
        if today.value(path) == plan.value(path)
    ]
    kept = tuple(one for one in found if one.low < one.high)
    if not kept:
        raise BadInput("assumptions: none is left to vary; all differ between the plans, or have no range.")
    return kept


def usual() -> tuple[str, ...]:
    """Numbers with low confidence and those of `ALWAYS`, but for those that are `LEFT_OUT`."""
    return tuple(path for path in fields() if _unsure(path) and not _left_out(path))


def _left_out(path: str) -> bool:
    return any(f"{path}.".startswith(f"{ROOT}.{name}.") for name in LEFT_OUT)


def _unsure(path: str) -> bool:
    facts = fields()[path]
    weak = facts.confidence == "low" or path.removeprefix(f"{ROOT}.") in ALWAYS
    return facts.side == ROOT and weak and _is_number(Scenario().value(path))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _named(name: str) -> list[str]:
    """The fields of a group that nobody is sure of, or the one field of that name."""
    group = f"{ROOT}.{name.strip('. ').removeprefix(f'{ROOT}.')}."
    inside = [path for path in fields() if path.startswith(group)]
    unsure = [path for path in inside if _unsure(path)]
    if inside and not unsure:
        raise BadInput(f"{name}: none of its numbers has low confidence; name the fields to vary.")
    return unsure or [assumption_of(name)]


def assumption_of(name: str) -> str:
    """The path of an assumption that is a number, by its full or last name; raises BadInput."""
    known = [path for path in fields() if path.startswith(f"{ROOT}.")]
    path = next((one for one in known if one == f"{ROOT}.{name}"), "") or _path_of(name)
    if path not in known:
        raise BadInput(f"{name}: is chosen, not assumed; name a field under {ROOT}.")
    if not _is_number(Scenario().value(path)):
        raise BadInput(f"{name}: is not a number, so it has no ends to try.")
    return path


def _path_of(name: str) -> str:
    groups = {path.rpartition(".")[0].removeprefix(f"{ROOT}.") for path in fields() if path.startswith(ROOT)}
    close = get_close_matches(name, groups, n=1, cutoff=0.8)
    try:
        return path_of(name)
    except BadInput:
        if close:
            raise BadInput(f"{name}: no such assumption or group; nearest is {close[0]}.") from None
        raise


def _doubt(path: str, today: Scenario, own: tuple[float, float] | None) -> Doubt:
    """Its plausible ends, or one's own."""
    facts, value = fields()[path], today.value(path)
    low, high = own or facts.plausible or (value, value)
    if own:
        _check(path, today, low, high)
    return Doubt(facts, float(value), low, high, isinstance(value, int))


def _check(path: str, today: Scenario, low: float, high: float) -> None:
    if low >= high:
        raise BadInput(f"{path}: {low:g} to {high:g} is no range; give the lower end first.")
    for end in (low, high):
        today.changed(path, end)
