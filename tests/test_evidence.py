"""Can every assumption be found, doubted and attacked, and is it said plainly what a result hangs on?"""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from math import inf, nan
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image
from typer.testing import CliRunner, Result

from sim.cli import app, attack, options
from sim.cli.progress import Work
from sim.experiment.assumed import (
    ALWAYS,
    LEFT_OUT,
    ROOT,
    Assumption,
    Doubt,
    doubts,
    in_short,
    least_sure_first,
    listed,
    usual,
)
from sim.experiment.estimate import Estimate
from sim.experiment.replications import Progress
from sim.experiment.seasons import Months, seasons
from sim.experiment.sensitivity import (
    SHORT,
    WALKS,
    End,
    Morris,
    OneAtATime,
    long_enough,
    morris,
    one_at_a_time,
    weeks_for,
)
from sim.scenario import BadInput, Scenario, fields
from sim.season.catalogue import MEASURES
from sim.views import looks
from sim.views.assumptions import AssumptionsTable
from sim.views.charts.letters import Lettering, installed_fonts
from sim.views.charts.tornado import (
    LEFT,
    MOST,
    RIGHT,
    SPACE,
    WORD_LEFT,
    Tornado,
    TornadoData,
    TornadoEnd,
    TornadoPanel,
    TornadoRow,
    tornado_below,
    tornado_data,
    tornado_equivalent,
    tornado_title,
)

HOME = Path(__file__).resolve().parent.parent
CHANGES: dict[str, Any] = {
    "assumptions.demand.customers": 2_000,
    "assumptions.demand.issues_per_day": 46,
    "plan.staffing.agents": 2,
    "plan.staffing.specialists": 1,
}
SMALL = Scenario().changed(CHANGES)
DELIGHT = SMALL.changed("plan.delight.share", 0.2)
FEELS = "assumptions.customers.quality.delight"
COSTS = "assumptions.money.delight"
WEEKS = Months(2, settle=1)
PLANTED = {FEELS: (0.0, 18.0)}
MEASURE = "satisfaction_served"
WORDS = (
    "evidence", "--result", MEASURE, "--plan", "plan.delight.share=20%", "--vary", f"{FEELS}=0:18",
    "--vary", COSTS, "--weeks", "2", "--settle", "1", "--workers", "1",
    *(word for path, value in CHANGES.items() for word in ("--set", f"{path}={value}")),
)  # fmt: skip


def sim(*words: str, width: int = 80) -> Result:
    """What the command prints and how it ends."""
    return CliRunner(env={"COLUMNS": str(width)}).invoke(app, list(words))


def fine(*words: str, width: int = 80) -> str:
    result = sim(*words, width=width)
    assert result.exit_code == 0, result.output
    return result.stdout


def tried(workers: int = 1, stop: Event | None = None, replications: int = 3) -> OneAtATime:
    """Delight's effect on satisfaction, with how it feels and what it costs in doubt."""
    return one_at_a_time(
        SMALL, DELIGHT, MEASURE, [COSTS], replications, ranges=PLANTED, months=WEEKS, workers=workers,
        stop=stop, progress=_stopping(stop, 5 * 3 - 1),
    )  # fmt: skip


def _stopping(stop: Event | None, at: int) -> Any:
    """Progress that stops the run at that part of it."""

    def progress(found: Progress) -> None:
        if stop and found.done == at:
            stop.set()

    return progress


@pytest.fixture(scope="module")
def found() -> OneAtATime:
    return tried()


@pytest.fixture(scope="module")
def ranked() -> Morris:
    return morris(SMALL, DELIGHT, MEASURE, [COSTS], 3, 1, ranges=PLANTED, months=WEEKS, workers=1)


# -------------------------------------------------------------------------------------------- what is assumed


def test_every_assumption_is_listed_once_with_its_usual_value() -> None:
    expected = [path for path, facts in fields().items() if facts.side == ROOT]
    assert [one.facts.path for one in listed()] == expected
    assert all(one.value == Scenario().value(one.facts.path) for one in listed())


def test_those_without_an_anchor_and_with_low_confidence_are_counted() -> None:
    every = [facts for facts in fields().values() if facts.side == ROOT]
    bare = [facts for facts in every if not facts.has_anchor]
    low = [facts for facts in every if facts.confidence == "low"]
    told = f"{len(bare)} of {len(every)} assumptions have no anchor; {len(low)} have low confidence."
    assert in_short(listed()) == told
    assert fine("evidence").startswith(told)


@pytest.mark.parametrize("one", listed(), ids=lambda one: one.facts.path)
def test_every_assumption_has_a_source_how_sure_it_is_and_where_a_number_may_lie(one: Assumption) -> None:
    facts, value = one.facts, one.value
    assert facts.evidence
    assert facts.confidence in ("low", "medium", "high")
    assert facts.has_anchor or facts.confidence == "low"
    if isinstance(value, int | float) and not isinstance(value, bool):
        assert facts.plausible
        low, high = facts.plausible
        assert low < high
        assert low <= value <= high
        assert facts.low is None or low >= facts.low
        assert facts.high is None or high <= facts.high


def test_the_numbers_of_a_table_have_ranges_of_their_own() -> None:
    found = fields()
    assert found["assumptions.bot.settles.simple"].plausible == (0.5, 0.8)
    assert found["assumptions.bot.settles.complex"].plausible == (0.05, 0.3)
    assert found["assumptions.partner.cost.first_contact_resolution"].plausible == (0.7, 0.95)
    assert found["assumptions.partner.quality.first_contact_resolution"].plausible == (0.92, 1.02)


def test_the_command_tells_every_assumption_its_range_and_what_has_no_anchor() -> None:
    told = " ".join(fine("evidence", width=200).split())
    assert all(one.facts.path in told for one in listed())
    assert "20 points; plausible 10 to 30. No anchor, low confidence. Source: E9: no anchor." in told
    assert told.count("No anchor") == 1 + sum(not one.facts.has_anchor for one in listed())


def test_only_those_without_an_anchor_are_shown_when_asked() -> None:
    shown = json.loads(fine("evidence", "--no-anchor", "--json"))
    assert [one["path"] for one in shown["assumptions"]] == [
        one.facts.path for one in listed() if not one.facts.has_anchor
    ]
    assert shown["no_anchor"] == len(shown["assumptions"])
    assert shown["total"] == len(listed())


def test_the_table_of_a_notebook_begins_with_what_nobody_measured_and_says_so_in_words() -> None:
    rows = AssumptionsTable().rows()
    assert len(rows) == len(listed())
    assert rows[0][4] == "no anchor, low confidence"
    anchors = [one.facts.has_anchor for one in least_sure_first(listed())]
    assert anchors == sorted(anchors)
    page = AssumptionsTable()._repr_html_()
    assert page.count("no anchor, ") + page.count(">no anchor</td>") >= anchors.count(False)
    assert in_short(listed()) in page
    assert in_short(listed()) in repr(AssumptionsTable())


# ------------------------------------------------------------------------------------- what is attacked, how far


def test_usually_attacked_are_numbers_that_nobody_is_sure_of_and_those_that_claims_rest_on() -> None:
    assert {f"{ROOT}.{path}" for path in ALWAYS} <= set(usual())
    for path in usual():
        facts = fields()[path]
        assert facts.confidence == "low" or path.removeprefix(f"{ROOT}.") in ALWAYS
        assert isinstance(Scenario().value(path), int | float)
    assert "assumptions.customers.memory.severity" not in usual()


def test_the_minutes_are_attacked_too_but_not_how_much_work_there_is_nor_what_results_are_called() -> None:
    assert "assumptions.authority.needed" in usual()
    assert "assumptions.repeats.returns" in usual()
    assert not [path for path in usual() for name in LEFT_OUT if path.startswith(f"{ROOT}.{name}")]
    for name in LEFT_OUT:
        assert doubts(Scenario(), Scenario(), [name])


def test_every_usual_assumption_has_two_ends_that_its_field_allows() -> None:
    for one in doubts(Scenario(), Scenario()):
        assert one.low < one.high
        for share in (0.0, 1 / 3, 2 / 3, 1.0):
            Scenario().changed(one.path, one.at(share))


@pytest.mark.parametrize("seed", range(20))
def test_all_usual_assumptions_may_be_at_any_of_their_ends_together(seed: int) -> None:
    """As the walks of Morris have them."""
    luck = np.random.default_rng(seed)
    found = doubts(Scenario(), Scenario())
    Scenario().changed({one.path: one.at(float(luck.integers(2))) for one in found})


def test_a_group_stands_for_its_numbers_with_low_confidence() -> None:
    inside = [one.path for one in doubts(Scenario(), Scenario(), ["customers.quality"])]
    assert inside == [path for path in usual() if path.startswith("assumptions.customers.quality.")]
    assert inside == [one.path for one in doubts(Scenario(), Scenario(), ["assumptions.customers.quality"])]


def test_what_the_plan_changes_is_no_assumption_of_the_comparison() -> None:
    plan = SMALL.changed({"plan.delight.share": 0.2, "assumptions.customers.quality.delight_fades": 1.0})
    left = [one.path for one in doubts(SMALL, plan, ["customers.quality"])]
    assert "assumptions.customers.quality.delight_fades" not in left
    assert FEELS in left


def test_wide_ranges_are_tried_by_factors_and_whole_numbers_stay_whole() -> None:
    facts = fields()["assumptions.workforce.pressure.recovers_weeks"]
    wide = Doubt(facts, 260.0, 10.0, 100_000.0)
    assert wide.at(0.5) == pytest.approx(1000.0)
    assert (wide.at(0.0), wide.at(1.0)) == (10.0, 100_000.0)
    (desks,) = doubts(SMALL, DELIGHT, ["desks"], {})
    assert [desks.at(share) for share in (0.0, 0.3, 1.0)] == [2.0, 3.0, 5.0]


# ---------------------------------------------------------------------------------------------- one at a time


def test_a_planted_dependence_is_found_and_what_does_not_matter_holds(found: OneAtATime) -> None:
    assert {swing.doubt.path: swing.word for swing in found.swings} == {FEELS: "depends on", COSTS: "holds"}
    assert [swing.doubt.path for swing in found.hangs_on] == [FEELS]
    assert found.swings[0].doubt.path == FEELS
    assert found.swings[0].low.sign == 0
    assert found.swings[0].high.sign == 1


def test_it_is_the_paired_difference_of_two_seasons_under_each_assumption(found: OneAtATime) -> None:
    as_assumed = seasons([SMALL, DELIGHT], 3, months=WEEKS, workers=1)
    assert found.base == as_assumed.difference(MEASURE)
    feels = found.swings[0].high
    under = [one.changed(FEELS, 18.0) for one in (SMALL, DELIGHT)]
    assert feels.difference == seasons(under, 3, months=WEEKS, workers=1).difference(MEASURE)


def test_the_numbers_are_the_same_on_one_core_and_on_two(found: OneAtATime) -> None:
    assert tried(workers=2) == found


def test_a_sign_that_flips_or_fades_is_a_dependence_and_a_result_that_never_was_one_is_not() -> None:
    from sim.experiment.sensitivity import _word

    assert _word(1, {1}) == "holds"
    assert _word(1, {1, -1}) == "depends on"
    assert _word(1, {0, 1}) == "depends on"
    assert _word(0, {0}) == "cannot tell yet"
    assert _word(0, {0, 1}) == "depends on"


def test_a_stop_keeps_the_assumptions_that_are_finished(found: OneAtATime) -> None:
    stopped = tried(stop=Event())
    assert (stopped.stopped, stopped.asked) == (True, 2)
    whole = {swing.doubt.path: swing for swing in found.swings}
    assert len(stopped.swings) == 1
    assert all(swing == whole[swing.doubt.path] for swing in stopped.swings)
    assert stopped.base == found.base


def test_a_stop_before_anything_is_finished_leaves_nothing() -> None:
    stop = Event()
    stop.set()
    nothing = tried(stop=stop)
    assert (nothing.stopped, nothing.swings, nothing.base.replications) == (True, (), 0)


def test_the_table_has_a_row_for_every_assumption(found: OneAtATime) -> None:
    table = found.table()
    assert list(table.index) == [FEELS, COSTS]
    assert table.loc[FEELS, "high"] == 18.0
    assert table.loc[FEELS, "difference at high"] == found.swings[0].high.difference.mean


# ------------------------------------------------------------------------------------------------------- Morris


def test_what_matters_is_ranked_above_what_does_not(ranked: Morris) -> None:
    first, last = ranked.effects
    assert (first.doubt.path, last.doubt.path) == (FEELS, COSTS)
    assert last.size == last.spread == 0.0
    assert first.size > first.half_width > 0.0
    assert first.size == pytest.approx(first.mean)
    assert list(ranked.table().index) == [FEELS, COSTS]


def test_a_ranking_is_the_same_on_two_cores(ranked: Morris) -> None:
    again = morris(SMALL, DELIGHT, MEASURE, [COSTS], 3, 1, ranges=PLANTED, months=WEEKS, workers=2)
    assert again == ranked


def test_walks_that_were_not_finished_are_left_out() -> None:
    stop = Event()
    stopped = morris(
        SMALL, DELIGHT, MEASURE, [COSTS], 3, 1, ranges=PLANTED, months=Months(1, settle=0), workers=1,
        stop=stop, progress=_stopping(stop, 7),
    )  # fmt: skip
    assert (stopped.walks, stopped.asked, stopped.stopped) == (2, 3, True)
    assert len(stopped.effects) == 2


def test_salib_is_not_loaded_before_it_is_needed() -> None:
    loaded = "import sys, sim.experiment.sensitivity, sim.cli.attack; print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", loaded], cwd=HOME, capture_output=True, text=True, check=True
    )
    assert not {"SALib", "pandas", "matplotlib"} & set(told.stdout.split())


# ------------------------------------------------------------------------------------------------- the command


def test_the_command_finds_what_the_experiment_finds(found: OneAtATime) -> None:
    told = json.loads(fine(*WORDS, "-n", "3", "--json"))
    assert told["depends_on"] == [FEELS]
    assert told["difference"]["mean"] == found.base.mean
    high = told["assumptions"][0]["high"]
    assert (high["value"], high["difference"]["mean"]) == (18.0, found.swings[0].high.difference.mean)
    assert (told["replications"], told["asked"], told["stopped"]) == (3, 2, False)
    assert (told["weeks"], told["settle"]) == (2, 1)


def test_the_command_says_what_holds_and_what_does_not_with_both_intervals() -> None:
    told = " ".join(fine(*WORDS, "-n", "3").split())
    assert "the plan raises it" in told
    assert "That depends on 1 of 2 assumptions tried." in told
    assert "Against today, the plan has: Delight 20 of 100 instead of 0 of 100." in told
    assert (
        "It depends on these Delight depends on at 0: at 18: customers.quality.delight 0.00 to 0.00" in told
    )
    assert "It holds, whatever these are Delight holds at $3: at $9: money.delight" in told
    assert "3 replications of 2 weeks after 1 to settle, seed 1" in told


def test_no_line_is_wider_than_the_terminal() -> None:
    for width in (60, 100):
        assert max(map(len, fine("evidence", width=width).splitlines())) <= width


def test_the_command_ranks_by_morris() -> None:
    words = (*WORDS, "--method", "morris", "--walks", "2", "-n", "2")
    told = json.loads(fine(*words, "--json"))
    assert [one["path"] for one in told["assumptions"]] == [FEELS, COSTS]
    assert told["assumptions"][1]["mu_star"] == 0.0
    assert (told["walks"], told["method"]) == (2, "morris")
    assert "what the plan does hangs most on delight" in " ".join(fine(*words).split())


def test_the_keys_of_the_json_are_those_the_help_names() -> None:
    told = " ".join(fine("evidence", "--help", width=200).split())
    first, second = told.split("With --json: ")[1].split("; with --result: ")
    assert {*first.split(", ")} == json.loads(fine("evidence", "--json")).keys()
    own = {*second.split(", and ")[0].split(", ")}
    assert json.loads(fine(*WORDS, "-n", "2", "--json")).keys() == own | {"difference", "depends_on"}
    assert "assumptions, and difference and depends_on of one at a time, or walks of morris." in second


class _Interrupting:
    """A view of progress that is interrupted at some part."""

    def __init__(self, at: int) -> None:
        self.at = at

    def show(self, progress: Progress, words: str = "") -> None:
        del words
        if progress.done == self.at:
            signal.raise_signal(signal.SIGINT)


def interrupted_at(at: int) -> Any:
    @contextmanager
    def view_of(_work: Work) -> Iterator[_Interrupting]:
        yield _Interrupting(at)

    return view_of


def test_ctrl_c_keeps_what_is_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attack, "view_of", interrupted_at(7))
    told = fine(*WORDS, "-n", "2")
    assert "Stopped: 1 of 2 assumptions were finished." in told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Stopped before the first assumption was finished, so there is nothing to show."),
        (("--method", "morris"), "Stopped before two walks were finished, so there is nothing to show."),
    ],
)
def test_ctrl_c_before_anything_is_finished_says_so(
    words: tuple[str, ...], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attack, "view_of", interrupted_at(1))
    result = sim(*WORDS, "-n", "2", *words)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == sentence


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--plan lean", "--result is missing: with --plan it says which result to attack."),
        ("--result stays_12", "--plan is missing: with --result it says which result to attack."),
        (
            "--result stay_12 --plan lean",
            "stay_12: no such measure of a season; nearest is stays_12.",
        ),
        (
            "--result stays_24 --plan lean --weeks 52",
            "stays_24: cannot be measured in 52 weeks; nearest 104.",
        ),
        (
            "--result stays_12 --plan lena",
            "lena: no scenario has this name; nearest is lean, or give a file that ends in .yaml.",
        ),
        (
            "--result stays_12 --plan lean --vary staffing",
            "staffing: is chosen, not assumed; name a field under assumptions.",
        ),
        (
            "--result stays_12 --plan lean --vary customer.quality",
            "customer.quality: no such assumption or group; nearest is customers.quality.",
        ),
        (
            "--result stays_12 --plan lean --vary rud",
            "rud: no such lever or field; nearest is assumptions.customers.quality.rude.",
        ),
        (
            "--result stays_12 --plan lean --vary bot.settles",
            "bot.settles: none of its numbers has low confidence; name the fields to vary.",
        ),
        (
            "--result stays_12 --plan lean --vary talk_kind",
            "talk_kind: is not a number, so it has no ends to try.",
        ),
        (
            "--result stays_12 --plan lean --vary rude=3",
            "--vary: rude=3 is no range; write name=low:high, such as rude=10:30.",
        ),
        ("--result stays_12 --plan lean --vary rude=a:3", "--vary: rude=a:3: is not a number."),
        (
            "--result stays_12 --plan lean --vary rude=9:3",
            "assumptions.customers.quality.rude: 9 to 3 is no range; give the lower end first.",
        ),
        (
            "--result stays_12 --plan lean --vary rude=9:300",
            "Rudeness (assumptions.customers.quality.rude): 300.0 is outside 0 to 100; nearest 100.",
        ),
        (
            "--result stays_12 --plan assumptions.customers.quality.rude=9 --vary rude",
            "assumptions: none is left to vary; all differ between the plans, or have no range.",
        ),
        ("--method guess", "--method: guess is not one of one, morris."),
        ("-n 1", "--replications: 1 is outside 2 to 10000; nearest 2."),
        ("--walks 1", "--walks: 1 is outside 2 to 1000; nearest 2."),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence_and_exit_code_2(words: str, sentence: str) -> None:
    result = sim("evidence", *words.split())
    assert (result.stderr, result.stdout, result.exit_code) == (f"{sentence}\n", "", 2)


def test_a_season_must_be_as_long_as_the_measure() -> None:
    assert [weeks_for(name) for name in ("promise_kept", "stays_12", "profit_24")] == [1, 52, 104]
    for name in MEASURES:
        long_enough(name, Months(max(1, weeks_for(name))))
    with pytest.raises(BadInput, match="profit_24_with_value: cannot be measured in 110 weeks; nearest 104"):
        long_enough("profit_24_with_value", Months(110))


def test_the_defaults_of_the_options_are_those_of_the_experiment() -> None:
    asked = attack.Asked("stays_12", "lean")
    assert (asked.settle, asked.walks, asked.method) == (SHORT.settle, WALKS, options.METHODS[0])
    assert asked.months == SHORT
    assert attack.Asked("stays_24", "lean").months.weeks == 104
    told = " ".join(fine("evidence", "--help", width=200).split())
    assert f"settles before. [default: {SHORT.settle}]" in told
    assert f"for morris. [default: {WALKS}]" in told
    assert (asked.many, replace(asked, method="morris").many) == (4, 2)
    assert "Usually 4, of walks 2." in told


def test_with_no_anchor_only_guesses_are_attacked() -> None:
    names = attack.Asked("stays_12", "lean", no_anchor=True).names
    assert names
    assert all(not fields()[name].has_anchor for name in names)


# ------------------------------------------------------------------------------------------------- the picture


def row(title: str, low: Estimate, high: Estimate, word: str = "holds", unit: str = "points") -> TornadoRow:
    return TornadoRow(title, unit, TornadoEnd("1,000,000", low), TornadoEnd("0.123", high), word)


def about(mean: float, half_width: float = 0.2) -> Estimate:
    return Estimate(mean, half_width, 0.95, 4)


def told(base: Estimate, *rows: TornadoRow, unit: str = "points of 100") -> TornadoData:
    return TornadoData("Promise kept", unit, base, rows, len(rows), 1, "4 replications of 52 weeks")


NONE = Estimate(nan, inf, 0.95, 0)
LONGEST = max(
    (facts for path, facts in fields().items() if path in usual()), key=lambda facts: len(facts.title)
)
PICTURES = {
    "usual": told(
        about(1.0), row(LONGEST.title, about(0.1), about(2.0), "depends on"), row("B", about(0.9), about(1.1))
    ),
    "below zero": told(about(-1.0), row("A", about(-3.0), about(-0.1), "depends on")),
    "both sides": told(about(0.0), row("A", about(-3.0), about(3.0), "cannot tell yet")),
    "dollars": told(
        about(-121_000, 9_000), row("A", about(-700_000, 9_000), about(-90_000, 9_000)), unit="dollars"
    ),
    "thousandths": told(about(0.002, 0.001), row("A", about(0.001, 0.001), about(0.004, 0.001))),
    "nothing known": told(NONE, row("A", NONE, NONE, "cannot tell yet")),
    "one replication": told(
        Estimate(1.0, inf, 0.95, 1), row("A", Estimate(1.0, inf, 0.95, 1), Estimate(2.0, inf, 0.95, 1))
    ),
    "no difference at all": told(about(0.0, 0.0), row("A", about(0.0, 0.0), about(0.0, 0.0))),
    "empty": told(NONE),
    "full": told(about(1.0), *[row("A", about(0.5), about(1.0 + 0.1 * at)) for at in range(MOST)]),
}  # fmt: skip


@pytest.fixture(params=PICTURES)
def panel(request: pytest.FixtureRequest) -> TornadoPanel:
    drawn = TornadoPanel()
    drawn.update(PICTURES[request.param])
    return drawn


def labels(panel: TornadoPanel) -> list[Text]:
    panel.canvas.pixels()
    texts = panel.figure.findobj(lambda artist: isinstance(artist, Text))
    return [text for text in texts if isinstance(text, Text) and text.get_text()]


def test_every_word_is_inside_the_picture_and_covers_no_other(panel: TornadoPanel) -> None:
    width, height = panel.size
    boxes = [(text.get_text(), text.get_window_extent()) for text in labels(panel)]
    for word, box in boxes:
        assert box.x0 >= -1, word
        assert box.x1 <= width + 1, word
        assert box.y0 >= -1, word
        assert box.y1 <= height + 1, word
    for at, (word, box) in enumerate(boxes):
        for other, other_box in boxes[at + 1 :]:
            apart = box.x1 <= other_box.x0 or other_box.x1 <= box.x0
            assert apart or box.y1 <= other_box.y0 + 2 or other_box.y1 <= box.y0 + 2, (word, other)


def test_the_picture_is_no_higher_than_its_rows_need(panel: TornadoPanel) -> None:
    picture = Image.open(BytesIO(panel.png(1.0)))
    assert picture.size[0] == panel.size[0]
    lowest = panel.size[1] - min(text.get_window_extent().y0 for text in labels(panel))
    assert lowest <= picture.size[1] <= panel.size[1]


def test_titles_of_assumptions_and_their_ranges_fit_on_the_left(found: OneAtATime) -> None:
    letters = Lettering(installed_fonts())
    for one in doubts(Scenario(), Scenario()):
        low, high = (
            replace(end, value=value) for end, value in zip(_ends(found), (one.low, one.high), strict=True)
        )
        swing = replace(found.swings[0], doubt=one, low=low, high=high)
        (shown,) = tornado_data(replace(found, swings=(swing,))).rows
        assert max(map(letters.width, (shown.title, shown.range))) < LEFT, shown
        assert letters.width(f"at {shown.high.value}") < WORD_LEFT - RIGHT - SPACE, shown


def _ends(found: OneAtATime) -> tuple[End, End]:
    return found.swings[0].low, found.swings[0].high


def test_titles_fit_above_the_picture_whatever_the_measure(found: OneAtATime) -> None:
    title = Lettering(installed_fonts(), looks.PANEL_TITLE, bold=True)
    below = Lettering(installed_fonts(), looks.CHART_TEXT)
    for name in MEASURES:
        data = replace(tornado_data(replace(found, measure=name)), tried=118, hangs_on=100)
        assert title.width(tornado_title(data)) < TornadoPanel.size[0], name
        assert below.width(tornado_below(data)) < TornadoPanel.size[0], name


def test_the_picture_says_in_words_what_it_shows(found: OneAtATime) -> None:
    words = [text.get_text() for text in labels(_drawn(found))]
    assert {"Quality: delight", "0 to 18 points", "at 0", "at 18", "depends on", "holds"} <= set(words)
    assert "plan less today, points" in words
    assert "no difference" in words


def _drawn(found: OneAtATime) -> TornadoPanel:
    drawn = TornadoPanel()
    drawn.update(tornado_data(found))
    return drawn


def test_who_does_not_see_the_picture_reads_the_same(found: OneAtATime) -> None:
    equivalent = tornado_equivalent(tornado_data(found))
    assert equivalent.sentence.startswith(
        "Satisfaction, as surveyed: raised, and that depends on 1 of 2 assumptions. Plan less today +"
    )
    assert equivalent.rows[0][0] == "Quality: delight, points"
    assert (equivalent.rows[0][1], equivalent.rows[0][3], equivalent.rows[0][5]) == ("0", "18", "depends on")
    assert equivalent.rows[0][2] == "0.00 ±0.00"
    page = Tornado(found)._repr_html_()
    assert 'alt="Satisfaction, as surveyed: raised' in page
    assert "<table>" in page
    assert repr(Tornado(found)).count("|") > 20


def test_shares_are_told_of_100(found: OneAtATime) -> None:
    data = tornado_data(replace(found, measure="promise_kept"))
    assert data.unit == "points of 100"
    assert data.base.mean == pytest.approx(100 * found.base.mean)
    assert tornado_data(found).base == found.base
