"""Does the command line say what the kit finds, keep what is finished, and never show a traceback or a cut number?"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import nan
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import typer
import yaml
from engines import HERE
from summaries import week
from typer.testing import CliRunner, Result

import sim as kit
from sim.cli import app as cli_app
from sim.cli import (
    checking,
    choose,
    compare,
    figures,
    guard,
    importing,
    options,
    pages,
    progress,
    run,
    screen,
    watch,
    workshop,
)
from sim.experiment import Estimate, Progress, Results, replicate
from sim.experiment.check import Check
from sim.experiment.guess import guess
from sim.experiment.replications import Done
from sim.flow import ENGINES
from sim.measures import MEASURES, Measure
from sim.report import Imported, Row
from sim.report.fit import Dials
from sim.scenario import BadInput, Scenario, fields, in_industry, load, named, names, text_of
from sim.scenario.code_alphabet import LETTERS, carried, grouped, with_checks
from sim.scenario.codes import decode, encode, spoken
from sim.views.serving import DESK_FOLDER, DESK_WORKSHOP

ROOT = Path(__file__).resolve().parent.parent
SMALL = ("--set", "issues_per_day=20", "-n", "3", "--workers", "1")
COMMANDS = (
    "run",
    "season",
    "compare",
    "sweep",
    "import-report",
    "scenarios",
    "code",
    "fields",
    "evidence",
    "schema",
    "claims",
    "lesson",
    "expected",
    "check",
    "calibrate",
    "levers",
    "hangs",
    "bench",
    "lab",
    "app",
    "workshop",
)
GROUPS = {"workshop": ("open", "list", "rehearse", "print")}
"""Commands that hold others."""
SINGLE = (
    *(name for name in COMMANDS if name not in GROUPS),
    *(f"{group} {name}" for group, held in GROUPS.items() for name in held),
)
"""Every command that does something by itself, as it is typed."""
NOT_PLAIN = ("Traceback", "Error", "Exception", "invalid", "Invalid", "please", "significant", "optimal")
DECIMAL = re.compile(r"[+−]?\d[\d,]*\.\d+|\d+,[\d,]+")


def sim(*words: str, width: int = 80, charset: str = "utf-8") -> Result:
    """What the command prints and how it ends, on a terminal of this width and these letters."""
    return CliRunner(charset=charset, env={"COLUMNS": str(width)}).invoke(cli_app, list(words))


def fine(*words: str, width: int = 80, charset: str = "utf-8") -> str:
    """What the command prints when all is well."""
    result = sim(*words, width=width, charset=charset)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes.decode(charset)


def parsed(*words: str) -> Any:
    """What the command prints with --json; anything that is not JSON fails, NaN too."""

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    return json.loads(fine(*words, "--json"), parse_constant=refuse)


def started(*words: str, **environment: str) -> "subprocess.Popen[str]":
    """The command as a program of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "sim", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding=environment.get("PYTHONIOENCODING", "utf-8"),
    )


@pytest.fixture(autouse=True)
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Logs go to a folder of the test."""
    folder = tmp_path / "logs"
    for module in (guard, pages):
        monkeypatch.setattr(module, "log_folder", lambda: folder)
    return folder


@pytest.fixture(autouse=True)
def _quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Colour settings of the machine at hand do not reach the tests."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def run_told() -> str:
    return fine("run", *SMALL)


@pytest.fixture(scope="module")
def run_json() -> Any:
    return parsed("run", *SMALL)


@pytest.fixture(scope="module")
def compare_json() -> Any:
    return parsed("compare", "today", "lean", "cheap_partner", *SMALL)


# ------------------------------------------------------------------------------------------------------ help


def commands() -> Mapping[str, Any]:
    found: Mapping[str, Any] = typer.main.get_command(cli_app).commands  # type: ignore[attr-defined]  # a group has them
    return found


def command_of(name: str) -> Any:
    """The command that is typed so: "run", or "workshop list"."""
    first, *rest = name.split()
    command = commands()[first]
    for word in rest:
        command = command.commands[word]
    return command


def test_help_lists_every_command_on_a_line_of_its_own() -> None:
    told = fine("--help")
    listed = re.findall(r"(?m)^  ([a-z-]+)  +(\S.*)$", told.split("Commands:")[1])
    assert [name for name, _ in listed] == list(COMMANDS)
    assert all(words.endswith(".") and "..." not in words for _, words in listed)


def test_sim_alone_shows_the_help() -> None:
    assert fine() == fine("--help")


@pytest.mark.parametrize(("group", "held"), GROUPS.items())
def test_the_help_of_a_group_lists_what_it_holds(group: str, held: tuple[str, ...]) -> None:
    told = fine(group)
    assert told == fine(group, "--help")
    listed = re.findall(r"(?m)^  ([a-z-]+)  +\S.*\.$", told.split("Commands:")[1])
    assert listed == list(held) == list(commands()[group].commands)


@pytest.mark.parametrize("name", SINGLE)
def test_every_option_and_argument_has_its_help(name: str) -> None:
    command = command_of(name)
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{name} {parameter.name}"


@pytest.mark.parametrize("name", [*GROUPS, *SINGLE])
def test_help_needs_no_letters_a_terminal_may_lack(name: str) -> None:
    assert fine(*name.split(), "--help").isascii()


def test_every_command_has_json() -> None:
    for name in SINGLE:
        assert any("--json" in parameter.opts for parameter in command_of(name).params), name


def test_help_comes_without_loading_what_runs() -> None:
    loaded = "import sys, sim.cli; print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert not {"pydantic", "numpy", "scipy", "simpy", "pandas", "sim.scenario"} & set(told.split())


def documented(name: str) -> set[str]:
    """The keys that the help of a command promises."""
    promise = command_of(name).help.split("With --json: ")[1]
    listed = re.sub(r"\(.*?\)|^a list of ", "", " ".join(promise.split()))
    return set(re.findall(r"\w+", listed.split(";")[0]))


def test_run_json_has_the_keys_its_help_names(run_json: Any) -> None:
    assert set(run_json) == documented("run")


def test_compare_json_has_the_keys_its_help_names(compare_json: Any) -> None:
    assert set(compare_json) == documented("compare")


# ------------------------------------------------------------------------------------------------------- run


def small(name: str = "today") -> Scenario:
    return named(name).changed("assumptions.demand.issues_per_day", 20)


def test_run_opens_with_theory_and_tells_customers_before_people_before_money(run_told: str) -> None:
    order = ["Staffing 9", "What theory guesses", "erlangs", "Erlang A", "promises are kept;"]
    order += ["Customers", "Promise kept", "People", "Occupancy", "Money", "Cost of a week", "3 replications"]
    found = [run_told.find(words) for words in order]
    assert -1 not in found
    assert found == sorted(found)


def test_run_shows_the_numbers_of_the_experiment(run_told: str, run_json: Any) -> None:
    results = replicate(small(), 3, workers=1)
    for name in ("promise_kept", "wait_mean", "cost_week"):
        found, told = results.estimate(name), run_json["measures"][name]
        assert (told["mean"], told["half_width"]) == pytest.approx((found.mean, found.half_width))
    kept = results.estimate("promise_kept")
    line = next(line for line in run_told.splitlines() if line.startswith("Promise kept"))
    assert line.split()[2:] == [
        f"{100 * kept.mean:.1f}",
        *("of", "100"),
        f"{100 * max(kept.low, 0):.1f}",
        "to",
        f"{100 * min(kept.high, 1):.1f}",
    ]


def test_run_puts_the_guess_beside_its_measures(run_told: str, run_json: Any) -> None:
    expected = guess(small())
    assert run_json["theory"]["measures"] == pytest.approx(dict(expected.values))
    assert run_json["theory"]["offered_load"] == pytest.approx(expected.load)
    line = next(line for line in run_told.splitlines() if line.startswith("Occupancy"))
    assert line.split()[-1] == f"{100 * expected.values['occupancy']:.1f}"


def test_run_all_shows_every_measure() -> None:
    told = fine("run", *SMALL, "--all", width=120)
    for measure in MEASURES.values():
        assert re.search(rf"(?m)^{re.escape(measure.title)}  ", told), measure.name


def test_every_measure_has_its_place_once() -> None:
    placed = [measure for group in figures.groups(everything=True).values() for measure in group]
    assert sorted(measure.name for measure in placed) == sorted(MEASURES)


def test_what_cannot_be_measured_is_null_for_machines_and_a_dash_for_people() -> None:
    none = ("run", "--set", "issues_per_day=0", "-n", "2", "--workers", "1")
    assert parsed(*none)["measures"]["promise_kept"]["mean"] is None
    told = fine(*none)
    assert "No issue came in, so no promise was kept or broken." in told
    assert "theory has nothing to say" in told
    assert re.search(r"(?m)^Promise kept +– ", told)


def test_one_replication_has_no_interval() -> None:
    told = fine("run", "--set", "issues_per_day=20", "-n", "1", "--workers", "1")
    assert "One replication of one week, seed 1; intervals come with the second." in told
    assert not re.search(r"\d to \d", told.split("Customers")[1])
    assert (
        parsed("run", "--set", "issues_per_day=20", "-n", "1", "--workers", "1")["measures"]["wait_mean"][
            "low"
        ]
        is None
    )


def test_changes_are_told_and_levers_have_short_names() -> None:
    told = fine("run", *SMALL, "--set", "staffing=12", "--set", "chatbot=40%")
    told = " ".join(told.split())
    assert "Staffing 12 agents; Outsourcing 0 of 100; Chatbot coverage 40 of 100; Empowerment $20." in told
    assert "Staffing 12 instead of 9 agents; Chatbot coverage 40 of 100 instead of 25 of 100" in told


def test_a_run_ends_when_it_is_precise_enough() -> None:
    found = parsed("run", *SMALL[:2], "--workers", "1", "--until", "promise_kept=0.2")
    assert found["reached"] is True
    assert found["replications"] == 5
    assert found["measures"]["promise_kept"]["half_width"] <= 0.2


def test_a_cap_that_comes_first_is_told() -> None:
    result = sim("run", *SMALL, "--until", "promise_kept=0.1%")
    assert result.exit_code == 0
    assert "3 replications were not enough for the half-width asked of promise kept" in " ".join(
        result.stdout.split()
    )
    assert "Running at most 3 replications" in result.stderr


@pytest.mark.parametrize(
    "order", [(0, 1, 2, 3, 4, 5, 6, 7), (7, 1, 0, 3, 6, 2, 4, 5), (1, 2, 3, 4, 5, 6, 7, 0)]
)
def test_when_a_run_is_precise_does_not_depend_on_which_core_was_quicker(
    order: Sequence[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = (0.5, 0.7, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6)
    done = [Done(at, (replace(week(), values={"promise_kept": kept[at]}),)) for at in order]

    def stream(*_: Any, progress: Callable[[Progress], None], **__: Any) -> Iterator[Done]:
        for one in done:
            progress(Progress(1, 8, None))
            yield one

    monkeypatch.setattr(watch, "stream", stream)
    ask = watch.Ask(8, {"promise_kept": 0.06})
    found = watch.watched(
        [Scenario()], ask, lambda _: "", lambda runs, name: runs[0].estimate(name).half_width
    )
    assert (found.replications, found.reached, found.stopped) == (7, True, False)
    assert found.results[0].values("promise_kept") == list(kept[:7])


def test_a_file_is_a_scenario(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    fine("scenarios", "lean", "--set", "issues_per_day=20", "-o", str(path))
    found = parsed("run", str(path), "-n", "1", "--workers", "1")
    assert found["scenario"]["name"] == "lean"
    assert found["theory"]["measures"]["offered"] == pytest.approx(guess(small("lean")).values["offered"])


# ------------------------------------------------------------------------------------------------------ code

TEN = encode(Scenario().changed("plan.staffing.agents", 10))


def with_other_numbers(code: str) -> str:
    """The same plan, as a kit with another Today would write it."""
    first, mark, *content = carried(code.replace("-", ""))
    return grouped(with_checks([first, (mark + 1) % len(LETTERS), *content]))


def test_a_plan_has_its_code_on_a_line_of_its_own() -> None:
    told = fine("code", "today", "--set", "staffing=10").splitlines()
    assert told[:2] == [TEN, "Today: Staffing 10 instead of 9 agents."]
    assert " ".join(" ".join(told[2:]).split()) == f"Aloud: {spoken(TEN)}."
    assert fine("code", "today+staffing=10") == fine("code", "today", "--set", "staffing=10")


def test_a_code_is_never_broken_by_a_narrow_terminal() -> None:
    many = [
        f"--set={path}=0.{at}7"
        for at, path in enumerate(("training", "heroes", "effort", "bar", "feedback", "cross_skill"), 1)
    ]
    code = fine("code", "today", *many, width=30).splitlines()[0]
    assert len(code) > 30
    assert decode(code).scenario.value("plan.people.training") == 0.17


def test_a_code_is_told_in_words() -> None:
    assert fine("code", TEN.lower()) == f"{TEN} begins from Today.\nStaffing 10 instead of 9 agents.\n"
    assert fine("code", encode(named("lean"), "lean")).endswith(
        "begins from Lean: two agents fewer.\nNothing is otherwise.\n"
    )


def test_code_json_has_the_keys_its_help_names() -> None:
    found = parsed("code", TEN)
    assert set(found) == documented("code")
    assert (found["code"], found["base"], found["told"]) == (TEN, "today", "")
    assert found["changes"] == ["Staffing 10 instead of 9 agents"]
    assert parsed("code", "today", "--set", "staffing=10") == found


def test_a_code_is_a_scenario_everywhere() -> None:
    changed = choose.chosen(f"{TEN}+chatbot=40%")
    assert changed.changes == (
        "Staffing 10 instead of 9 agents",
        "Chatbot coverage 40 of 100 instead of 25 of 100",
    )
    assert (
        choose.chosen(TEN.replace("-", "").lower()).scenario.plan
        == Scenario().changed("plan.staffing.agents", 10).plan
    )
    elsewhere = choose.chosen(f"{TEN}@bank").scenario
    assert elsewhere.assumptions == in_industry(Scenario(), "bank").assumptions
    assert elsewhere.plan == choose.chosen(TEN).scenario.plan
    told = fine("compare", "today", TEN, *SMALL)
    assert f"(Plan {TEN}): Staffing 10 instead of 9 agents." in told


def test_a_file_named_like_a_code_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(TEN).write_text(text_of(named("lean")), encoding="utf-8")
    assert choose.chosen(TEN).scenario == named("lean")


def test_a_code_made_with_other_numbers_is_told_beside_the_results() -> None:
    result = sim("scenarios", with_other_numbers(TEN))
    assert result.exit_code == 0
    assert result.stderr.strip() == (
        "Made with another version of Today: played with this one's numbers, it may come out otherwise."
    )
    assert "another version" not in result.stdout
    assert "another version" in " ".join(fine("code", with_other_numbers(TEN)).split())


# --------------------------------------------------------------------------------------------------- compare


def test_compare_begins_with_a_sentence_for_every_plan() -> None:
    told = fine("compare", "today", "lean", "cheap_partner", *SMALL)
    assert re.match(r"lean (keeps|may keep) .*today", told)
    assert re.search(r"(?m)^cheap_partner (keeps|may keep) ", told)
    assert "lean (Lean: two agents fewer): Staffing 7 instead of 9 agents." in told


def test_compare_pairs_the_plans_on_the_same_luck(compare_json: Any) -> None:
    before, after = (replicate(small(name), 3, workers=1) for name in ("today", "lean"))
    pairs = zip(before.values("cost_week"), after.values("cost_week"), strict=True)
    by_hand = [b - a for a, b in pairs]
    told = compare_json["measures"]["cost_week"]
    assert told["differences"][0]["mean"] == pytest.approx(sum(by_hand) / 3)
    assert told["differences"][0]["verdict"] == "better"
    assert [plan["mean"] for plan in told["plans"][:2]] == pytest.approx(
        [before.estimate("cost_week").mean, after.estimate("cost_week").mean]
    )


def results(**values: Sequence[float]) -> Results:
    """Results made by hand: these values, replication by replication, and nothing else known."""
    count = len(next(iter(values.values())))
    rows = [{name: given[at] for name, given in values.items()} for at in range(count)]
    known = [dict.fromkeys(MEASURES, nan) | row for row in rows]
    return Results(Scenario(), tuple(replace(week(), values=row) for row in known))


NOW = results(promise_kept=[0.6] * 6, cost_per_resolved_issue=[10.0] * 6)


@pytest.mark.parametrize(
    ("promise", "money", "sentence"),
    [
        (
            0.7,
            9.0,
            "B keeps 10.0 ±0.0 more promises per 100 than A, and a resolved issue is $1.00 ±0.00 cheaper.",
        ),
        (
            0.5,
            11.0,
            "B keeps 10.0 ±0.0 fewer promises per 100 than A, and a resolved issue is $1.00 ±0.00 dearer.",
        ),
        (0.6, 10.0, "B keeps as many promises as A, and a resolved issue costs the same."),
    ],
)
def test_the_headline_says_customers_then_money(promise: float, money: float, sentence: str) -> None:
    after = results(promise_kept=[promise] * 6, cost_per_resolved_issue=[money] * 6)
    assert compare.headline("B", "A", compare.pairs((NOW, after))[0]) == sentence


def test_the_headline_admits_what_it_cannot_tell() -> None:
    after = results(promise_kept=[0.5, 0.7, 0.4, 0.8, 0.5, 0.8], cost_per_resolved_issue=[9.0, 11.5] * 3)
    told = compare.headline("B", "A", compare.pairs((NOW, after))[0])
    assert told == (
        "B may keep more or fewer promises than A (cannot tell yet), "
        "and a resolved issue may be cheaper or dearer (cannot tell yet)."
    )


def verdict_of(after: Sequence[float]) -> str:
    """The verdict cell of promise kept, from 60 of 100 to these."""
    pair = compare.pairs((NOW, results(promise_kept=after)))[0]
    _, rows = compare.side_by_side(["A", "B"], pair, {"Customers": (MEASURES["promise_kept"],)})
    row = rows[1]
    assert not isinstance(row, screen.Section)
    return " ".join(str(row[-1]).split())


@pytest.mark.parametrize(
    ("after", "cell"),
    [
        ([0.7] * 6, "▲ better"),
        ([0.5] * 6, "▼ worse"),
        ([0.6] * 6, "= no difference that matters"),
    ],
)
def test_verdicts_are_a_mark_and_a_word(after: Sequence[float], cell: str) -> None:
    assert verdict_of(after) == cell


def test_a_verdict_that_is_open_says_how_many_more() -> None:
    assert re.fullmatch(r"○ cannot tell yet: run about \d+ more", verdict_of([0.58, 0.66] * 3))


def test_a_measure_that_is_neither_good_nor_bad_has_no_verdict() -> None:
    before, after = results(occupancy=[0.5] * 6), results(occupancy=[0.7] * 6)
    _, rows = compare.side_by_side(
        ["A", "B"], compare.pairs((before, after))[0], {"People": (MEASURES["occupancy"],)}
    )
    assert str(rows[1][-1]) == ""  # type: ignore[index]  # the row after its section


def test_plans_with_one_name_or_long_ones_are_called_by_letters() -> None:
    same = [choose.chosen(word) for word in ("today", "today+staffing=12")]
    long = [choose.chosen(word) for word in ("today", "bot_without_people")]
    short = [choose.chosen(word) for word in ("today", "lean", "silos")]
    assert [compare.labels(plans) for plans in (same, long, short)] == [["A", "B"]] * 2 + [
        ["today", "lean", "silos"]
    ]


# ----------------------------------------------------------------------------------------------------- sweep


def test_sweep_has_a_row_for_every_value_both_ends_in() -> None:
    told = fine("sweep", "today", "--lever", "staffing", "--values", "6:10:2", *SMALL)
    assert re.findall(r"(?m)^(\d+) ", told.split("dollars\n")[-1])[:3] == ["6", "8", "10"]
    assert "Staffing from 6 to 10: promises kept go from" in told


def test_sweep_json_is_the_experiment_at_each_value() -> None:
    found = parsed("sweep", "today", "--lever", "chatbot", "--values", "0%,50%", *SMALL)
    assert set(found) == documented("sweep")
    assert found["path"] == "plan.chatbot.coverage"
    assert [row["value"] for row in found["rows"]] == [0.0, 0.5]
    half = replicate(small().changed("plan.chatbot.coverage", 0.5), 3, workers=1)
    told = found["rows"][1]["measures"]["offered"]["mean"]
    assert told == pytest.approx(half.estimate("offered").mean)


def test_sweep_shows_the_measures_asked_for() -> None:
    asked = ("sweep", "today", "--lever", "vendor", "--values", "cost,quality", "--measure", "service_level")
    told = fine(*asked, "--set", "outsourcing=0.5", *SMALL)
    table = told.split("dollars.\n")[1]
    assert "Service level" in table
    assert "Occupancy" not in table
    assert re.search(r"(?m)^quality +\d", table)


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("6,8,10", [6, 8, 10]),
        ("6:14:2", [6, 8, 10, 12, 14]),
        ("3:5", [3, 4, 5]),
        ("0:1:0.1", [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]),
        ("0%:40%:20%", [0, 0.2, 0.4]),
        ("1, 5:6 ,true", [1, 5, 6, True]),
        ("cost,quality", ["cost", "quality"]),
    ],
)
def test_values_are_read_as_people_write_them(words: str, values: list[Any]) -> None:
    assert choose.values_of(words) == values


# ------------------------------------------------------------------------------------------------- bad input

STAFFING = "Staffing (plan.staffing.agents)"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("run toda", "toda: no scenario has this name; nearest is today, or give a file that ends in .yaml."),
        (
            "run MYHQ-33DY",
            "MYHQ-33DY does not hold together: a letter was changed, or two were swapped; "
            "compare it with the original.",
        ),
        (
            "code myhq-33y",
            "myhq-33y: 7 letters are not a code; every group has 4, and group 2 has 3.",
        ),
        (
            "code --set issues_per_day=100",
            "The assumptions of this plan are not those of Today, and a code carries the plan only; "
            "save it as a file instead.",
        ),
        (
            f"run {'MYHQ-' * 99}33YD",
            "MYHQ-MYHQ-MYHQ-MYHQ-MYHQ-MYHQ-MYHQ-MYHQ… does not hold together: a letter was changed, "
            "or two were swapped; compare it with the original.",
        ),
        (
            "run nowhere.yaml",
            "nowhere.yaml: there is no such file; sim scenarios lists those that need none.",
        ),
        (
            "run --set staffing=3000",
            f"{STAFFING}: 3000 is outside 0 to 2000; nearest 2000.",
        ),
        (
            "run --set chatbot=150%",
            "Chatbot coverage (plan.chatbot.coverage): 1.5 is outside 0 to 1; nearest 1.",
        ),
        ("run --set staff=3", "staff: no such lever or field; nearest is staffing."),
        ("run --set staffing", "staffing: a change is written field=value, such as staffing=12."),
        ("run --set staffing=[", "[: cannot be read as a value; write 12, 0.4, 40%, true or [simple]."),
        ("run --set chatbot=a%", "a%: is not a number."),
        (
            "run today+staffing=x",
            "Staffing (plan.staffing.agents): 'x' is not a whole number within 0 to 2000; usual 9.",
        ),
        ("run -n 0", "--replications: 0 is outside 1 to 10000; nearest 1."),
        ("run -n many", "--replications: many is not a whole number within 1 to 10000."),
        ("run --weeks 1000", "--weeks: 1000 is outside 1 to 104; nearest 104."),
        ("run --seed -1", "--seed: -1 is outside 0 to 4294967295; nearest 0."),
        ("run --workers 0", "--workers: 0 is outside 1 to 1024; nearest 1."),
        ("run --until promise_kep=1", "--until: promise_kep is no measure; nearest is promise_kept."),
        (
            "run --until wait_mean",
            "--until: wait_mean is not measure=half-width; write promise_kept=0.01, for example.",
        ),
        ("run --until wait_mean=0", "--until: wait_mean=0 asks for a half-width of 0; give one above 0."),
        (
            "run --until promise_kept=1",
            "--until: promise_kept=1 is wider than any share; shares run from 0 to 1, so for ±1 of 100 write "
            "promise_kept=0.01.",
        ),
        ("run --quick", "No such option: --quick; sim run --help shows what fits."),
        ("run today lean", "Got unexpected extra argument(s) (lean); sim run --help shows what fits."),
        ("rum", "No such command 'rum'. Did you mean 'run'; sim --help shows what fits."),
        ("compare today", "compare: 1 given; it takes 2 to 8 scenarios, such as sim compare today lean."),
        ("sweep today --values 3", "Missing option '--lever'; sim sweep --help shows what fits."),
        (
            "sweep today --lever staffng --values 3",
            "staffng: no such lever or field; nearest is staffing.",
        ),
        (
            "sweep today --lever staffing --values ,",
            "--values: no value is given; write them as 6,8,10 or 6:14:2.",
        ),
        (
            "sweep today --lever staffing --values 9:6",
            "--values: 9:6 holds no value; write first:last:step, such as 6:14:2.",
        ),
        (
            "sweep today --lever staffing --values 1:2:3:4",
            "--values: 1:2:3:4 has too many parts; write first:last:step, such as 6:14:2.",
        ),
        (
            "sweep today --lever staffing --values 0:1e30:0.001",
            "--values: 0:1e30:0.001 holds 1,000,001 values, more than 50; take a larger step.",
        ),
        (
            "sweep today --lever staffing --values 6 --measure waits",
            "--measure: waits is no measure; nearest is waited.",
        ),
        ("fields xyzzy", "xyzzy: no field has this in its name, title or help; sim fields lists them all."),
        ("import-report here.csv", "-o is missing: say where the scenario goes, such as -o here.yaml."),
        (
            "import-report here.csv -o no/where.yaml",
            "no: there is no such folder; make it first, or choose another.",
        ),
        ("scenarios lean -o .", ". is a folder; name a file in it, such as plan.yaml."),
        ("app --port 80", "--port: 80 is outside 1024 to 65535; nearest 1024."),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    words: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = sim(*words.split())
    assert (result.stderr, result.stdout, result.exit_code) == (f"{sentence}\n", "", 2)
    assert not any(word in sentence for word in NOT_PLAIN)
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    result = sim("import-report", str(tmp_path / "none.csv"), "-o", str(tmp_path / "new.yaml"))
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == 'There is no file "none.csv".'
    assert list(tmp_path.glob("*.yaml")) == []


# ------------------------------------------------------------------------------------------- when things break


def test_what_breaks_is_a_sentence_on_the_screen_and_a_traceback_in_the_log(
    logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_scenario: Scenario) -> None:
        raise ZeroDivisionError("inner detail")

    monkeypatch.setattr(run, "guess", breaks)
    for times in (1, 2):
        result = sim("run", *SMALL)
        assert result.exit_code == 1
        assert result.stderr.startswith(
            "That run did not finish. No file was changed. Try again; the detail is in"
        )
        assert str(logs / "sim.log") in result.stderr
        assert "ZeroDivision" not in result.output
        assert (logs / "sim.log").read_text().count("ZeroDivisionError: inner detail") == times


def test_a_log_that_cannot_be_written_is_written_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setattr(guard, "log_folder", lambda: blocked)
    monkeypatch.setattr(tempfile, "mkdtemp", lambda prefix: str(tmp_path / prefix))
    path = guard.write_log(ValueError("kept"))
    assert path is not None
    assert "kept" in path.read_text()


def test_a_log_stays_small(logs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LOG_BYTES", 200)
    for _ in range(10):
        guard.write_log(ValueError("x" * 50))
    assert all(path.stat().st_size < 600 for path in logs.iterdir())
    assert len(list(logs.iterdir())) == 2


def test_a_reader_that_leaves_early_sees_no_complaint() -> None:
    process = started("fields")
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    process.wait(60)


# --------------------------------------------------------------------------------------------------- stopping


def interrupted_at(count: int) -> Callable[[watch.Measured], str]:
    """Words on the results so far, with a Ctrl-C at that replication."""

    def so_far(found: watch.Measured) -> str:
        if len(found[0].summaries) == count:
            signal.raise_signal(signal.SIGINT)
        return ""

    return so_far


def test_ctrl_c_keeps_what_is_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "promise_so_far", interrupted_at(2))
    result = sim("run", "--set", "issues_per_day=20", "-n", "7", "--workers", "1")
    assert result.exit_code == 0
    assert "Stopped at 2 of 7. The bands are wider than asked for." in result.stdout
    assert "2 replications of one week" in result.stdout


def test_what_is_kept_is_what_a_shorter_run_finds(monkeypatch: pytest.MonkeyPatch, run_json: Any) -> None:
    monkeypatch.setattr(run, "promise_so_far", interrupted_at(3))
    stopped = parsed("run", "--set", "issues_per_day=20", "-n", "9", "--workers", "1")
    assert stopped["stopped"] is True
    assert (stopped["replications"], stopped["replications_asked"]) == (3, 9)
    assert stopped["measures"] == run_json["measures"]


def test_a_second_ctrl_c_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def twice(_found: watch.Measured) -> str:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        return ""

    monkeypatch.setattr(run, "promise_so_far", twice)
    result = sim("run", *SMALL)
    assert result.exit_code == 130
    assert "promises are kept" not in result.stdout


def test_ctrl_c_before_anything_is_finished_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "stream", lambda *_, **__: iter(()))
    result = sim("run", *SMALL)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == (
        "Stopped before the first replication was finished, so there is nothing to show."
    )


def test_ctrl_c_is_given_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with progress.stoppable() as stop:
        assert signal.getsignal(signal.SIGINT) is not before
        assert not stop.is_set()
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.skipif(
    os.name == "nt", reason="Windows sends Ctrl-C to whole consoles, this test's own included"
)
def test_ctrl_c_in_a_terminal_leaves_whole_json_and_no_process() -> None:
    process = started("run", "--set", "issues_per_day=20", "-n", "5000", "--workers", "2", "--json")
    assert process.stdout
    assert process.stderr
    for line in process.stderr:
        if line.startswith("Replication 1 of 5000"):
            process.send_signal(signal.SIGINT)
            break
    told, complaints = process.communicate(timeout=120)
    found = json.loads(told)
    assert found["stopped"] is True
    assert 1 <= found["replications"] < 5000
    assert process.returncode == 0
    assert "Traceback" not in complaints


# -------------------------------------------------------------------------------------------------- terminals

TOLD = (
    ("run", *SMALL),
    ("compare", "today", "lean", *SMALL),
    ("compare", "today", "lean", "cheap_partner", "bot_without_people", "silos", *SMALL),
    ("sweep", "today", "--lever", "staffing", "--values", "6,9", *SMALL),
    ("fields", "patience"),
    ("scenarios",),
)


@pytest.fixture(scope="module", params=TOLD, ids=lambda words: f"{words[0]} of {len(words)}")
def at_widths(request: pytest.FixtureRequest) -> dict[int, str]:
    """One command as terminals of three widths show it."""
    return {width: fine(*request.param, width=width) for width in (60, 80, 120)}


def test_no_line_is_wider_than_the_terminal(at_widths: dict[int, str]) -> None:
    for width, told in at_widths.items():
        assert max(map(len, told.splitlines())) <= width


def test_no_number_is_lost_or_cut_in_a_narrow_terminal(at_widths: dict[int, str]) -> None:
    found = {width: sorted(set(DECIMAL.findall(told))) for width, told in at_widths.items()}
    assert found[60] == found[80] == found[120]
    assert "…" not in at_widths[60]


def test_a_table_too_wide_for_any_terminal_still_shows_every_digit(
    capsys: pytest.CaptureFixture[str],
) -> None:
    columns = [screen.Column("", number=False), *(screen.Column(f"c{at}") for at in range(9))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "25")
        screen.show_table(
            columns, [("a row with a long name", *(f"{10**11 + at}" for at in range(9)))], together=1
        )
    told = capsys.readouterr().out
    for at in range(9):
        assert f"{10**11 + at}" in told


@pytest.mark.parametrize("charset", ["ascii", "cp1252", "cp437"])
def test_terminals_without_the_marks_get_plain_ones(charset: str) -> None:
    told = fine("compare", "today", "lean", *SMALL, charset=charset)
    assert re.search(r"\^ better|v worse|o cannot tell yet", told)
    assert "?" not in told
    assert re.search(r"-\d", told)


def test_real_minus_and_plus_minus_where_they_can_be_shown() -> None:
    told = fine("compare", "today", "lean", *SMALL)
    assert re.search(r"−[\d,.]+ ±[\d,.]+", told)
    assert not re.search(r" -\d", told)


def test_a_plain_terminal_works_from_outside_with_letters_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    content = yaml.safe_load(fine("scenarios", "today")) | {"title": "Zürich 窓口"}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    process = started("run", str(path), *SMALL, PYTHONIOENCODING="ascii", NO_COLOR="1")
    told, complaints = process.communicate(timeout=120)
    assert process.returncode == 0, complaints
    assert told.splitlines()[0].startswith("Z?rich ??")
    assert "+-" in told
    assert "\x1b" not in told + complaints


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_no_color_is_heeded(environment: dict[str, str], coloured: bool) -> None:
    runner = CliRunner(
        env={"COLUMNS": "80", "TERM": "xterm-256color", "COLORTERM": "truecolor", **environment}
    )
    told = runner.invoke(cli_app, ["compare", "today", "lean", *SMALL]).stdout
    assert bool(re.search(r"\x1b\[[\d;]*38", told)) == coloured


# --------------------------------------------------------------------------------------------------- progress


@pytest.mark.parametrize(("seconds", "words"), [(0.2, "1 s"), (4.4, "4 s"), (99.0, "99 s"), (180.0, "3 min")])
def test_time_left_is_told_in_round_numbers(seconds: float, words: str) -> None:
    assert progress.time_left(seconds) == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Progress(1, 20, 90.0), "Replication 1 of 20"),
        (Progress(7, 20, 4.0), "Replication 7 of 20, 4 s left"),
        (Progress(7, 20, None), "Replication 7 of 20"),
        (Progress(20, 20, 0.0), "Replication 20 of 20"),
    ],
)
def test_progress_says_how_far_and_how_long_still(found: Progress, words: str) -> None:
    assert progress.Work(20, "").how_far(found) == words


def test_progress_is_a_few_plain_lines_where_there_is_no_terminal() -> None:
    result = sim("run", "--set", "issues_per_day=5", "-n", "20", "--workers", "1")
    first, *others = result.stderr.splitlines()
    assert first == "Running 20 replications of one week; Ctrl-C stops and keeps what is finished."
    assert others[0].startswith("Replication 1 of 20. Promise kept ")
    assert len(others) == 6
    assert others[-1].startswith("Replication 20 of 20. ")


def test_progress_is_a_bar_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    with progress.view_of(progress.Work(4, "", at_most=True)) as view:
        view.show(Progress(3, 4, 2.0), "Promise kept 60.0 of 100")
    told = capsys.readouterr().err
    assert "Replication 0 of at most 4" in told
    assert "Replication 3 of at most 4, 2 s left Promise kept 60.0 of 100" in told


# ---------------------------------------------------------------------------------------------- import-report


class Importer:
    """Stands in for the fit: the report's model is `scenario`; remembers what it was asked."""

    def __init__(self, *, fits: bool = True, trouble: Exception | None = None, stops: bool = False) -> None:
        self.fits, self.trouble, self.stops = fits, trouble, stops
        self.asked: list[Path] = []

    def __call__(self, path: Path, *, watch: Callable[[int, int], None], stop: Event, **_: Any) -> Imported:
        self.asked.append(path)
        watch(1, 12)
        if self.stops:
            signal.raise_signal(signal.SIGINT)
            assert stop.is_set()
        if self.trouble:
            raise self.trouble
        return self.imported()

    def imported(self) -> Imported:
        high = 0.08 if self.fits else 0.05
        row = Row("abandonment_rate", "Abandoned", "share", Estimate(0.06, 0.01, 0.95, 20), 0.04, 0.01, high)
        waits = Row(
            "speed_of_answer", "Speed of answer", "minutes", Estimate(0.5, 0.1, 0.95, 20), 0.55, 0.3, 0.8
        )
        scenario = Scenario().changed({"name": "february", "title": "February"})
        return Imported(scenario, (row, waits), ("Row 7 stood twice; one was kept.",), Dials())

    def try_on(self, imported: Imported, path: Path, **_: Any) -> Imported:
        self.asked.append(path)
        return replace(imported, notes=("Another note.",))


@pytest.fixture
def importer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Importer]:
    """Puts an importer in the place of the real one."""

    def install(**how: Any) -> Importer:
        stub = Importer(**how)
        monkeypatch.setattr(importing, "import_report", stub)
        monkeypatch.setattr(importing, "try_on", stub.try_on)
        return stub

    return install


def test_a_report_becomes_a_scenario_file_and_a_calibration_table(
    importer: Callable[..., Importer], tmp_path: Path
) -> None:
    importer()
    target = tmp_path / "february.yaml"
    told = fine("import-report", "february.csv", "-o", str(target))
    assert told.startswith("The model meets february.csv on all 2 measures it tells.")
    assert re.search(r"(?m)^Abandoned, of 100 +6\.0 ±1\.0 +4\.0 +1\.0 to 8\.0 +fits", told)
    assert "Row 7 stood twice; one was kept." in told
    assert load(target).title == "February"


def test_a_poor_fit_is_said_plainly(importer: Callable[..., Importer], tmp_path: Path) -> None:
    importer(fits=False)
    told = " ".join(fine("import-report", "february.csv", "-o", str(tmp_path / "x.yaml")).split())
    assert told.startswith("The model meets february.csv on 1 of 2 measures; not on abandoned.")
    assert "✕ does not fit" in told
    assert "Abandoned: the model lies above your usual days. Patience alone cannot explain it" in told


def test_import_json_has_the_keys_its_help_names(importer: Callable[..., Importer], tmp_path: Path) -> None:
    importer(fits=False)
    target = tmp_path / "x.yaml"
    found = parsed("import-report", "a.csv", "-o", str(target), "--test-on", "b.csv")
    assert set(found) == documented("import-report")
    assert found["fits"] is False
    assert [row["fits"] for row in found["calibration"]] == [False, True]
    assert found["tested_on"][0]["report"] == 0.04
    assert found["file"] == str(target)


def test_the_fitted_model_is_tried_on_another_report(
    importer: Callable[..., Importer], tmp_path: Path
) -> None:
    stub = importer()
    told = fine("import-report", "a.csv", "-o", str(tmp_path / "x.yaml"), "--test-on", "october.csv")
    assert stub.asked == [Path("a.csv"), Path("october.csv")]
    assert "The same model, not fitted again, with the volumes and agents of october.csv" in " ".join(
        told.split()
    )


def test_a_file_that_is_there_is_not_replaced_and_the_report_not_even_read(
    importer: Callable[..., Importer], tmp_path: Path
) -> None:
    stub, target = importer(), tmp_path / "kept.yaml"
    target.write_text("mine")
    result = sim("import-report", "a.csv", "-o", str(target))
    assert result.exit_code == 2
    assert result.stderr == f"{target} is there already; choose another name, or add --force to replace it.\n"
    assert (target.read_text(), stub.asked) == ("mine", [])
    fine("import-report", "a.csv", "-o", str(target), "--force")
    assert load(target).name == "february"


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"trouble": BadInput('Row 3, column "Offered": is not a number.')}, 2),
        ({"trouble": MemoryError()}, 1),
        ({"stops": True}, 1),
        ({"stops": True, "trouble": ValueError("half a fit")}, 1),
    ],
)
def test_nothing_is_half_written(
    importer: Callable[..., Importer], tmp_path: Path, how: dict[str, Any], code: int
) -> None:
    importer(**how)
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "kept.yaml").write_text("mine")
    for target in ("kept.yaml", "new.yaml"):
        result = sim("import-report", "a.csv", "-o", str(folder / target), "--force")
        assert result.exit_code == code
        assert result.stdout == ""
    assert [path.name for path in folder.iterdir()] == ["kept.yaml"]
    assert (folder / "kept.yaml").read_text() == "mine"


def test_a_stopped_import_says_that_nothing_was_written(
    importer: Callable[..., Importer], tmp_path: Path
) -> None:
    importer(stops=True)
    result = sim("import-report", "a.csv", "-o", str(tmp_path / "x.yaml"))
    assert result.stderr.splitlines()[-1] == "Stopped before the model was fitted. Nothing was written."


def test_a_disk_that_fails_leaves_the_older_file(
    importer: Callable[..., Importer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    importer()
    target = tmp_path / "kept.yaml"
    target.write_text("mine")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    result = sim("import-report", "a.csv", "-o", str(target), "--force")
    assert result.exit_code == 2
    assert "could not be written" in result.stderr
    assert target.read_text() == "mine"


# ----------------------------------------------------------------------------------------- looking things up


def test_scenarios_are_listed_with_their_titles() -> None:
    told = fine("scenarios")
    for name in names():
        assert re.search(rf"(?m)^{name} +{re.escape(named(name).title)}", told)
    listed = parsed("scenarios")
    assert listed[: len(names())] == [{"name": name, "title": named(name).title} for name in names()]
    for one in listed:
        assert choose.chosen(one["name"]).scenario.title == one["title"]
    assert documented("scenarios") == {"name", "title"} or "name, title" in commands()["scenarios"].help


def test_any_scenario_goes_to_an_industry_before_its_changes(tmp_path: Path) -> None:
    found = choose.chosen("lean@bank+staffing=12")
    assert found.scenario == in_industry(named("lean"), "bank").changed("plan.staffing.agents", 12)
    assert [words.split()[0] for words in found.changes] == ["Staffing"]
    path = tmp_path / "mine@home.yaml"
    path.write_text(fine("scenarios", "silos"), encoding="utf-8")
    assert choose.chosen(str(path)).scenario == named("silos")
    assert choose.chosen(f"{path}@bank").scenario == in_industry(named("silos"), "bank")
    assert parsed("run", "today@bank", *SMALL)["scenario"]["name"] == "today_bank"
    for words, said in (
        ("today@bnak", "nearest is bank"),
        ("tody@bank", "nearest is today"),
        ("a@b.yaml", "no such file"),
    ):
        with pytest.raises(BadInput, match=said):
            choose.chosen(words)


def test_a_scenario_shown_is_a_scenario_file(tmp_path: Path) -> None:
    path = tmp_path / "shown.yaml"
    path.write_text(fine("scenarios", "silos+staffing=11", width=60), encoding="utf-8")
    assert load(path) == named("silos").changed("plan.staffing.agents", 11)
    assert parsed("scenarios", "silos")["scenario"]["plan"] == named("silos").plan.model_dump(mode="json")


def test_a_scenario_written_does_not_replace_another(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    fine("scenarios", "lean", "-o", str(path))
    assert sim("scenarios", "silos", "-o", str(path)).exit_code == 2
    assert load(path).name == "lean"
    fine("scenarios", "silos", "-o", str(path), "--force")
    assert load(path).name == "silos"


def test_fields_are_told_with_title_unit_range_usual_value_and_source() -> None:
    told = fine("fields", "mean patience")
    assert told.startswith("Mean patience  assumptions.patience.mean\n")
    assert "Unit: minutes; 0.01 to 100,000; usually 8.2. Source: B2: 492 s." in told


def test_every_field_is_listed() -> None:
    assert {facts["path"] for facts in parsed("fields")} == set(fields())
    assert set(parsed("fields", "staffing")[0]) == documented("fields")
    told = fine("fields", width=200)
    assert all(path in told for path in fields())


def test_the_example_of_every_field_can_be_typed() -> None:
    for facts in fields().values():
        if isinstance(facts.default, int | float | str):
            from sim.cli.library import example

            assert choose.changes_of([example([facts])]) == {facts.path: facts.default}


def test_the_schema_is_the_scenarios_own() -> None:
    assert json.loads(fine("schema"))["properties"].keys() == Scenario.model_fields.keys()
    assert fine("schema") == fine("schema", "--json")


def test_the_version_is_one_line() -> None:
    assert re.fullmatch(r"sim .+\n", fine("--version"))


def test_python_m_sim_is_the_command() -> None:
    process = started("scenarios", "--json")
    told, complaints = process.communicate(timeout=60)
    assert [one["name"] for one in json.loads(told)][: len(names())] == list(names())
    assert (complaints, process.returncode) == ("", 0)


@pytest.mark.parametrize("name", names())
def test_differences_are_told_for_every_named_scenario(name: str) -> None:
    told = choose.differences(Scenario(), named(name))
    assert bool(told) == (name != "today")
    assert all("instead of" in words for words in told)


# -------------------------------------------------------------------------------------------- check and bench


def a_check(*, ok: bool = True) -> Check:
    return Check(
        "Erlang C: 50 agents: share that waits",
        0.694456,
        0.6940,
        0.6920,
        0.6960,
        ok,
        0.694456,
        0.694456,
        "exact chain",
    )


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[dict[str, Any]]]:
    """Puts checks in the place of the real ones; what they were asked is remembered."""
    asked: list[dict[str, Any]] = []

    def install(*found: Check, stops: bool = False) -> list[dict[str, Any]]:
        def check(**how: Any) -> tuple[Check, ...]:
            asked.append(how)
            how["progress"](Progress(1, 1, None))
            if stops:
                signal.raise_signal(signal.SIGINT)
            return found

        monkeypatch.setattr(checking, "check_all", check)
        return asked

    return install


def test_checks_that_hold_are_exit_code_0(checks: Callable[..., list[dict[str, Any]]]) -> None:
    asked = checks(a_check(), a_check())
    told = fine("check", "--quick", "--workers", "1")
    assert told.startswith("All 2 published numbers hold.")
    assert re.search(r"(?m)^Erlang C: 50 agents *\nshare that waits ", told)
    assert re.search(r"0\.6945 +0\.694 +0\.692 to 0\.696 +holds", " ".join(told.split()))
    assert (asked[0]["quick"], asked[0]["workers"]) == (True, 1)


def test_a_check_that_does_not_hold_is_exit_code_1_and_named(
    checks: Callable[..., list[dict[str, Any]]],
) -> None:
    checks(a_check(), a_check(ok=False))
    result = sim("check")
    assert result.exit_code == 1
    assert result.stdout.startswith("1 of 2 published numbers hold.")
    assert (
        "✕ Erlang C: 50 agents: share that waits: the published number lies outside. Source: exact chain."
        in " ".join(result.stdout.split())
    )


def test_check_json_is_a_list_of_objects(checks: Callable[..., list[dict[str, Any]]]) -> None:
    checks(a_check(), a_check(ok=False))
    result = sim("check", "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [one["ok"] for one in found] == [True, False]
    assert set(found[0]) == documented("check") >= {"name", "expected", "got", "low", "high", "ok"}


def test_a_check_that_was_stopped_proves_nothing(checks: Callable[..., list[dict[str, Any]]]) -> None:
    checks(a_check(), stops=True)
    result = sim("check")
    assert result.exit_code == 1
    assert "Stopped: what was not finished is not in the table." in result.stdout


def test_bench_is_a_table_or_json(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.experiment import bench
    from sim.views.room import slider

    found = {"week_journey_over_textbook": 0.64, "week_simpy_journey_per_cpu_s": 16_012.3, "python": 3.11}
    monkeypatch.setattr(bench, "bench", lambda **_: found)
    monkeypatch.setattr(slider, "slider", dict)
    assert parsed("bench") == found
    told = fine("bench")
    assert re.search(r"(?m)^week journey over textbook +0\.64", told)
    assert re.search(r"(?m)^week simpy journey per cpu s +16,012", told)


# ------------------------------------------------------------------------------------------------ lab and app

SERVER = """
import http.server, sys
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


def a_server(tmp_path: Path, code: str = SERVER) -> pages.Server:
    port = pages.free_port(20_000)
    command = [sys.executable, "-c", code, str(port)]
    return pages.Server("Page", command, dict(os.environ), tmp_path, port, f"http://127.0.0.1:{port}/")


def test_a_page_is_announced_and_closed_with_ctrl_c(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server = a_server(tmp_path)
    opened: list[str] = []

    def browser(address: str) -> None:
        socket.create_connection(("127.0.0.1", server.port), timeout=5).close()
        opened.append(address)
        raise KeyboardInterrupt

    monkeypatch.setattr(webbrowser, "open", browser)
    assert pages.serve(server, browser=True, as_json=False) == 0
    assert opened == [server.address]
    assert f"\n    {server.address}\n" in capsys.readouterr().out
    with pytest.raises(OSError, match=r"."):
        socket.create_connection(("127.0.0.1", server.port), timeout=1)


def test_a_page_that_does_not_start_is_a_failure_with_its_words_in_the_log(tmp_path: Path) -> None:
    server = a_server(tmp_path, "raise SystemExit('out of luck')")
    with pytest.raises(RuntimeError, match="out of luck"):
        pages.serve(server, browser=False, as_json=False)


def test_the_address_is_json_for_machines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(_address: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(webbrowser, "open", stop)
    server = a_server(tmp_path)
    pages.serve(server, browser=True, as_json=True)
    assert json.loads(capsys.readouterr().out) == {"address": server.address}


@pytest.mark.parametrize("name", ["lab", "app"])
def test_where_the_notebooks_are_not_the_way_there_is_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kit, "__file__", str(tmp_path / "elsewhere" / "sim" / "__init__.py"))
    result = sim(name)
    assert result.exit_code == 2
    assert "run this in the kit's folder, the one that holds kit.py." in result.stderr


@pytest.mark.parametrize(("name", "notebook"), [("lab", pages.START), ("app", pages.CONTROL_ROOM)])
def test_the_notebooks_are_served_from_their_folder_to_this_computer_only(
    name: str, notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kit, "__file__", str(tmp_path / "elsewhere" / "sim" / "__init__.py"))
    (tmp_path / notebook).parent.mkdir()
    (tmp_path / notebook).touch()
    served: list[tuple[pages.Server, bool]] = []
    monkeypatch.setattr(pages, "serve", lambda server, *, browser, as_json: served.append((server, browser)))  # noqa: ARG005
    fine(name, "--no-browser", "--port", "21000")
    server, browser = served[0]
    assert server.root == tmp_path
    assert browser is False
    assert server.address.startswith(f"http://127.0.0.1:{server.port}/")
    assert any(word.endswith(".ip=127.0.0.1") for word in server.command)
    assert not any("token" in word.lower() for word in server.command)


def test_a_taken_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = taken.getsockname()[1]
        assert busy < pages.free_port(busy) <= busy + pages.PORTS_TRIED


def test_no_free_port_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PORTS_TRIED", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = taken.getsockname()[1]
        with pytest.raises(BadInput, match=f"--port: {busy} and the 0 after it are taken"):
            pages.free_port(busy)


# --------------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("name", "mean", "half_width", "told"),
    [
        ("promise_kept", 0.6314, 0.021, "63.1 ±2.1"),
        ("wait_mean", 1.234, 0.1, "1.23 ±0.10"),
        ("overtime_minutes", 155.78, 51.9, "155.8 ±51.9"),
        ("cost_week", 26_501.8, 748.1, "26,502 ±748"),
        ("cost_per_contact", 9.214, 0.616, "9.21 ±0.62"),
        ("contacts", 2888.4, 3.4, "2,888 ±3"),
        ("contacts_per_issue", 1.214, 0.03, "1.21 ±0.03"),
        ("promise_kept", 0.6314, 0.0001, "63.1 ±0.1"),
    ],
)
def test_numbers_have_as_many_decimals_as_they_bear(
    name: str, mean: float, half_width: float, told: str
) -> None:
    assert figures.with_half_width(MEASURES[name], Estimate(mean, half_width, 0.95, 20)) == told


@pytest.mark.parametrize(
    ("name", "found", "told"),
    [
        ("days_at_bar", Estimate(0.05, 0.10, 0.95, 8), "0.0 to 15.0"),
        ("promise_kept", Estimate(0.98, 0.05, 0.95, 8), "93.0 to 100.0"),
        ("wait_mean", Estimate(0.1, 0.3, 0.95, 8), "0.00 to 0.40"),
        ("wait_mean", Estimate(0.1, float("inf"), 0.95, 1), "–"),
    ],
)
def test_an_interval_ends_where_the_measure_does(name: str, found: Estimate, told: str) -> None:
    assert figures.interval(MEASURES[name], found) == told


def test_what_grows_for_ever_is_said_so() -> None:
    measure: Measure = MEASURES["wait_mean"]
    assert figures.shown(measure, float("inf"), 2) == "grows"


def test_engine_options_are_those_of_the_flow() -> None:
    assert options.ENGINES == ENGINES


def test_engines_give_the_same_json() -> None:
    found = {fine("run", "lean", *SMALL, "--engine", name, "--json") for name in (*HERE, "auto")}
    assert len(found) == 1


def test_engine_that_is_not_known_is_refused_in_a_sentence() -> None:
    found = sim("run", "--engine", "simpi")
    assert found.exit_code == 2
    assert "--engine: simpi is not one of auto, compiled, simpy." in found.output


# --------------------------------------------------------------------------------------------------- lessons


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A folder with the sample lesson of the tests, with fewer questions."""
    source = yaml.safe_load(
        (ROOT / "tests" / "lessons" / "lesson_99_sample.yaml").read_text(encoding="utf-8")
    )
    source["cards"] = [card for card in source["cards"] if card["id"] == "direction"]
    asked = ("kept_change", "kept_four", "kept_three")
    source["questions"] = {name: source["questions"][name] | {"replications": 2} for name in asked}
    (tmp_path / "lesson_99_sample.yaml").write_text(yaml.safe_dump(source, sort_keys=False), encoding="utf-8")
    return tmp_path


def test_a_lesson_is_told_to_students_without_its_numbers(sample: Path) -> None:
    file = str(sample / "lesson_99_sample.yaml")
    assert "**Predict.** Take one of four agents away." in fine("lesson", file)
    refused = sim("lesson", file, "--view", "solution")
    assert refused.exit_code == 2
    assert "run sim expected --write" in refused.output
    fine("expected", str(sample), "--write")
    assert "**Prediction: the model's answer.**" in fine("lesson", file, "--view", "solution")
    assert "the model's answer" not in fine("lesson", file)
    told = parsed("lesson", file, "--view", "instructor")
    assert (told["command"], told["lesson"], told["view"]) == ("lesson", "99", "instructor")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("lesson", "9x"), "9x: no such lesson"),
        (
            ("lesson", "00", "--view", "teacher"),
            "--view: teacher is not one of student, solution, instructor.",
        ),
        (("expected", "nowhere"), "nowhere: is no folder"),
    ],
)
def test_a_lesson_that_cannot_be_told_is_refused(words: Sequence[str], sentence: str) -> None:
    refused = sim(*words)
    assert refused.exit_code == 2
    assert sentence in refused.output


def test_numbers_that_drift_are_told_and_written_only_when_asked(sample: Path) -> None:
    expected = sample / "lesson_99_sample.expected.yaml"
    first = sim("expected", str(sample))
    assert first.exit_code == 1
    assert "never asked" in first.output
    assert not expected.exists()
    fine("expected", str(sample), "--write")
    assert "3 answers, as they were" in fine("expected", str(sample))
    kept = yaml.safe_load(expected.read_text(encoding="utf-8"))
    kept["kept_four"]["mean"] += 0.01
    expected.write_text(yaml.safe_dump(kept), encoding="utf-8")
    drifted = sim("expected", str(sample))
    assert drifted.exit_code == 1
    assert "kept_four: the file says" in drifted.output
    (told,) = parsed("expected", str(sample), "--write")
    assert (told["questions"], len(told["drifted"]), told["written"]) == (3, 1, True)
    assert fine("expected", str(sample))


@pytest.mark.parametrize("words", [("workshop", "w1"), ("workshop", "open", "w1")])
def test_a_workshops_name_alone_opens_its_desk(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    served: list[pages.Server] = []

    def serve(server: pages.Server, **_: bool) -> int:
        served.append(server)
        return 0

    monkeypatch.setattr(workshop, "serve", serve)
    assert sim(*words, "--folder", str(tmp_path / "mine"), "--no-browser").exit_code == 0
    (server,) = served
    assert server.environment[DESK_WORKSHOP] == "w1"
    assert server.environment[DESK_FOLDER] == str(tmp_path / "mine")
    assert any(word.endswith("facilitator.ipynb") for word in server.command)


def test_an_unknown_workshop_is_told_with_the_nearest_name() -> None:
    result = sim("workshop", "w11")
    assert result.exit_code != 0
    assert "nearest is w1" in result.stderr
