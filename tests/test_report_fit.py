"""Does a report become a scenario that behaves like the operation it came from, and is a poor fit said?"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.report import example, import_report, try_on
from sim.report.fit import Dials, scenario, staffing
from sim.report.profile import profile
from sim.report.read import read
from sim.scenario import BadInput, load, save

SHIPPED = Path(example.__file__).with_name("example_report.csv")
REAL = Path(__file__).parents[2] / "shared" / "data"
MONTHS = [REAL / "bank_1999_february.csv", REAL / "bank_1999_october.csv"]


@pytest.fixture(scope="module")
def small_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two weeks of the example, three hours a day: quick to fit."""
    frame = pd.read_csv(SHIPPED, skiprows=1)
    start = pd.to_datetime(frame.iloc[:, 0])
    frame = frame[start.dt.hour.isin([9, 10]) & (start < pd.Timestamp("2026-01-19"))]
    path = tmp_path_factory.mktemp("report") / "small desk.csv"
    frame.to_csv(path, index=False)
    return path


def test_the_shipped_example_is_what_its_script_makes() -> None:
    assert SHIPPED.read_text(encoding="utf-8") == example.text()
    assert example.text().startswith("Made by the kit")


def test_the_example_has_the_published_operating_point() -> None:
    """Within two standard deviations of four weeks: .023, .06 and 8 seconds."""
    whole = profile(read(SHIPPED))
    assert whole.reported("abandonment_rate") == pytest.approx(0.14, abs=0.046)
    assert whole.reported("service_level") == pytest.approx(0.57, abs=0.12)
    assert whole.reported("speed_of_answer") * 60 == pytest.approx(34, abs=16)


def test_a_profile_copies_what_the_report_shows() -> None:
    found = profile(read(SHIPPED))
    assert found.weekdays == (0, 1, 2, 3, 4)
    assert (found.opens, found.closes) == (420, 1440)
    assert found.offered.shape == (5, 34)
    assert found.offered.sum() / 5 == pytest.approx(found.reported("offered"))
    assert found.day_factor_cv == pytest.approx(0.16, abs=0.06)
    assert found.target == 20


def test_fractions_of_an_agent_are_carried_not_lost() -> None:
    found = profile(read(SHIPPED))
    curve, most = staffing(found, 0.7)
    wanted = found.agents.sum(axis=1) * 0.7
    assert np.abs(np.array(curve).sum(axis=1) * most - wanted).max() <= 2


def test_without_agents_the_square_root_rule_stands_in() -> None:
    found = profile(read(SHIPPED))
    found = replace(found, agents=np.full_like(found.agents, np.nan))
    load = found.offered / 30 * found.reported("handle_time")
    _, most = staffing(found, 1.0)
    assert most == pytest.approx((load + 0.5 * np.sqrt(load)).max(), abs=1)


def test_the_model_meets_the_report(small_report: Path, tmp_path: Path) -> None:
    imported = import_report(small_report, replications=8)
    assert [row.measure for row in imported.poor] == []
    assert imported.scenario.name == "small_desk"
    save(imported.scenario, tmp_path / "desk.yaml")
    assert load(tmp_path / "desk.yaml") == imported.scenario


def test_same_report_same_scenario(small_report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.report.fit.ROUNDS", 2)
    first, again = (import_report(small_report, replications=2, workers=1) for _ in range(2))
    assert first.scenario == again.scenario


def test_a_report_nobody_could_meet_is_said_to_fit_poorly(
    small_report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.report.fit.ROUNDS", 4)
    frame = pd.read_csv(small_report)
    frame["Average speed of answer (s)"] = 900
    frame["Abandoned"], frame["Answered"] = 0, frame["Offered"]
    frame.to_csv(tmp_path / "odd.csv", index=False)
    imported = import_report(tmp_path / "odd.csv", replications=3)
    assert "speed_of_answer" in {row.measure for row in imported.poor}
    assert all(": the model lies " in row.sentence for row in imported.poor)
    assert any("without limit" in note for note in imported.notes)


def test_too_few_days_are_refused(small_report: Path, tmp_path: Path) -> None:
    pd.read_csv(small_report).iloc[:12].to_csv(tmp_path / "short.csv", index=False)
    with pytest.raises(BadInput, match="on 3 days; a scenario needs"):
        import_report(tmp_path / "short.csv")


def test_a_holiday_is_left_out_and_said(small_report: Path, tmp_path: Path) -> None:
    frame = pd.read_csv(small_report)
    day = frame.iloc[:, 0].str.startswith("2026-01-13")
    counts = ["Offered", "Answered", "Abandoned", "Answered in 20 s"]
    frame.loc[day, counts] = 0
    frame.loc[day, ["Offered", "Answered"]] = 1
    frame.to_csv(tmp_path / "holiday.csv", index=False)
    assert profile(read(tmp_path / "holiday.csv")).notes == ("Left out as unusually quiet: 2026-01-13.",)


def test_dials_move_what_they_name() -> None:
    found = profile(read(SHIPPED))
    usual, more = scenario(found, Dials(volume=1.0)), scenario(found, Dials(volume=1.5))
    ratio = more.assumptions.demand.issues_per_day / usual.assumptions.demand.issues_per_day
    assert ratio == pytest.approx(1.5)
    assert scenario(found, Dials(available=0.5)).plan.staffing.agents < usual.plan.staffing.agents


@pytest.mark.skipif(not MONTHS[0].exists(), reason="the real months are not in this checkout")
def test_two_real_months_lie_within_their_own_spread_and_one_foretells_the_other() -> None:
    february, october = (import_report(month, replications=8) for month in MONTHS)
    assert [row.measure for row in february.poor] == []
    assert [row.measure for row in october.poor] == []
    foretold = {row.measure: row for row in try_on(february, MONTHS[1]).calibration}
    assert foretold["abandonment_rate"].fits
