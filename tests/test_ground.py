"""Does the ground hold: one list of versions, a starter that needs only Python, rooms that look one way?"""

import ast
import json
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import kit

ROOT = Path(__file__).resolve().parent.parent
OVERRIDE = Path("share/jupyter/lab/settings/overrides.d/meet-the-bar.json")
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
LONGEST_FUNCTION = 40
HEAVY = ("matplotlib", "pandas", "ipywidgets", "scipy.stats", "IPython", "joblib", "simpy")

PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONSTRAINTS = (ROOT / "constraints.txt").read_text()


def requirements(*groups: str) -> dict[str, Requirement]:
    """What pyproject.toml asks for, by name: the project's own dependencies and these groups."""
    lines = [*PYPROJECT["project"]["dependencies"]]
    lines += [line for group in groups for line in PYPROJECT["dependency-groups"][group]]
    found = map(Requirement, lines)
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def entries(text: str) -> dict[str, str]:
    """The entries of a constraints file by name, each with its hashes and comments."""
    parts = re.split(r"(?m)^(?=[A-Za-z0-9])", text)
    return {re.split(r"[^\w.-]", part, maxsplit=1)[0]: part for part in parts[1:]}


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the project's folder with these arguments."""
    return subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)


def python_files() -> list[Path]:
    return [ROOT / "kit.py", *sorted((ROOT / "sim").rglob("*.py")), *sorted((ROOT / "tests").glob("*.py"))]


# ---------------------------------------------------------------------------- one list of what is needed


def conda_requirements() -> dict[str, Requirement]:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    lines = [line for line in environment["dependencies"] if isinstance(line, str)]
    found = {line.split()[0]: Requirement(line) for line in lines}
    return {CONDA_NAMES.get(name, name): requirement for name, requirement in found.items()}


def test_environment_and_pyproject_ask_for_the_same_ranges() -> None:
    conda = conda_requirements()
    python = conda.pop("python").specifier
    del conda["pip"]
    assert {name: found.specifier for name, found in conda.items()} == {
        name: asked.specifier for name, asked in requirements().items()
    }
    for classifier in PYPROJECT["project"]["classifiers"]:
        version = classifier.removeprefix("Programming Language :: Python :: ")
        if version != classifier:
            assert version in python
            assert version in SpecifierSet(PYPROJECT["project"]["requires-python"])


def test_environment_leaves_only_the_kit_itself_to_pip() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    by_pip = [line["pip"] for line in environment["dependencies"] if isinstance(line, dict)]
    assert by_pip == [["-e ."]]
    assert "defaults" not in environment["channels"]


def test_constraints_satisfy_pyproject() -> None:
    pinned = entries(CONSTRAINTS)
    for name, asked in requirements("build", "wheels", "test").items():
        version = pinned[name].split("==")[1].split()[0]
        assert version in asked.specifier, f"{name} {version} is not {asked.specifier}"


def test_every_entry_is_pinned_with_hashes() -> None:
    assert entries(CONSTRAINTS)
    for entry in entries(CONSTRAINTS).values():
        first, *others = entry.splitlines()
        assert re.match(r"^[a-z0-9._-]+==[0-9][\w.]*( ; [^;\\]+)? \\$", first), first
        hashes = [line for line in others if not line.lstrip().startswith("#")]
        assert hashes, first
        for line in hashes:
            assert re.match(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$", line), line


def test_constraints_name_no_host_and_no_path() -> None:
    assert not re.search(r"https?:|index|find-links|\.(org|com|io|net)\b|/|@", CONSTRAINTS)


def test_one_version_serves_every_python_and_system() -> None:
    names = re.findall(r"(?m)^([a-z0-9._-]+)==", CONSTRAINTS)
    assert len(names) == len(set(names))


def test_versions_of_the_kit_agree() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert str(citation["version"]) == PYPROJECT["project"]["version"] == distribution("meet-the-bar").version


# ------------------------------------------------------------------------------------------ the starter


def test_the_starter_imports_only_the_standard_library() -> None:
    for node in ast.walk(ast.parse((ROOT / "kit.py").read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names = [node.module or ""]
        assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_an_older_python_can_read_the_starter_far_enough_to_be_told() -> None:
    ast.parse((ROOT / "kit.py").read_text(), feature_version=(3, 6))
    assert kit.old_python_sentence((3, 9)) == "Meet the Bar needs Python 3.11 or newer; this is Python 3.9."
    assert kit.old_python_sentence((2, 7)).endswith("this is Python 2.7.")


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13), (4, 0)])
def test_a_new_enough_python_is_told_nothing(version: tuple[int, int]) -> None:
    assert kit.old_python_sentence(version) == ""


SAMPLE = """\
# made by a tool
apple==1.0 \\
    --hash=sha256:aa
    # via meet-the-bar (pyproject.toml)
core==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:bb \\
    --hash=sha256:cc
    # via
    #   apple
    #   oven
oven==3.0 \\
    --hash=sha256:dd
    # via meet-the-bar (pyproject.toml:test)
peel==4.0 \\
    --hash=sha256:ee
    # via core
"""


def test_only_what_is_asked_for_is_installed() -> None:
    assert list(entries(kit.needed(SAMPLE, ()))) == ["apple", "core", "peel"]
    assert list(entries(kit.needed(SAMPLE, ("test",)))) == ["apple", "core", "oven", "peel"]
    assert "sys_platform == 'win32' \\\n    --hash=sha256:bb" in kit.needed(SAMPLE, ())
    assert kit.needed(SAMPLE.replace("meet-the-bar", "another"), ("test",)) == ""


def test_every_pin_serves_the_tests() -> None:
    assert entries(kit.needed(CONSTRAINTS, kit.GROUPS["test"])).keys() == entries(CONSTRAINTS).keys()


def test_what_the_lab_needs_is_complete_and_without_the_tests() -> None:
    chosen = set(entries(kit.needed(CONSTRAINTS, kit.GROUPS["lab"])))
    assert set(requirements("build", "wheels")) <= chosen
    assert not {"pytest", "playwright", "mypy", "ortools"} & chosen
    for name in chosen - {"appnope", "colorama", "pywinpty", "overrides"}:  # not on every system and Python
        asked = map(Requirement, distribution(name).requires or [])
        here = (found for found in asked if not found.marker or found.marker.evaluate({"extra": ""}))
        assert {canonicalize_name(found.name) for found in here} <= chosen, name


def project_in(folder: Path) -> Path:
    """A folder with the two files that an installation depends on."""
    (folder / "constraints.txt").write_text("apple==1.0\n")
    (folder / "pyproject.toml").write_text("[project]\n")
    return folder


@pytest.mark.parametrize("changed", ["constraints.txt", "pyproject.toml"])
def test_a_changed_list_asks_for_another_installation(tmp_path: Path, changed: str) -> None:
    before = kit.stamp(project_in(tmp_path), "3.11")
    assert kit.stamp(tmp_path, "3.11") == before
    (tmp_path / changed).write_text("other\n")
    assert kit.stamp(tmp_path, "3.11") != before


def test_another_python_or_place_asks_for_another_installation(tmp_path: Path) -> None:
    (tmp_path / "moved").mkdir()
    before = kit.stamp(project_in(tmp_path), "3.11")
    assert kit.stamp(tmp_path, "3.12") != before
    assert kit.stamp(project_in(tmp_path / "moved"), "3.11") != before


def test_an_installation_for_the_tests_serves_the_lab_but_not_the_reverse(tmp_path: Path) -> None:
    (tmp_path / "kit-lab.stamp").write_text("now")
    assert kit.is_installed(tmp_path, "lab", "now")
    assert not kit.is_installed(tmp_path, "lab", "later")
    assert not kit.is_installed(tmp_path, "test", "now")
    (tmp_path / "kit-test.stamp").write_text("later")
    assert kit.is_installed(tmp_path, "lab", "later")


def test_uv_is_chosen_where_it_is_and_pip_is_always_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/somewhere/{name}")
    assert kit.installers() == ["uv", "pip"]
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert kit.installers() == ["pip"]


@pytest.mark.parametrize("installer", ["uv", "pip"])
def test_hashes_are_required_and_the_kit_stays_editable(installer: str) -> None:
    pins, project = kit.install_commands(installer, Path("python"), Path("pins.txt"))
    assert pins[-3:] == ["--require-hashes", "-r", "pins.txt"]
    assert project[-4:] == ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]


class Installations:
    """Stands in for the programs that install: fails at the named word, remembers what was run."""

    def __init__(self, failing: str = "nothing") -> None:
        self.failing = failing
        self.commands: list[str] = []

    def __call__(self, command: list[str], _log: Path) -> bool:
        self.commands.append(" ".join(command))
        if "-m venv" in self.commands[-1]:
            Path(command[-1]).mkdir()
        return self.failing not in self.commands[-1]


@pytest.fixture
def kit_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The starter at work in a folder of its own, whose environment has a Python that runs."""
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(kit, "ROOT", project_in(tmp_path))
    monkeypatch.setattr(kit, "installers", lambda: ["pip"])
    monkeypatch.setattr(kit, "venv_python", lambda _venv: Path(sys.executable))
    return tmp_path


def test_a_finished_installation_is_not_done_again(kit_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = Installations()
    monkeypatch.setattr(kit, "run_logged", programs)
    kit.ready("lab")
    first = len(programs.commands)
    kit.ready("lab")
    assert first == len(programs.commands) > 0
    (kit_folder / "constraints.txt").write_text("apple==2.0\n")
    kit.ready("lab")
    assert len(programs.commands) > first


@pytest.mark.parametrize("failing", ["--require-hashes", "--no-build-isolation"])
def test_a_half_installation_is_named_and_done_again(
    kit_folder: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    (kit_folder / ".venv" / "kit-lab.stamp").write_text("an older one")
    programs = Installations(failing)
    monkeypatch.setattr(kit, "run_logged", programs)
    with pytest.raises(kit.Trouble, match=r"kit-install\.log"):
        kit.ready("lab")
    assert not list((kit_folder / ".venv").glob("*.stamp"))
    (kit_folder / ".venv" / "half a package").touch()
    programs.failing = "nothing"
    kit.ready("lab")
    assert sum("--require-hashes" in command for command in programs.commands) == 2
    assert sorted(file.name for file in (kit_folder / ".venv").iterdir()) == [
        "kit-lab.stamp",
        "kit-requirements.txt",
    ]


def test_pip_takes_over_where_uv_fails(kit_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "installers", lambda: ["uv", "pip"])
    programs = Installations("uv pip")
    monkeypatch.setattr(kit, "run_logged", programs)
    kit.ready("lab")
    assert (kit_folder / ".venv" / "kit-lab.stamp").is_file()
    assert "-m pip" in programs.commands[-1]


@pytest.mark.usefixtures("kit_folder")
def test_trouble_is_one_sentence_and_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(kit, "run_logged", Installations("pip"))
    assert kit.main(["--no-browser"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Setting up did not finish")
    assert said.count("\n") == 1


def test_a_command_leaves_its_words_in_the_log(tmp_path: Path) -> None:
    log = tmp_path / "words.log"
    assert kit.run_logged([sys.executable, "-c", "print('went well')"], log)
    assert not kit.run_logged([sys.executable, "-c", "raise SystemExit('went wrong')"], log)
    assert "went well" in log.read_text()
    assert "went wrong" in log.read_text()


def test_a_python_that_does_not_run_has_no_version(tmp_path: Path) -> None:
    assert kit.version_of(Path(sys.executable)) == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert kit.version_of(tmp_path / "python") == ""


def test_a_busy_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind((kit.HOST, 0))
        taken.listen()
        busy = taken.getsockname()[1]
        chosen = kit.free_port(busy)
        assert chosen != busy
    with socket.socket() as now_free:
        now_free.bind((kit.HOST, chosen))


def test_the_lab_serves_this_computer_only_and_root_only_when_root() -> None:
    command = kit.lab_command(Path("python"), 8888, root_user=False)
    assert "--ServerApp.ip=127.0.0.1" in command
    assert "--allow-root" not in command
    assert kit.lab_command(Path("python"), 8888, root_user=True) == [*command, "--allow-root"]


def test_a_port_out_of_range_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        kit.options(["--port", "80"])
    assert "--port is 80; choose one from 1024 to 65535" in capsys.readouterr().err


def test_help_names_every_command() -> None:
    shown = run("kit.py", "--help").stdout
    for word in ("python3 kit.py test", "--no-browser", "--port", "Python 3.11"):
        assert word in shown


# -------------------------------------------------------------------------------------- the house rules


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("-m", "ruff", "check", "--no-fix"), id="ruff check"),
        pytest.param(("-m", "ruff", "format", "--check"), id="ruff format"),
        pytest.param(("-m", "mypy"), id="mypy"),
        pytest.param(("-c", "from importlinter.cli import lint_imports_command as go; go()"), id="rooms"),
    ],
)
def test_the_checkers_have_nothing_to_say(command: tuple[str, ...]) -> None:
    checked = run(*command)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_importing_sim_is_light() -> None:
    loaded = run("-c", "import sim, sys; print(*sys.modules)")
    assert loaded.returncode == 0, loaded.stderr
    assert not set(HEAVY) & set(loaded.stdout.split())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_function_is_longer_than_a_screen() -> None:
    for path in python_files():
        for function in functions(path):
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            assert lines <= LONGEST_FUNCTION, f"{function.name} in {path.name} has {lines} lines"


def test_notebooks_hold_no_functions_and_no_classes() -> None:
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                source = "".join(cell["source"])
                assert not re.search(r"(?m)^\s*(async def|def|class) ", source), f"{path.name}: {source}"


# ------------------------------------------------------------------------------- the lab's own settings


def test_the_lab_settings_are_ones_this_jupyterlab_knows() -> None:
    shipped = json.loads((ROOT / OVERRIDE).read_text())
    assert len(shipped) == 2
    for plugin, settings in shipped.items():
        package, name = plugin.split(":")
        schema = Path(sys.prefix, "share/jupyter/lab/schemas", package, f"{name}.json")
        known = json.loads(schema.read_text())["properties"]
        for key, value in settings.items():
            choices = [choice["const"] for choice in known[key].get("oneOf", [])] or [True, False]
            assert value in choices
            assert value != known[key]["default"], f"{key} would be {value} anyway"


def test_the_lab_settings_are_installed_with_the_kit() -> None:
    installed = Path(sys.prefix) / OVERRIDE
    assert json.loads(installed.read_text()) == json.loads((ROOT / OVERRIDE).read_text())
