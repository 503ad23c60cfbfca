"""Does the README tell the truth: its code runs, its commands and files exist?"""

import re
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from sim.cli.app import app
from sim.theory import erlang_a_queue
from sim.workshop.source import workshop_names

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_runs_and_agrees_with_theory(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    exec(code, {})  # noqa: S102  # our own page
    mean, width = map(float, re.findall(r"(?:mean|half_width)=([\d.e-]+)", capsys.readouterr().out))
    assert abs(mean - erlang_a_queue(19, 1, 20, 5).p_abandon) < 2 * width


def test_every_command_it_names_exists() -> None:
    named = set(re.findall(r"`sim ([a-z-]+)", README))
    assert named
    assert named <= set(get_command(app).commands)  # type: ignore[attr-defined]  # a group


def test_the_managers_two_lines_do_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, comparing = (
        line.split()[1:]
        for line in re.findall(r"^    (sim (?:import-report|compare) .*)$", README, flags=re.MULTILINE)
    )
    monkeypatch.chdir(tmp_path)
    Path(reading[1]).write_bytes((ROOT / "sim/report/example_report.csv").read_bytes())

    read = CliRunner().invoke(app, reading)
    compared = CliRunner().invoke(app, [*comparing, "--replications", "2"])

    assert (read.exit_code, compared.exit_code) == (0, 0), read.output + compared.output
    assert "Staffing 11 instead of" in compared.output


def test_the_workshops_three_lines_are_commands() -> None:
    lines = re.findall(r"^    sim workshop (\S+)", README, flags=re.MULTILINE)
    group = get_command(app).commands["workshop"]  # type: ignore[attr-defined]  # a group
    assert len(lines) == 3
    assert set(lines) <= {*group.commands, *workshop_names()}


def test_every_file_it_links_exists() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert len(links) > 4
    assert [link for link in links if not (ROOT / link).exists()] == []
