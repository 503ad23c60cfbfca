"""Do the printed guide of a workshop and the source of its desk keep one clock, one wording and one set of prices?"""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from sim.experiment import Results
from sim.experiment.expected import Told
from sim.experiment.questions import Question
from sim.measures import MEASURES
from sim.scenario import path_of
from sim.views.desk.booklet import booklet
from sim.workshop.forecast import outcome_of
from sim.workshop.guide import EXPECTED, FILE, Guide, Quoting, Step, minute_of, quoting, read
from sim.workshop.source import Step as DeskStep
from sim.workshop.source import Workshop, workshop, workshop_names, workshops_folder
from workshops import begun, on

CUT = re.compile(r"If (?:(?P<late>\d+) minutes behind here|you begin late), (?P<cut>.+)\.", re.DOTALL)
CHANGES = Mapping[str, Any]


def printed() -> list[str]:
    """The workshops that have a guide."""
    return [name for name in workshop_names() if (workshops_folder() / name / FILE).exists()]


@pytest.fixture(params=printed())
def both(request: pytest.FixtureRequest) -> tuple[Workshop, Quoting]:
    folder = workshops_folder() / request.param
    assert (folder / EXPECTED).exists()
    return workshop(request.param), quoting(folder, read(folder / FILE))


def step_in_force(guide: Guide, minute: float) -> Step:
    return [step for step in guide.steps if minute_of(step.at) <= minute][-1]


def at(source: Workshop, step: Step) -> DeskStep:
    """The desk's step that begins with a step of the guide."""
    (found,) = (each for each in source.steps if each.at == minute_of(step.at))
    return found


def test_the_first_workshop_has_a_guide() -> None:
    assert "w1" in printed()


def test_name_title_length_operation_and_seed_agree(both: tuple[Workshop, Quoting]) -> None:
    source, guide = both[0], both[1].guide
    assert (source.name, source.title, source.minutes) == (guide.workshop, guide.title, guide.front.minutes)
    assert (source.base, source.operation, source.seed) == (guide.operation, {}, guide.seed)


def test_every_step_of_the_guide_begins_with_one_of_the_desk(both: tuple[Workshop, Quoting]) -> None:
    source, guide = both[0], both[1].guide
    assert {minute_of(step.at) for step in guide.steps} <= {step.at for step in source.steps}
    for step in guide.steps:
        assert at(source, step).title == step.title


def test_a_step_within_one_of_the_guide_has_its_title_too(both: tuple[Workshop, Quoting]) -> None:
    source, guide = both[0], both[1].guide
    for step in source.steps:
        title = step_in_force(guide, step.at).title
        assert step.title == title or step.title.startswith(f"{title}: "), step.title


def test_what_may_be_cut_is_the_same_on_paper_and_on_the_desk(both: tuple[Workshop, Quoting]) -> None:
    source, guide = both[0], both[1].guide
    for step in guide.steps:
        mine = at(source, step)
        assert bool(step.cut) == bool(mine.cut), step.title
        if step.cut:
            told = CUT.fullmatch(step.cut)
            assert told, step.cut
            assert told["cut"].split(". ")[0].split("; ")[0] == mine.cut, step.title
            assert mine.cut_after == float(told["late"] or 1), step.title


def test_the_page_that_stands_in_is_the_guide_s(both: tuple[Workshop, Quoting], tmp_path: Any) -> None:
    source, guide = both[0], both[1].guide
    with begun(tmp_path, source.model_copy(update={"replications": 2}), names=["Ash"]) as session:
        session.start_clock()
        started = session.state.clock.started
        page = booklet(source, lambda: started or "")
        for phase in ("brief", "predict", "decide"):
            if phase != "brief":
                on(session, phase)
            first = next(
                each for each in source.steps if (each.round, each.phase) == (session.round.id, phase)
            )
            assert page(session) == step_in_force(guide, first.at).booklet, phase


def test_every_price_lies_within_what_the_guide_says_of_it(both: tuple[Workshop, Quoting]) -> None:
    source, quote = both
    seen = 0
    for where in source.rounds:
        bought = [(choice.price, choice.plan) for choice in where.choices if choice.price]
        today = source.today
        bought += [
            (lever.price, {lever.path: today.value(lever.path) + 1}) for lever in where.levers if lever.price
        ]
        for price, changes in bought:
            cost = cost_of(quote.told, changes)
            assert cost.answer.low <= price <= cost.answer.high, changes
            seen += 1
    assert seen >= 3


def cost_of(told: Mapping[str, Told], changes: CHANGES) -> Told:
    """What the guide says that a change costs."""
    for each in told.values():
        asked = each.question
        if (
            asked.form == "difference"
            and asked.measure.startswith("cost_")
            and by_path(asked.after) == changes
        ):
            return each
    raise AssertionError(f"the guide has no cost of {changes}")


def by_path(changes: CHANGES | None) -> CHANGES:
    return {path_of(name): value for name, value in (changes or {}).items()}


def test_a_price_that_the_week_holds_is_one_that_the_model_charges(both: tuple[Workshop, Quoting]) -> None:
    """What the guide asks over more than a week is not in the cost of a week."""
    source, quote = both
    for where in source.rounds:
        for choice in where.choices:
            if choice.price:
                cost = cost_of(quote.told, choice.plan).question
                assert choice.price_in_week == (cost.measure in MEASURES and cost.over == "week"), choice.id


def test_what_is_asked_of_all_is_what_the_printed_card_asks(both: tuple[Workshop, Quoting]) -> None:
    source, quote = both
    asked = [ask for where in source.rounds for ask in where.predictions if ask.question]
    lines = [quote(text) for step in quote.guide.steps for text in step.ask]
    for ask in asked:
        assert any(same(ask.question, each.question) for each in quote.told.values()), ask.id
        assert in_figures(ask.ask) in {in_figures(line) for line in lines}


def same(one: Question | None, other: Question) -> bool:
    return one is not None and (one.measure, one.before, one.after, one.form) == (
        other.measure, other.before, other.after, other.form,
    )  # fmt: skip


def in_figures(text: str) -> str:
    return text.replace("nine", "9")


def test_the_room_s_answer_is_the_guide_s_within_its_tolerance(tmp_path: Any) -> None:
    """Asked as the desk asks it: with the round, on the round's customers, all its weeks."""
    folder = workshops_folder() / "w1"
    told = quoting(folder, read(folder / FILE)).told["wait_fewer"]
    with begun(tmp_path, workshop("w1"), names=["Ash"]) as session:
        on(session, "computed")
        result = session.state.now.result
        ask = session.workshop.rounds[0].ask("wait")
        assert result
        assert ask
        came = outcome_of(ask, result, result.results[result.today])
    assert abs(came.mean - told.value) <= told.tolerance
    assert came.mean == pytest.approx(told.value, rel=1e-6), "the same seed, weeks and plans"
    assert came.half_width == pytest.approx(told.tolerance, rel=1e-3)


def test_round_two_comes_out_as_the_guide_says_on_other_customers(tmp_path: Any) -> None:
    """Its luck is its own, so that both intervals have a say."""
    folder = workshops_folder() / "w1"
    told = quoting(folder, read(folder / FILE)).told
    with begun(tmp_path, workshop("w1"), names=["Ash"]) as session:
        session.go("brief", "one_of_three")
        on(session, "computed", predicting=False)
        result = session.state.now.result
    assert result
    for choice, kept in (("agent", "kept_10"), ("wow", "kept_wow"), ("story", "kept_story")):
        came = result.results[result.choice_of[choice]]
        assert near(came, "promise_kept", told[kept]), choice
    assert near(result.results[result.choice_of["story"]], "days_at_bar", told["days_story"])
    assert near(result.results[result.today], "days_at_bar", told["days"])


def near(came: Results, measure: str, told: Told) -> bool:
    found = came.estimate(measure)
    return abs(found.mean - told.answer.mean) <= found.half_width + told.answer.half_width
