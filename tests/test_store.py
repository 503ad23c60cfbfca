"""Is what a session acknowledged in its file, whatever happens to the process, the disk or the file?"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario import BadInput
from sim.workshop import store as store_module
from sim.workshop.store import NAME, Store, read_only

ROOT = Path(__file__).parents[1]
WRITER = """
import sys
from pathlib import Path
from sim.workshop.store import Store
store = Store.open(Path(sys.argv[1]))
for at in range(100_000):
    event = store.append("noted", {"text": f"note {at} " + "x" * 300})
    print(event.number, flush=True)
"""
FULL = """
import resource, sys
from pathlib import Path
from sim.scenario import BadInput
from sim.workshop.store import Store
store = Store.open(Path(sys.argv[1]))
store.append("noted", {"text": "before"})
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
told = 0
for at in range(200):
    try:
        store.append("noted", {"text": "x" * 900})
    except BadInput as error:
        print(error)
        break
print(len(store.events), store.stored())
"""


def filled(path: Path, events: int = 300) -> None:
    """A session file of many pages, closed."""
    with Store.open(path) as store:
        for at in range(events):
            store.append("noted", {"text": f"note {at} " + "x" * 400})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / NAME


# ----------------------------------------------------------------------------------------------- remembering


def test_what_was_appended_is_there_when_opened_again(path: Path) -> None:
    with Store.open(path, clock=lambda: "2026-01-01T09:00:00+00:00") as store:
        first = store.append("noted", {"text": "“Quotes”, <b>markup</b> and ☂"})
        second = store.append("moved", {"round": "staff", "phase": "predict", "stage": 0})
    with Store.open(path) as store:
        assert store.events == (first, second)
        assert [event.number for event in store.events] == [1, 2]
        assert store.events[0].at == "2026-01-01T09:00:00+00:00"
        assert store.told == ""


def test_the_file_is_written_through_to_the_disk_before_it_is_acknowledged(path: Path) -> None:
    with Store.open(path) as store:
        ask = store._connection.execute
        assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
        assert ask("PRAGMA synchronous").fetchone() == (2,)


@pytest.mark.parametrize("words", ["UPDATE events SET payload = '{}'", "DELETE FROM events"])
def test_nothing_can_be_changed_or_deleted(path: Path, words: str) -> None:
    with Store.open(path) as store:
        store.append("noted", {"text": "kept"})
    with sqlite3.connect(path) as connection, pytest.raises(sqlite3.IntegrityError, match="never changed"):
        connection.execute(words)
    connection.close()
    assert [event.payload for event in read_only(path)] == [{"text": "kept"}]


def test_another_program_can_read_while_a_desk_writes(path: Path) -> None:
    with Store.open(path) as store:
        store.append("noted", {"text": "one"})
        assert [event.payload["text"] for event in read_only(path)] == ["one"]
        store.append("noted", {"text": "two"})
        assert len(read_only(path)) == store.stored() == 2


def test_many_threads_lose_and_double_nothing(path: Path) -> None:
    with Store.open(path) as store:

        def write(who: int) -> None:
            for at in range(20):
                store.append("noted", {"text": f"{who} {at}"})

        threads = [Thread(target=write, args=(who,)) for who in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [event.number for event in store.events] == list(range(1, 101))
        assert len({event.payload["text"] for event in store.events}) == store.stored() == 100


def test_a_closed_store_says_so(path: Path) -> None:
    store = Store.open(path)
    store.close()
    store.close()
    with pytest.raises(BadInput, match="is closed"):
        store.append("noted", {"text": "late"})


# ------------------------------------------------------------------------------------------ killed, and doubled


def started(script: str, path: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no kill -9")
def test_a_killed_desk_loses_nothing_it_acknowledged_and_leaves_no_lock(path: Path) -> None:
    with started(WRITER, path) as writer:
        assert writer.stdout
        acknowledged = [int(writer.stdout.readline()) for _ in range(60)]
        with pytest.raises(BadInput, match="another desk"):
            Store.open(path)
        writer.kill()
        acknowledged += [int(line) for line in writer.stdout if line.endswith("\n")]
    assert writer.returncode == -signal.SIGKILL
    with Store.open(path) as store:
        numbers = [event.number for event in store.events]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= len(acknowledged) >= 60
        assert store.told == ""
        assert store.append("noted", {"text": "on we go"}).number == len(numbers) + 1


def test_a_second_desk_gets_one_sentence_and_the_first_goes_on(path: Path) -> None:
    with Store.open(path) as store:
        with pytest.raises(BadInput, match=r"^session\.db: another desk has this session open; .*\.$"):
            Store.open(path)
        store.append("noted", {"text": "still here"})
    with Store.open(path) as again:
        assert len(again.events) == 1


# ------------------------------------------------------------------------------------- disks that take no more


def test_a_full_disk_takes_nothing_back_and_the_session_goes_on_when_there_is_room(path: Path) -> None:
    with Store.open(path) as store:
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count={pages + 2}")
        with pytest.raises(BadInput, match=r"^session\.db: the disk is full; make room and do it again\.$"):
            until_full(store)
        there = len(store.events)
        assert there == store.stored() > 0
        store._connection.execute("PRAGMA max_page_count=100000")
        assert store.append("noted", {"text": "room again"}).number == there + 1
    assert len(read_only(path)) == there + 1


def until_full(store: Store) -> None:
    for _ in range(50):
        store.append("noted", {"text": "x" * 1000})


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_file_that_may_not_grow_is_told_in_a_sentence(path: Path) -> None:
    with started(FULL, path) as writer:
        told, wrong = writer.communicate()
    sentence, counts = told.splitlines()
    acknowledged, stored = map(int, counts.split())
    assert sentence.startswith("session.db: the disk")
    assert acknowledged == stored > 1
    assert wrong == ""
    assert len(read_only(path)) == acknowledged


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(path: Path) -> None:
    path.parent.joinpath("file").write_text("no folder")
    with pytest.raises(BadInput, match="choose another folder"):
        Store.open(path.parent / "file" / NAME)
    with Store.open(path) as store:
        store._connection.execute("PRAGMA query_only=ON")
        with pytest.raises(BadInput, match="cannot be written; choose another folder"):
            store.append("noted", {"text": "no"})


# ------------------------------------------------------------------------------------------------ damaged files


def sqlite_of_another(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE photos (name TEXT)")
    connection.commit()
    connection.close()


def words_of_another(path: Path) -> None:
    path.write_text("Dear diary, " * 50)


@pytest.mark.parametrize("make", [sqlite_of_another, words_of_another])
def test_a_foreign_file_is_left_as_it_is(path: Path, make: Callable[[Path], None]) -> None:
    make(path)
    before = path.read_bytes()
    with pytest.raises(
        BadInput, match=r"^session\.db: is not a session of this kit; nothing was changed; .*\.$"
    ):
        Store.open(path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.damaged*"))


def test_a_truncated_file_is_kept_aside_and_what_can_be_read_is_saved(path: Path) -> None:
    filled(path)
    original = read_only(path)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size * 6 // 10)
    damaged = path.read_bytes()
    with Store.open(path) as store:
        saved = store.events[:-1]
        assert 100 < len(saved) < 300
        assert all(event == original[event.number - 1] for event in saved)
        assert store.events[-1].kind == "recovered"
        assert store.told == (
            f"session.db was damaged: {len(saved)} events were saved, "
            "and the damaged file is kept as session.db.damaged."
        )
        store.append("noted", {"text": "on we go"})
    assert path.with_name("session.db.damaged").read_bytes() == damaged
    with Store.open(path) as again:
        assert len(again.events) == len(saved) + 2
        assert again.told == ""


def test_pages_lost_in_the_middle_cost_only_their_own_events(path: Path) -> None:
    filled(path)
    original = read_only(path)
    with path.open("r+b") as file:
        file.seek(4096 * 12)
        file.write(b"\xff" * 4096)
    with Store.open(path) as store:
        saved = store.events[:-1]
        assert len(original) - 30 < len(saved) < len(original)
        assert all(event == original[event.number - 1] for event in saved)
        assert saved[-1].number == original[-1].number


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no kill -9")
@pytest.mark.parametrize("left", [b"", b"SQLite", bytes(4096), None])
def test_what_only_the_companion_file_holds_is_saved_and_kept_as_it_was(
    path: Path, left: bytes | None
) -> None:
    with started(WRITER, path) as writer:
        assert writer.stdout
        for _ in range(40):
            writer.stdout.readline()
        writer.kill()
    wal = path.with_name("session.db-wal").read_bytes()
    if left is None:
        path.unlink()
    else:
        path.write_bytes(left)
    with Store.open(path) as store:
        assert len(store.events) >= 41
        assert store.events[-1].kind == "recovered"
    assert path.with_name("session.db.damaged-wal").read_bytes() == wal


def test_a_second_damage_keeps_the_first_damaged_file(path: Path) -> None:
    for _ in range(2):
        filled(path, 100)
        with path.open("r+b") as file:
            file.truncate(path.stat().st_size // 2)
        Store.open(path).close()
    assert path.with_name("session.db.damaged").exists()
    assert path.with_name("session.db.damaged-2").exists()


def test_a_head_of_zeros_is_damage_and_not_a_foreign_file(path: Path) -> None:
    filled(path, 50)
    with path.open("r+b") as file:
        file.write(bytes(100))
    with Store.open(path) as store:
        assert "was damaged" in store.told
        store.append("noted", {"text": "on we go"})


def spoilt(path: Path, payload: bytes) -> None:
    """Three events, of which the second holds what no desk wrote."""
    filled(path, 1)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO events VALUES (2, 'then', 'noted', CAST(? AS TEXT), '1')", (payload,))
        connection.execute("INSERT INTO events VALUES (3, 'then', 'noted', '{\"text\": \"kept\"}', '1')")
    connection.close()


NOT_WRITTEN = (b"no JSON", b"[1, 2]", b'{"a": "full\xff"}')
"""No JSON, no object, and bytes that are not UTF-8 (and say "full", as a disk does)."""


@pytest.mark.parametrize("payload", NOT_WRITTEN)
def test_an_event_that_cannot_be_read_is_told_in_a_sentence_to_who_only_looks(
    path: Path, payload: bytes
) -> None:
    spoilt(path, payload)
    before = path.read_bytes()
    with pytest.raises(BadInput, match=r"^session\.db: is damaged, and was left as it is; .*\.$"):
        read_only(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("payload", NOT_WRITTEN)
def test_an_event_that_cannot_be_read_costs_none_of_the_others(path: Path, payload: bytes) -> None:
    spoilt(path, payload)
    with Store.open(path) as store:
        assert "was damaged" in store.told
        assert {1, 3} <= {event.number for event in store.events}
        assert store.events[2 if len(store.events) > 3 else 1].payload == {"text": "kept"}
    assert path.with_name("session.db.damaged").exists()


STEPS = ("set_aside", "rescued", "_build", "finished", "_connected")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("after", [False, True])
def test_a_rescue_that_is_cut_short_anywhere_is_finished_by_the_next_desk(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    after: bool,  # the crash comes after the step, or before it
) -> None:
    filled(path)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size * 6 // 10)
    with monkeypatch.context() as patch:
        crash(patch, step, after=after)
        with pytest.raises(KeyboardInterrupt):
            Store.open(path)
    with Store.open(path) as store:
        assert len(store.events) > 100
        assert store.events[-1].kind == "recovered"
        assert f"{len(store.events) - 1} events were saved" in store.told
    assert not list(path.parent.glob("*.rescued*"))


def crash(patch: pytest.MonkeyPatch, step: str, *, after: bool) -> None:
    """Have a rescue end in the middle of things, as a process does that is killed."""
    holder = Store if step == "_connected" else store_module
    real, calls = getattr(holder, step), 0

    def crashing(*args: object) -> object:
        nonlocal calls
        calls += 1
        if step in ("finished", "_connected") and calls == 1:  # before the damage is known
            return real(*args)
        if after:
            real(*args)
        raise KeyboardInterrupt

    patch.setattr(holder, step, crashing)


def test_the_file_is_there_at_every_moment_of_a_rescue(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path, 100)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    seen = []
    for step in ("rescued", "_build"):
        real = getattr(store_module, step)

        def looking(*args: object, real: Callable[..., object] = real) -> object:
            seen.append(path.exists())
            came = real(*args)
            seen.append(path.exists())
            return came

        monkeypatch.setattr(store_module, step, looking)
    Store.open(path).close()
    assert seen == [True] * 4


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / NAME
    filled(path, 120)
    return path


@given(
    cut=st.floats(0, 1),
    spoilt=st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=64)), max_size=3),
)
def test_whatever_is_left_of_a_file_opens_or_is_refused_in_a_sentence(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, cut: float, spoilt: list[tuple[float, bytes]]
) -> None:
    path = tmp_path_factory.mktemp("cut") / NAME
    content = bytearray(whole.read_bytes())
    del content[int(cut * len(content)) :]
    for at, noise in spoilt:
        place = int(at * len(content))
        content[place : place + len(noise)] = noise[: len(content) - place]
    path.write_bytes(content)
    try:
        with Store.open(path) as store:
            number = store.append("noted", {"text": "on we go"}).number
            assert store.stored() == len(store.events)
        assert read_only(path)[-1].number == number
    except BadInput as error:
        assert str(error).endswith(".")
        assert "\n" not in str(error)
        assert path.read_bytes() == content
    finally:
        shutil.rmtree(path.parent)
