"""Are the journey in SimPy and the compiled one the same, bit for bit, whatever the plan, the luck and the ties?"""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from any_scenario import any_scenario
from engines import compiled, compiled_people, needs_numba
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_weeks import issues, operations
from stories import Brought, fates, random_week

import sim
from sim.experiment import replicate
from sim.flow import choice, journey, weeks
from sim.flow.contract import Bot, Decision, Fate, Operation, Outcome, Owed, Played, Roster, Week
from sim.flow.issues import new_issues
from sim.scenario import BadInput, Scenario, named, names

pytestmark = needs_numba
SWARM = int(os.environ.get("MEET_THE_BAR_SWARM", "3000"))
"""Random weeks; more by hand, from time to time."""


def same(played: Played, twin: Played) -> None:
    """Log, fates and what is carried agree to the bit."""
    for one, other in zip(played, twin, strict=True):
        assert (one.tobytes(), one.dtype) == (other.tobytes(), other.dtype)


def played(week: Week) -> Played:
    """What this week left."""
    return Played(week.log, week.draws, week.carried)


def both(concrete: Operation, drawn: Fate) -> Played:
    """What the week leaves, once the engines agree on all of it."""
    left = journey.run(concrete, drawn)
    same(left, compiled.run(concrete, drawn))
    return left


# ----------------------------------------------------------------------------------------- the same log


def test_swarm_of_random_weeks_and_everything_that_can_happen_in_them() -> None:
    met: dict[str, set[int]] = {
        name: set() for name in ("outcome", "decision", "bot", "change", "owed", "carried", "stranded")
    }
    rare: dict[str, int] = dict.fromkeys(
        ("left", "left the second", "heard later", "passed on", "tried again", "marked", "complained"), 0
    )
    for seed in range(SWARM):
        concrete, drawn = random_week(seed)
        log, draws, carried = both(concrete, drawn)
        before = drawn.issues[carried["issue"]]
        met["outcome"] |= set(log["outcome"].tolist())
        met["decision"] |= set(log["decision"].tolist())
        met["bot"] |= set(draws["bot"][~np.isnan(log["bot_ended"])].tolist())
        met["change"] |= set(concrete.roster["change"].tolist())
        met["owed"] |= set(log["owed"].tolist())
        met["carried"] |= set(carried["owed"].tolist())
        met["stranded"] |= set(carried["stranded"].tolist())
        abandoned = log["outcome"] == Outcome.ABANDONED
        rare["left"] += int((abandoned & np.isnan(log["queued_2"])).sum())
        rare["left the second"] += int((abandoned & ~np.isnan(log["queued_2"])).sum())
        rare["heard later"] += int((log["heard"] > log["asked"]).sum())
        rare["passed on"] += int((~np.isnan(log["answered_2"])).sum())
        rare["tried again"] += int((log["contact"] > drawn.issues["first_contact"][log["issue"]]).sum())
        rare["marked"] += int((carried["stranded"] & ~before["stranded"]).sum())
        rare["complained"] += int((carried["kind"] != before["kind"]).sum())
    assert met == {
        "outcome": set(Outcome),
        "decision": set(Decision),
        "bot": set(Bot) - {Bot.NONE},
        "change": set(Roster),
        "owed": set(Owed),
        "carried": set(Owed),
        "stranded": {False, True},
    }
    assert min(rare.values()) > SWARM / 10


@settings(max_examples=300)
@given(operations(), st.lists(issues(), max_size=6))
def test_small_weeks(concrete: Operation, brought: list[Brought]) -> None:
    both(concrete, fates(brought))


@settings(max_examples=300, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(any_scenario(), st.integers(0, 2**31))
def test_whole_scenarios(scenario: Scenario, seed: int) -> None:
    same_issues(scenario, seed)
    for week in weeks(scenario, seed, 0, 1, follow_up=True, engine="simpy"):
        same(both(week.operation, week.fate), played(week))


@pytest.mark.parametrize("name", names())
def test_named_scenarios_from_week_to_week(name: str) -> None:
    simpy, fast = (list(weeks(named(name), 1, 0, 2, True, engine)) for engine in ("simpy", "compiled"))
    for one, other in zip(simpy, fast, strict=True):
        same(played(one), played(other))
        assert one.fate.issues.tobytes() == other.fate.issues.tobytes()
        assert one.waiting.tobytes() == other.waiting.tobytes()


ROWS = ((0.0, 1.0), (1.0, 3.0), (0.0, 1.0, 0.0), (1.0,))


@pytest.mark.parametrize(
    "demand",
    [
        {"issues_per_day": 0.0},
        {"weekday_index": (0.0,) * 7},
        {"weekday_index": (0.0, 3.0, 0.0, 0.0, 1.0, 1.0, 1.0), "day_factor_cv": 1.0},
        {"intraday": ROWS, "customers": 3, "core_share": 1.0},
        {"mix": {"simple": 0.0, "standard": 0.0, "complex": 1.0, "complaint": 0.0}, "core_share": 0.0},
    ],
    ids=str,
)
def test_new_issues_of_odd_demand(demand: dict[str, Any]) -> None:
    changes = {f"assumptions.demand.{name}": value for name, value in demand.items()}
    plan = Scenario().changed(changes | {"plan.core_first": True, "plan.hours.tuesday": None})
    same_issues(plan, 1)


def same_issues(plan: Scenario, seed: int) -> None:
    simpy, fast = (new_issues(plan, seed, 0, 0, engine) for engine in ("simpy", "compiled"))
    assert (simpy.tobytes(), simpy.dtype) == (fast.tobytes(), fast.dtype)


def test_week_that_needs_more_room_goes_on_where_it_stopped() -> None:
    for seed in range(0, SWARM, 10):
        concrete, drawn = random_week(seed)
        same(compiled.run(concrete, drawn, room=1), journey.run(concrete, drawn))


def test_real_week_that_needs_more_room_goes_on_where_it_stopped() -> None:
    week = next(weeks(named("bot_without_people"), 1, 0, 1, follow_up=False))
    assert len(week.log) > len(week.fate.issues) + len(week.fate.issues) // 4 + 1
    same(compiled.run(week.operation, week.fate, room=1), played(week))


def strange(table: Any) -> Any:
    """The same table as somebody else might hold it in memory, for reading only."""
    spread = np.asfortranarray(np.repeat(table, 2, axis=0))[::2]
    spread.flags.writeable = False
    return spread


def test_tables_of_any_layout_need_no_other_machine_code() -> None:
    concrete, drawn = random_week(7)
    told = replace(drawn, issues=strange(drawn.issues), told=strange(drawn.told))
    same(compiled.run(concrete, told), journey.run(concrete, drawn))
    week = next(weeks(named("today"), 1, 0, 1, follow_up=False))
    fate = week.fate
    looked_up = replace(
        fate,
        chances=strange(fate.chances),
        luck=strange(fate.luck),
        week=strange(fate.week),
        profile=tuple(map(strange, fate.profile)),
    )
    same(compiled.run(week.operation, looked_up), played(week))
    assert len(compiled.play.signatures) == 1


# --------------------------------------------------------------------------------------- which engine


@pytest.fixture
def unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when nobody has asked for an engine yet."""
    monkeypatch.setattr(choice, "_known", None)


def broken(error: Exception) -> Any:
    def get_ready() -> None:
        raise error

    return get_ready


@pytest.mark.usefixtures("unknown")
@pytest.mark.parametrize("error", [ImportError("numba"), RuntimeError("llvm")], ids=str)
def test_without_numba_simpy_stands_in_and_says_so_once(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(compiled, "is_ready", lambda: False)
    monkeypatch.setattr(compiled, "get_ready", broken(error))
    assert choice.player("auto") is journey.run
    assert choice.player("auto") is journey.run
    said = capsys.readouterr().err
    assert said.count("SimPy gives the same numbers") == 1
    with pytest.raises(BadInput, match="cannot be had here"):
        choice.player("compiled")


@pytest.mark.usefixtures("unknown")
def test_first_use_says_that_it_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(compiled, "is_ready", lambda: False)
    monkeypatch.setattr(compiled, "is_kept", lambda: False)
    monkeypatch.setattr(compiled, "get_ready", lambda: None)
    assert choice.prepare("auto", said.append) == "compiled"
    assert said == [choice.GETTING_READY]
    assert choice.player("compiled") is compiled.run
    assert choice.player("simpy") is journey.run


WITHOUT = """
import sys
sys.modules["numba"] = None
from sim import named, replicate
print(replicate(named("lean"), 1, workers=1).estimate("promise_kept").mean)
"""


def test_where_numba_is_not_installed_the_numbers_are_the_same() -> None:
    run = subprocess.run([sys.executable, "-c", WITHOUT], check=True, capture_output=True, text=True)
    assert "numba is not installed" in run.stderr
    assert "Warning" not in run.stderr
    assert float(run.stdout) == replicate(named("lean"), 1, workers=1).estimate("promise_kept").mean


# ------------------------------------------------------------------------------------ no old machine code

ASK = """
import sys
from hashlib import sha256
sys.path.insert(0, {tests!r})
from stories import random_week
from sim import named
from sim.flow import compiled, journey, weeks
told = [random_week(seed) for seed in range(200)]
looked_up = [(week.operation, week.fate) for week in weeks(named("today"), 1, 0, 1, False, "simpy")]
for given in (told, looked_up):
    logs = [[run(*week).log.tobytes() for week in given] for run in (journey.run, compiled.run)]
    assert logs[0] == logs[1]
    print(sha256(b"".join(logs[0])).hexdigest())
"""


def test_changed_rule_never_runs_on_old_machine_code(tmp_path: Path) -> None:
    package = tmp_path / "sim"
    shutil.copytree(Path(sim.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    environment = {
        **os.environ,
        "XDG_CACHE_HOME": str(tmp_path),
        "HOME": str(tmp_path),
        "PYTHONPATH": str(tmp_path),
    }
    script = ASK.format(tests=str(Path(__file__).parent))

    def ask() -> list[str]:
        """What weeks come to whose fates are told, and weeks whose fates are looked up."""
        command = [sys.executable, "-c", script]
        return subprocess.run(  # our own script
            command, env=environment, cwd=tmp_path, check=True, capture_output=True, text=True
        ).stdout.split()

    def change(source: str, old: str, new: str) -> None:
        file = package / "flow" / source
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))

    told, looked_up = ask()
    change(
        "fate.py",
        "draws.talk = chances.talk * share * talk",
        "draws.talk = chances.talk * share * talk + 1.0",
    )
    told_then, looked_up_then = ask()
    assert (told_then, looked_up_then != looked_up) == (told, True)
    change("rules.py", "return snap(talk * pace) + story", "return snap(talk * pace) + story + 1.0")
    assert ask()[0] != told


def test_every_source_of_the_machine_code_names_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flow = Path(compiled_people.__file__).parent
    for source in compiled_people.SOURCES:
        shutil.copy(flow / source, tmp_path)
    monkeypatch.setattr(compiled_people, "__file__", str(tmp_path / "compiled_people.py"))
    folders = {compiled_people.code_folder()}
    for source in compiled_people.SOURCES:
        with (tmp_path / source).open("a") as file:
            file.write("# another line\n")
        folders.add(compiled_people.code_folder())
    assert len(folders) == 1 + len(compiled_people.SOURCES)


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with compiled_people.kept_in(tmp_path / "file" / "folder") as can_be_kept:
        assert not can_be_kept
    with compiled_people.kept_in(tmp_path / "folder") as can_be_kept:
        assert can_be_kept
