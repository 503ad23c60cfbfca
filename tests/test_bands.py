"""Is what must emerge judged fairly: three verdicts, intervals of ratios, known findings, and the printed table?"""

import json
from math import inf, nan

import numpy as np
import pytest
from typer.testing import CliRunner

from sim.cli import emerging
from sim.cli.app import app
from sim.experiment.bands import alone, coupled, minutes
from sim.experiment.bands.band import Band, band, exactly, judge, of_means
from sim.experiment.bands.operations import OPERATIONS, operation
from sim.experiment.bands.statements import KNOWN, TITLES
from sim.experiment.estimate import Estimate, estimate


def found(mean: float, half_width: float) -> Estimate:
    return Estimate(mean, half_width, 0.95, 12)


@pytest.mark.parametrize(
    ("got", "low", "high", "verdict"),
    [
        (found(3.0, 0.5), 2.0, 4.0, "holds"),
        (found(3.0, 1.5), 2.0, 4.0, "cannot tell yet"),
        (found(1.0, 0.5), 2.0, 4.0, "fails"),
        (found(5.0, 0.5), 2.0, 4.0, "fails"),
        (found(5.0, 0.5), 2.0, inf, "holds"),
        (found(-1.0, 0.5), -inf, 0.0, "holds"),
        (found(0.1, 0.5), -inf, 0.0, "cannot tell yet"),
        (found(9.0, 0.5), -inf, inf, "reported"),
        (found(3.0, inf), 2.0, 4.0, "cannot tell yet"),
        (Estimate(nan, inf, 0.95, 0), 2.0, 4.0, "cannot tell yet"),
    ],
)
def test_an_interval_holds_only_inside_and_fails_only_outside(
    got: Estimate, low: float, high: float, verdict: str
) -> None:
    assert judge(got, low, high) == verdict


def test_a_mean_by_the_jackknife_is_the_mean() -> None:
    values = [3.0, 5.0, 4.0, 8.0]
    by_jackknife, plain = (
        of_means([[value] for value in values], lambda mean: float(mean[0])),
        estimate(values),
    )
    assert by_jackknife.mean == pytest.approx(plain.mean)
    assert by_jackknife.half_width == pytest.approx(plain.half_width)


def test_the_interval_of_a_ratio_holds_it_19_times_in_20() -> None:
    rng, held = np.random.default_rng(4), 0
    for _ in range(400):
        below = rng.normal(4.0, 0.4, 15)
        rows = np.column_stack([2.5 * below + rng.normal(0, 0.6, 15), below])
        ratio = of_means(rows.tolist(), lambda mean: float(mean[0] / mean[1]))
        held += ratio.low <= 2.5 <= ratio.high
    assert 0.92 * 400 <= held <= 0.98 * 400


def test_every_number_has_a_title_and_every_known_finding_a_number() -> None:
    assert tuple(TITLES) == tuple(f"T{number:02}" for number in range(1, 23))
    assert {name[:3] for name in KNOWN} <= set(TITLES)
    assert all(reason.endswith(".") for reason in KNOWN.values())


def test_what_is_known_to_fail_is_told_apart() -> None:
    known = band(next(iter(KNOWN)), exactly(9.0), 0.0, 1.0)
    new = band("T14 Something else", exactly(9.0), 0.0, 1.0)
    assert known.because
    assert not new.because
    assert emerging.unexpected([known, new]) == [new]


def test_the_equations_alone_do_what_they_are_said_to() -> None:
    rows = alone.answers(5)
    assert {row.name[:3] for row in rows} == {"T05", "T06", "T16", "T19", "T21"}
    assert [row.name for row in rows if row.verdict not in ("holds", "reported")] == []


def test_waiting_alone_is_asked_and_none_of_it_is_far_off() -> None:
    rows = minutes.answers(3)
    assert {row.name[:3] for row in rows} == {"T13", "T14", "T15"}
    assert [row.name for row in rows if row.verdict == "fails" and not row.because] == []


def test_every_question_has_a_plan_to_compare_with() -> None:
    assert set(OPERATIONS) < set(coupled.QUESTIONS)
    for name, question in coupled.QUESTIONS.items():
        assert next(iter(question.plans)) == "as is", name
        assert len(set(question.plans.values())) >= 2, name
    asked = {name for needs, _ in coupled.ASKED for name in needs}
    assert asked == set(coupled.QUESTIONS)


def test_nothing_is_answered_from_nothing() -> None:
    assert coupled.answers({}) == []


def test_operations_differ_only_in_what_they_say() -> None:
    assert operation("today").model_dump() == operation("today", {}).model_dump()
    assert operation("good").plan.staffing.agents == 13


SOME = (
    band("T01 One", found(3.0, 0.5), 2.0, 5.0, kept=0.81),
    band("T03 Spread of delight's effect on the survey", found(0.7, 0.05), -0.5, 0.5),
    band("T09 Price", found(70_000.0, 4_000.0)),
)


def test_the_command_prints_and_returns_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def some(**_: object) -> tuple[Band, ...]:
        return SOME

    monkeypatch.setattr(emerging, "check_season", some)
    shown = CliRunner().invoke(app, ["check", "season"])
    told = CliRunner().invoke(app, ["check", "season", "--json"])
    rows = json.loads(told.stdout)
    assert (shown.exit_code, told.exit_code) == (0, 0), shown.output
    assert "1 of 2 statements hold." in shown.output
    assert "fails, as known" in shown.output
    assert [row["name"][:3] for row in rows] == ["T01", "T03", "T09"]
    assert [row["ok"] for row in rows] == [True, False, True]
    assert rows[2]["expected_high"] is None
    assert rows[0]["promise_kept"] == 0.81
