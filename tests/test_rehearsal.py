"""Can one person rehearse a whole room, through the same session that the desk uses?"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from small_workshop import small
from typer.testing import CliRunner

from sim.cli.app import app
from sim.scenario import BadInput
from sim.workshop import rehearsal as rehearsal_module
from sim.workshop import robots
from sim.workshop.board import board
from sim.workshop.forecast import cup
from sim.workshop.rehearsal import Rehearsal, rehearse
from sim.workshop.report import plain, report
from sim.workshop.session import Session
from sim.workshop.source import workshop, workshop_names
from sim.workshop.state import fold
from sim.workshop.store import read_only


@pytest.fixture(scope="module", autouse=True)
def _no_warming_up() -> Iterator[None]:
    """These rehearsals run in this process, where there is nothing to warm."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rehearsal_module, "warm_up", lambda *_: None)
        yield


def rehearsed(folder: Path, **more: Any) -> tuple[Rehearsal, list[str]]:
    said: list[str] = []
    return rehearse(small(), folder, tell=said.append, workers=1, **more), said


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rehearsal, list[str]]:
    return rehearsed(tmp_path_factory.mktemp("played") / "new")


def test_fifteen_teams_play_every_round_and_every_event_is_stored(
    played: tuple[Rehearsal, list[str]],
) -> None:
    found, _ = played
    assert (found.teams, found.rounds, len(found.round_seconds)) == (15, 2, 2)
    assert found.acknowledged == found.stored == len(read_only(found.file)) > 60
    state = fold(read_only(found.file))
    assert (state.round, state.phase) == ("buy", "debrief")
    assert all(state.of(each.id).result for each in small().rounds)


def test_the_session_can_be_opened_as_the_desk_does(played: tuple[Rehearsal, list[str]]) -> None:
    with Session.open(played[0].file.parent, small()) as session:
        assert len(board(session).rows) == 15
        assert len(cup(session).rows) == 15
        assert report(session) == played[0].report.read_text(encoding="utf-8")


def test_the_robots_do_all_that_a_room_does(played: tuple[Rehearsal, list[str]]) -> None:
    said = "\n".join(played[1])
    for words in (
        "holds no number",
        "is locked in",
        "is outside",
        "is late",
        ", late.",
        "; replaces ",
        "does not hold together",
    ):
        assert words in said, words
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in played[1])


def test_the_characters_do_what_their_names_say(played: tuple[Rehearsal, list[str]]) -> None:
    state = fold(read_only(played[0].file))
    number = {team.name: team.number for team in state.teams}
    made = state.of("staff").decisions
    agents = {
        name: made[at].changes.get("plan.staffing.agents", 9) for name, at in number.items() if at in made
    }
    assert agents["Larks"] == 6
    assert agents["Otters"] == 12
    assert agents["Harbour"] == 9
    assert agents["Tilde"] == agents["Larks"]
    assert made[number["Quay"]].times == 2
    assert made[number["Juniper"]].late
    assert number["Mosaic"] not in made
    assert state.of("buy").decisions[number["Saffron"]].choice == "wow"


def test_the_same_seed_makes_the_same_rehearsal(tmp_path: Path, played: tuple[Rehearsal, list[str]]) -> None:
    again, said = rehearsed(tmp_path)
    assert said == played[1]
    assert again.report.read_text(encoding="utf-8") == played[0].report.read_text(encoding="utf-8")


def test_the_report_has_boards_cup_and_debrief(played: tuple[Rehearsal, list[str]]) -> None:
    told = played[0].report.read_text(encoding="utf-8")
    for words in (
        "# A small workshop",
        "## How many?",
        "## One of two",
        "luck band",
        "## Forecasters' cup, all rounds",
    ):
        assert words in told
    assert told.count("(carried over)") >= 2
    assert "nan" not in told
    assert "a rule of the game, not a finding" in told


def test_some_robots_hand_in_codes_and_one_of_them_mistypes(tmp_path: Path) -> None:
    with Session.open(tmp_path, small()) as session:
        robots.seat(session)
        session.go("decide")
        said = robots.decide(session)
        assert sum("does not hold together" in sentence for sentence in said) == 1
        by_code = [made for made in session.state.now.decisions.values() if made.via == "code"]
        assert len(by_code) == len(robots.BY_CODE)


PLAYER = """
import sys
from pathlib import Path
from small_workshop import small
from sim.workshop.rehearsal import rehearse
rehearse(small(), Path(sys.argv[1]), tell=lambda words: print(words, flush=True), workers=1)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no kill -9")
def test_a_desk_killed_in_a_round_goes_on_where_it_was(tmp_path: Path) -> None:
    root = Path(__file__).parents[1]
    path = os.pathsep.join([str(root), str(root / "tests")])
    with subprocess.Popen(
        [sys.executable, "-c", PLAYER, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
    ) as player:
        assert player.stdout
        said = [line for line in iter(player.stdout.readline, "Round 2, One of two: predict.\n") if line]
        player.kill()
    assert "Round 2, One of two: brief.\n" in said
    with Session.open(tmp_path, small()) as session:
        assert session.state.round == "buy"
        assert len(board(session, "staff").rows) == 15
        session.go("decide")
        robots.decide(session)
        session.go("frozen")
        session.compute(workers=1)
        assert len(board(session).rows) == 15
        assert session.store.stored() == len(session.events)


def test_a_folder_with_a_session_is_left_alone(tmp_path: Path) -> None:
    Session.open(tmp_path, small()).close()
    before = len(read_only(tmp_path / "session.db"))
    with pytest.raises(BadInput, match="a session is in this folder already"):
        rehearsed(tmp_path)
    assert len(read_only(tmp_path / "session.db")) == before


def test_in_real_time_it_waits_for_the_run_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    minute = [0.0]
    monkeypatch.setattr(rehearsal_module, "elapsed", lambda *_: minute[0])

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        minute[0] += seconds / 60

    waits: list[float] = []
    rehearsed(tmp_path, real_time=True, sleep=sleep)
    assert sum(waits) == 20 * 60, "the last step of the run sheet is at 20 minutes"
    assert waits[:2] == [5 * 60, 5 * 60]


def test_a_stop_ends_it_and_keeps_what_was_played(tmp_path: Path) -> None:
    stop, said = Event(), list[str]()

    def listen(sentence: str) -> None:
        said.append(sentence)
        if "decide" in sentence:
            stop.set()

    with pytest.raises(BadInput, match="what was played so far is kept"):
        rehearse(small(), tmp_path, tell=listen, stop=stop, workers=1)
    assert fold(read_only(tmp_path / "session.db")).phase == "decide"


@pytest.mark.parametrize("name", workshop_names())
def test_robots_can_play_every_workshop_of_the_kit(tmp_path: Path, name: str) -> None:
    quick = workshop(name).model_copy(
        update={"operation": {"assumptions.demand.issues_per_day": 20}, "replications": 2}
    )
    found = rehearse(quick, tmp_path, workers=1)
    assert (found.rounds, found.stored) == (len(quick.rounds), found.acknowledged)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>Larks</b>", r"\<b\>Larks\</b\>"),
        ("a|b", r"a\|b"),
        ("**x** _y_ `z`", r"\*\*x\*\* \_y\_ \`z\`"),
        ("# head", r"\# head"),
        ("1. first", r"1\. first"),
        ("0.3 min", r"0\.3 min"),
        ("for 0.3 min", "for 0.3 min"),
        ("[a](b)", r"\[a\](b)"),
    ],
)
def test_markup_in_names_is_text_in_the_report(text: str, shown: str) -> None:
    assert plain(text) == shown


# ------------------------------------------------------------------------------------------------ command line


def sim(*words: str) -> Any:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def small_w1(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The command line rehearses the small workshop, in this process."""
    from sim.cli import workshop as command

    monkeypatch.setattr(command, "workshop", lambda _: small())
    monkeypatch.setattr(command, "play", lambda *given, **more: rehearse(*given, **more, workers=1))
    return lambda: None


@pytest.mark.usefixtures("small_w1")
def test_the_command_prints_what_was_acknowledged_and_stored(tmp_path: Path) -> None:
    told = sim("workshop", "rehearse", "w1", "--folder", str(tmp_path / "new"), "--json")
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    assert list(found) == ["teams", "rounds", "acknowledged", "stored", "round_seconds", "file", "report"]
    assert (found["teams"], found["rounds"], found["acknowledged"]) == (15, 2, found["stored"])
    assert len(found["round_seconds"]) == 2
    assert Path(found["report"]).is_file()


@pytest.mark.usefixtures("small_w1")
def test_the_command_tells_it_in_sentences_and_makes_a_new_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("w1-rehearsal", "w1-rehearsal-2"):
        told = sim("workshop", "rehearse", "w1")
        assert told.exit_code == 0, told.output
        assert "15 robot teams played 2 rounds." in told.stdout
        assert (tmp_path / folder / "report.md").is_file()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rehearse", "w11"], "w11: no workshop has this name; nearest is w1."),
        (["rehearse"], "sim workshop rehearse --help"),
        (["rehears", "w1"], "sim workshop --help"),
    ],
)
def test_words_that_do_not_fit_get_one_sentence(words: Sequence[str], told: str) -> None:
    found = sim("workshop", *words)
    assert found.exit_code == 2
    assert told in found.stderr
    assert found.stderr.count("\n") == 1


def test_the_list_names_every_workshop() -> None:
    found = json.loads(sim("workshop", "list", "--json").stdout)
    assert [each["name"] for each in found] == list(workshop_names())
    assert "Meet the bar before you beat it" in sim("workshop", "list").stdout
