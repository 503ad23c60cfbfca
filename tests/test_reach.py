"""Are statements that fail, and findings about the kit's plans, asked again at the ends of what they hang on?"""

import csv
from pathlib import Path

import pytest

from sim.experiment import hangs
from sim.experiment.bands.band import band
from sim.experiment.bands.reach import ASKED, TRIED, again, reach, statement
from sim.experiment.bands.statements import KNOWN
from sim.experiment.estimate import Estimate
from sim.experiment.hangs import PLANS, RESULTS, save_hangs, what_hangs
from sim.experiment.seasons import Months
from sim.scenario import fields, named
from sim.views import hanging

FAILING = band("T13 A bank's line: share that abandons", Estimate(0.1, 0.01, 0.95, 4), 0.11, 0.17)
DELIGHT = "assumptions.customers.quality.delight"


def test_whatever_is_known_to_fail_is_asked_again() -> None:
    assert {beginning.split()[0] for beginning in KNOWN} <= {
        number for key in TRIED for number in key.split()
    }
    assert set(ASKED) | {"T08", "T13"} == set(TRIED)


@pytest.mark.parametrize("path", sorted({path for paths in TRIED.values() for path in paths}))
def test_an_assumption_that_is_tried_has_ends(path: str) -> None:
    ends = fields()[path].plausible
    assert ends
    assert ends[0] < ends[1]


def test_impatient_callers_abandon_more_and_only_what_fails_is_told() -> None:
    found = list(reach([FAILING], 3))
    assert {statement(one.band) for one in found} == {statement(FAILING)}
    by_patience = {one.end: one.band.got for one in found if one.assumption == "assumptions.patience.mean"}
    low, high = fields()["assumptions.patience.mean"].plausible or (0, 0)
    assert by_patience[low] > by_patience[high]


def test_a_statement_is_asked_as_it_is_but_for_what_is_changed() -> None:
    usual = fields()["assumptions.patience.mean"].default
    (first, *_), (same, *_) = (
        again("T13", {}, 2, "auto"),
        again("T13", {"assumptions.patience.mean": 492 / 60}, 2, "auto"),
    )
    assert first.got == same.got
    assert usual == pytest.approx(492 / 60)


@pytest.fixture(scope="module")
def found() -> list[hangs.Hangs]:
    """What little hangs on one assumption, in two replications of a year that hardly settles."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hangs, "SHORT", Months(52, settle=2))
        return what_hangs(2, [DELIGHT])


def test_every_result_of_every_plan_is_attacked_at_both_ends(found: list[hangs.Hangs]) -> None:
    assert [(one.plan, one.result) for one in found] == [
        (plan, result) for plan in PLANS for result in RESULTS
    ]
    for one in found:
        (swing,) = one.swings
        assert (swing.low.value, swing.high.value) == fields()[DELIGHT].plausible
        assert swing.low.difference.mean == one.base.mean, "nobody is delighted under any of these plans"


def test_what_was_found_is_stored_and_told_in_words(found: list[hangs.Hangs], tmp_path: Path) -> None:
    path = tmp_path / "hangs.csv"
    save_hangs(found, path)
    with path.open(encoding="utf-8", newline="") as file:
        told = hanging.read(list(csv.DictReader(file)))
    assert [(one.plan, one.result) for one in told] == [(one.plan, one.result) for one in found]
    for one, before in zip(told, found, strict=True):
        assert one.difference == pytest.approx(before.base.mean, rel=1e-5)
        assert len(one.depends_on) + one.others == 1


def test_findings_are_in_whole_sentences() -> None:
    table = hanging.HangsTable()
    assert len(table.found) == len(PLANS) * len(RESULTS)
    for plan in PLANS:
        for sentence in hanging.depends_on(plan):
            assert sentence.endswith("one at a time.")
            assert "assumptions." not in sentence
        assert named(plan).title in repr(table)
    assert hanging.depends_on("today") == []
