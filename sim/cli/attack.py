"""`sim evidence --result`: which assumptions a result hangs on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any, cast

from sim.cli import figures, screen
from sim.cli.choose import Chosen, chosen, differences, number_of, value_in_words
from sim.cli.progress import Stopped, Work, stoppable, view_of
from sim.cli.run import estimate_content, scenario_content
from sim.cli.screen import Column, Row, Section
from sim.cli.watch import let_workers_go
from sim.experiment import assumed
from sim.experiment.estimate import Estimate
from sim.experiment.replications import Report
from sim.experiment.seasons import Months
from sim.experiment.sensitivity import (
    REPLICATIONS,
    REPLICATIONS_OF_WALKS,
    SHORT,
    WALKS,
    Effect,
    End,
    Morris,
    OneAtATime,
    Swing,
    Word,
    long_enough,
    measured,
    morris,
    one_at_a_time,
    sign,
    weeks_for,
)
from sim.flow import Engine, prepare
from sim.measures import Measure
from sim.scenario import BadInput, FieldFacts
from sim.views import formats

MOST_CHANGES = 6
BY_LUCK = 20
"""Of so many assumptions that do not matter, one may seem to at 95 %."""
SECTIONS: dict[Word, str] = {
    "depends on": "It depends on these",
    "cannot tell yet": "It cannot be told, whatever these are",
    "holds": "It holds, whatever these are",
}
SWINGS = (
    Column("assumption", number=False),
    Column("", number=False),
    Column("at the low end"),
    Column("at the high end"),
)
EFFECTS = (Column("assumption", number=False), *map(Column, ("mu*", "±", "mu", "sigma")))
OF_EFFECTS = (
    "Over its whole range an assumption moves the result by mu* on average, whichever way, and by mu with its sign; "
    "sigma is large where that depends on the other assumptions."
)


@dataclass(frozen=True)
class Asked:
    """How a result is attacked on the command line; None for what is usual."""

    result: str
    plan: str
    against: str = "today"
    sets: Sequence[str] = ()
    vary: Sequence[str] = ()
    no_anchor: bool = False
    method: str = "one"
    weeks: int | None = None
    settle: int = SHORT.settle
    replications: int | None = None
    walks: int = WALKS
    seed: int = 1
    workers: int | None = None
    engine: str = "auto"

    @property
    def months(self) -> Months:
        """As long as the measure needs, unless said otherwise."""
        return Months(self.weeks or max(SHORT.weeks, weeks_for(self.result)), self.settle)

    @property
    def many(self) -> int:
        """Replications of each set of assumptions."""
        return self.replications or (REPLICATIONS if self.method == "one" else REPLICATIONS_OF_WALKS)

    @property
    def names(self) -> list[str]:
        """The assumptions or groups to vary; none for the usual ones."""
        if self.vary or not self.no_anchor:
            return [word for word in self.vary if "=" not in word]
        bare = {one.facts.path for one in assumed.listed() if not one.facts.has_anchor}
        return [path for path in assumed.usual() if path in bare]

    @property
    def ranges(self) -> dict[str, tuple[float, float]]:
        """Ends of one's own, from words such as quality.delight=0:18; raises BadInput."""
        return dict(_ends(word) for word in self.vary if "=" in word)

    def pair(self) -> tuple[Chosen, Chosen]:
        """What is compared; the plan may be told by its changes alone."""
        plan = f"{self.against}+{self.plan}" if "=" in self.plan.split("+")[0] else self.plan
        return chosen(self.against, self.sets), chosen(plan, self.sets)


def _ends(word: str) -> tuple[str, tuple[float, float]]:
    name, _, text = word.partition("=")
    low, colon, high = text.partition(":")
    if not colon:
        raise BadInput(f"--vary: {word} is no range; write name=low:high, such as rude=10:30.")
    return name, (number_of(low, f"--vary: {word}"), number_of(high, f"--vary: {word}"))


def attack(ask: Asked, *, as_json: bool) -> None:
    """Attack a result and print what it hangs on."""
    if not ask.result or not ask.plan:
        missing, other = ("--plan", "--result") if ask.result else ("--result", "--plan")
        raise BadInput(f"{missing} is missing: with {other} it says which result to attack.")
    measure = measured(ask.result)
    long_enough(ask.result, ask.months)
    against, plan = ask.pair()
    found = _attacked(ask, against, plan)
    if as_json:
        screen.show_json(content(ask, against, plan, found))
    else:
        show(measure, against, plan, found)


def _attacked(ask: Asked, against: Chosen, plan: Chosen) -> OneAtATime | Morris:
    """Run it with progress on standard error; Ctrl-C keeps what is finished."""
    tried = len(assumed.doubts(against.scenario, plan.scenario, ask.names, ask.ranges))
    ready = prepare(cast(Engine, ask.engine), screen.tell)
    with stoppable() as stop, view_of(_work(ask, tried)) as view:
        found = _run(ask, against, plan, ready, view.show, stop)
    if found.stopped:
        let_workers_go()
    if not (found.swings if isinstance(found, OneAtATime) else found.effects):
        unit = "the first assumption was" if isinstance(found, OneAtATime) else "two walks were"
        raise Stopped(f"Stopped before {unit} finished, so there is nothing to show.")
    return found


def _work(ask: Asked, tried: int) -> Work:
    """The run as it is announced."""
    points = 1 + 2 * tried if ask.method == "one" else (1 + tried) * ask.walks
    months = ask.months
    opening = (
        f"Trying {_count(tried, 'assumption')} in {points * ask.many} pairs of seasons of {months.weeks} weeks, "
        f"after {months.settle} to settle; Ctrl-C stops and keeps what is finished."
    )
    return Work(points * ask.many, opening, "Pair")


def _run(
    ask: Asked, against: Chosen, plan: Chosen, engine: Engine, progress: Report, stop: Event
) -> OneAtATime | Morris:
    plans = (against.scenario, plan.scenario, ask.result, ask.names)
    if ask.method == "one":
        return one_at_a_time(
            *plans, ask.many, ranges=ask.ranges, months=ask.months, seed=ask.seed, engine=engine,
            workers=ask.workers, progress=progress, stop=stop,
        )  # fmt: skip
    return morris(
        *plans, ask.walks, ask.many, ranges=ask.ranges, months=ask.months, seed=ask.seed, engine=engine,
        workers=ask.workers, progress=progress, stop=stop,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------ for people


def show(measure: Measure, against: Chosen, plan: Chosen, found: OneAtATime | Morris) -> None:
    """Print the finding, what was compared, a row for each assumption, and how the numbers were come by."""
    screen.say(
        headline(measure, found) if isinstance(found, OneAtATime) else strongest(measure, found), "bold"
    )
    screen.say(_compared(against, plan))
    screen.say()
    if isinstance(found, OneAtATime):
        screen.show_table(SWINGS, list(_swings(measure, found)))
    else:
        screen.show_table(EFFECTS, list(_effects(measure, found.effects)))
        screen.say(OF_EFFECTS)
    for words in closing(found):
        screen.say(words)


def _compared(against: Chosen, plan: Chosen) -> str:
    otherwise = differences(against.scenario, plan.scenario)
    more = len(otherwise) - MOST_CHANGES
    told = [*otherwise[:MOST_CHANGES], *([f"and {more} more"] if more > 0 else [])]
    return f"Against {against.word}, the plan has: {'; '.join(told) or 'nothing otherwise'}."


def headline(measure: Measure, found: OneAtATime) -> str:
    """What the plan does, and on how many assumptions that depends."""
    places = _places(measure, found.base)
    told = f"{figures.difference(measure, found.base, places)} {unit_of(measure)}"
    hangs = f"{len(found.hangs_on) or 'none'} of {_count(len(found.swings), 'assumption')} tried"
    if not sign(found.base):
        return (
            f"{measure.title}: it cannot be told what the plan does ({told}); at the ends of {hangs} it can."
        )
    word = "raises" if sign(found.base) > 0 else "lowers"
    return f"{measure.title}: the plan {word} it ({told}). That depends on {hangs}."


def strongest(measure: Measure, found: Morris) -> str:
    """The assumption that moves the result most."""
    first = found.effects[0]
    return f"{measure.title}: what the plan does hangs most on {first.doubt.facts.title.lower()}."


def unit_of(measure: Measure) -> str:
    """The unit in which a difference is shown."""
    return "points of 100" if measure.kind == "share" else measure.unit


def _places(measure: Measure, *found: Estimate) -> int:
    return formats.decimals_for(*(figures.scale(measure) * one.mean for one in found))


def _swings(measure: Measure, found: OneAtATime) -> Iterator[Row]:
    """Assumptions of one word together, those that move the result most first."""
    for word, title in SECTIONS.items():
        those = [swing for swing in found.swings if swing.word == word]
        if those:
            yield Section(title)
        for swing in those:
            ends = (_end(measure, swing.doubt.facts, end, found.base) for end in (swing.low, swing.high))
            yield named(swing.doubt.facts), word, *ends


def _end(measure: Measure, facts: FieldFacts, end: End, base: Estimate) -> str:
    """The value of the assumption, and the interval of the difference there."""
    places = _places(measure, base)
    told = formats.interval(end.difference, figures.scale(measure), places, sign=True)
    return f"at {value_in_words(facts, end.value)}:\n{told}"


def named(facts: FieldFacts) -> str:
    """The title of an assumption and where it stands, on two lines."""
    return f"{facts.title}\n{facts.path.removeprefix(f'{assumed.ROOT}.')}"


def _effects(measure: Measure, effects: Sequence[Effect]) -> Iterator[Row]:
    scale = figures.scale(measure)
    places = formats.decimals_for(scale * effects[0].size)
    for one in effects:
        numbers = (one.size, one.half_width, one.mean, one.spread)
        yield named(one.doubt.facts), *(formats.number(scale * number, places) for number in numbers)


def closing(found: OneAtATime | Morris) -> list[str]:
    """How the numbers were come by, what cut them short, and what not to read into them."""
    words = []
    if isinstance(found, OneAtATime):
        if found.stopped:
            words.append(f"Stopped: {len(found.swings)} of {found.asked} assumptions were finished.")
        if len(found.swings) >= BY_LUCK:
            words.append(
                f"Of {len(found.swings)} assumptions some may seem to matter by luck alone: try those again, "
                "with --vary and more --replications."
            )
    elif found.stopped:
        words.append(f"Stopped: {found.walks} of {found.asked} walks were finished.")
    walks = "" if isinstance(found, OneAtATime) else f"{found.walks} walks, "
    words.append(
        f"{walks}{_count(found.replications, 'replication')} of {found.months.weeks} weeks after {found.months.settle} "
        f"to settle, seed {found.seed}, everywhere the same luck; intervals are 95 %."
    )
    return words


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


# ---------------------------------------------------------------------------------------------- for machines


def content(ask: Asked, against: Chosen, plan: Chosen, found: OneAtATime | Morris) -> dict[str, Any]:
    """What `sim evidence --result ... --json` prints."""
    measure = measured(ask.result)
    told = _swings_content(found) if isinstance(found, OneAtATime) else _effects_content(found)
    return {
        "command": "evidence",
        "method": ask.method,
        "result": {"name": measure.name, "title": measure.title, "unit": measure.unit},
        "against": scenario_content(against),
        "plan": scenario_content(plan),
        "seed": found.seed,
        "weeks": found.months.weeks,
        "settle": found.months.settle,
        "replications": found.replications,
        "asked": found.asked,
        "stopped": found.stopped,
        **told,
    }


def _swings_content(found: OneAtATime) -> dict[str, Any]:
    return {
        "difference": estimate_content(found.base),
        "depends_on": [swing.doubt.path for swing in found.hangs_on],
        "assumptions": [_swing_content(swing) for swing in found.swings],
    }


def _swing_content(swing: Swing) -> dict[str, Any]:
    ends = {"low": swing.low, "high": swing.high}
    return {
        "path": swing.doubt.path,
        "title": swing.doubt.facts.title,
        "value": swing.doubt.value,
        "word": swing.word,
    } | {
        name: {"value": end.value, "difference": estimate_content(end.difference)}
        for name, end in ends.items()
    }


def _effects_content(found: Morris) -> dict[str, Any]:
    return {
        "walks": found.walks,
        "assumptions": [
            {
                "path": one.doubt.path,
                "title": one.doubt.facts.title,
                "low": one.doubt.low,
                "high": one.doubt.high,
                "mu_star": one.size,
                "half_width": one.half_width,
                "mu": one.mean,
                "sigma": one.spread,
            }
            for one in found.effects
        ],
    }
