"""Does a season keep its books, its luck and its word? Whole weeks of a small operation, one after the other.

Two thousand customers bring 46 issues a day to two agents and a specialist.
"""

import hashlib
import json
import math
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
import pytest
from any_scenario import any_scenario
from engines import HERE, compiled_people, needs_numba
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.experiment.seasons import Months, lived, seasons, still_there
from sim.flow import Engine
from sim.flow.contract import NOBODY, Floats, Ints, Table, Team
from sim.flow.issues import new_issues
from sim.flow.roster import team_sizes
from sim.measures.journal import journal
from sim.measures.work import work
from sim.scenario import BadInput, Scenario
from sim.scenario.events import EVENT_KINDS, Event
from sim.season import episodes, saving
from sim.season import week as room
from sim.season.clientele import clientele
from sim.season.contract import State, WeekRecord
from sim.season.episodes import PARTNER, SPECIALISTS
from sim.season.events import in_force
from sim.season.season import branch, season, settled
from sim.season.summary import SeasonSummary
from sim.season.week import beginning, week

Changes = Mapping[str, Any]
LOYALTY = "assumptions.customers.loyalty"
CONDUCT = "assumptions.customers.quality.difficult"
SMALL = {
    "assumptions.demand.customers": 2000,
    "assumptions.demand.issues_per_day": 46.0,
    "plan.staffing.agents": 2,
    "plan.staffing.specialists": 1,
}
EVERYTHING: Changes = MappingProxyType(
    {
        "plan.chatbot.coverage": 0.5,
        "plan.outsourcing.share": 0.5,
        "plan.staffing.agents": 4,
        "plan.empowerment.authority_limit": 5.0,
        "plan.delight.share": 0.2,
        "plan.recovery.reaches_out": 0.3,
        "plan.recovery.guarantee": 40.0,
        "plan.prevention.effort": 0.5,
        "plan.personalisation.variants": 2,
        "plan.core_first": True,
        "assumptions.workforce.careers.quits": 3.0,
        "assumptions.customers.memory.months": 1.0,
    }
)
"""Something of all that can happen."""
NOTHING: Changes = MappingProxyType({})


def small(changes: Changes = NOTHING, *events: Event) -> Scenario:
    """The small operation with these changes and events."""
    return Scenario().changed({**SMALL, **changes, "events": events})


class Weeks(NamedTuple):
    """States from before the first week to after the last, and the record of each week."""

    states: list[State]
    records: list[WeekRecord]

    def values(self, name: str) -> Floats:
        """One measure, week by week."""
        return np.array([record.values[name] for record in self.records])


def run(plan: Scenario, weeks: int, begins: State | None = None, engine: Engine = "auto") -> Weeks:
    """Some weeks of a plan, from its first Sunday night or from another."""
    states, records = [begins or beginning(plan, 1, 0)], []
    for state, record in season(states[0], plan, weeks, engine):
        states.append(state)
        records.append(record)
    return Weeks(states, records)


def frozen(found: Any) -> Any:
    """Everything in a state, a record or a summary, to the bit."""
    if isinstance(found, np.ndarray):
        return str(found.dtype), found.shape, found.tobytes()
    if is_dataclass(found):
        return {one.name: frozen(getattr(found, one.name)) for one in fields(found)}
    if isinstance(found, dict):
        return {name: frozen(one) for name, one in found.items()}
    return repr(found)


def same(one: Weeks, other: Weeks) -> None:
    """Both went the same way, to the bit."""
    assert [frozen(record) for record in one.records] == [frozen(record) for record in other.records]
    assert [frozen(state) for state in one.states] == [frozen(state) for state in other.states]


# ------------------------------------------------------------------------------------------- the books


class Went(NamedTuple):
    """A week: its plan with the events in force, before and after, what was told, the issues that came and went."""

    plan: Scenario
    before: State
    after: State
    record: WeekRecord
    new: Table
    lived: episodes.Lived


@contextmanager
def watched() -> Iterator[list[episodes.Lived]]:
    """What becomes of each week's issues."""
    found: list[episodes.Lived] = []

    def live(*told: Any) -> episodes.Lived:
        found.append(episodes.live(*told))
        return found[-1]

    with patch.object(room, "live", live):
        yield found


def went(plan: Scenario, weeks: int, seed: int = 1, engine: Engine = "auto") -> Iterator[Went]:
    """Some weeks as they went."""
    state = beginning(plan, seed, 0)
    for _ in range(weeks):
        now = in_force(plan, state.week - state.since)
        new = new_issues(now, seed, 0, state.week, engine, clientele(now, state))
        with watched() as found:
            after, record = week(state, plan, engine)
        yield Went(now, state, after, record, new, found[0])
        state = after


def luck_of(table: Table) -> list[tuple[int, int]]:
    """Which issue each row is: the week and the row of its luck."""
    return list(zip(table["week"].tolist(), table["row"].tolist(), strict=True))


def any_plan() -> st.SearchStrategy[Scenario]:
    """A small operation with anything in it, and up to three events within its first three weeks."""
    event = st.builds(
        Event,
        kind=st.sampled_from(list(EVENT_KINDS)),
        week=st.integers(0, 2),
        weeks=st.integers(1, 3),
        size=st.floats(0, 1) | st.just(3.0),
    )
    events = st.lists(event, max_size=3).map(tuple)
    return st.builds(
        lambda plan, now: plan.changed({"assumptions.demand.customers": 1000, "events": now}),
        any_scenario(),
        events,
    )


def books(question: Callable[[Went], None]) -> Callable[[], None]:
    """Ask the same of every one of three weeks of many plans."""

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(any_plan(), st.integers(0, 2**31))
    def asked(plan: Scenario, seed: int) -> None:
        for one in went(plan, 3, seed):
            question(one)

    asked.__name__ = asked.__qualname__ = question.__name__
    return asked


@books
def test_no_customer_appears_or_vanishes(one: Went) -> None:
    values, here = one.record.values, one.before.customers.alive
    assert values["customers"] == here.sum()
    assert one.after.customers.alive.sum() == here.sum() - values["left"] + values["joined"]


@books
def test_no_issue_is_lost_and_none_ends_twice(one: Went) -> None:
    brought = luck_of(one.new) + luck_of(one.before.open)
    became = luck_of(one.lived.ended) + luck_of(one.after.open)
    assert len(set(brought)) == len(brought)
    assert sorted(became) == sorted(brought)
    assert one.record.values["issues"] == len(one.lived.ended)


@books
def test_what_waits_is_what_is_open(one: Went) -> None:
    assert sorted(luck_of(one.after.waiting)) == sorted(luck_of(one.after.open))


@books
def test_every_post_of_the_plan_is_there_once(one: Went) -> None:
    staff, sizes = one.after.staff, team_sizes(one.plan)
    assert np.bincount(staff.team, minlength=len(Team)).tolist() == list(sizes)
    for team, size in zip(Team, sizes, strict=True):
        assert staff.number[staff.team == team].tolist() == list(range(size))
    assert one.record.values["at_work"] + one.record.values["vacancies"] == sum(sizes) - sizes[Team.PARTNER]


@books
def test_money_adds_up(one: Went) -> None:
    values = one.record.values
    assert values["profit"] == pytest.approx(values["margin"] - values["cost"])
    spent = [dollars for name, dollars in values.items() if name.startswith("cost_")]
    assert values["cost"] == pytest.approx(sum(spent))
    assert min(spent) >= 0


@books
def test_causes_add_up_to_the_customers_of_the_beginning_who_were_lost(one: Went) -> None:
    lost = still_there(one.before, one.before) - still_there(one.before, one.after)
    assert one.record.causes.sum() <= lost + 1e-9
    assert one.record.values["left"] == lost
    assert (one.record.causes >= 0).all()


def test_causes_add_up_to_the_share_of_the_beginning_that_is_lost_whoever_joined_and_left_again() -> None:
    plan = small({f"{LOYALTY}.churn_least": 0.2, f"{LOYALTY}.churn_most": 0.5, f"{LOYALTY}.joins": 0.05})
    begins = settled(plan, 1, 0, 4)
    found = lived(plan, begins, 12)
    at_first = np.count_nonzero(begins.customers.alive)
    assert found.causes.sum() / at_first == pytest.approx(1 - found.remaining[-1])
    assert found.weekly["left"].sum() > found.causes.sum() + 10  # newcomers who left again


@books
def test_desks_share_out_the_issues_that_a_person_held(one: Went) -> None:
    held = one.lived.ended["desk"] != NOBODY
    assert one.record.desks.sum() == np.count_nonzero(held)
    in_house = one.record.desks.shape[1] - 2
    desk = one.lived.ended["desk"][held]
    expected = [np.count_nonzero(desk == at) for at in (*range(in_house), SPECIALISTS, PARTNER)]
    assert one.record.desks.sum(axis=0).tolist() == expected


@books
def test_nothing_is_without_a_number(one: Went) -> None:
    """But the record of promises of somebody who never had an issue."""
    nothing_missing(one.after, one.record)


DOLLARS = ("margin", "profit", "goodwill")


def nothing_missing(state: State, record: WeekRecord) -> None:
    """No NaN and nothing infinite in people and money; shares are shares."""
    for part in (state.customers, state.staff):
        for one in fields(part):
            assert one.name == "kept" or np.isfinite(getattr(part, one.name)).all(), one.name
    kept = state.customers.kept
    for share in (kept[~np.isnan(kept)], state.staff.exhaustion, state.staff.attitude, state.standard.held):
        assert ((share >= 0) & (share <= 1)).all()
    money = [v for name, v in record.values.items() if name.startswith("cost") or name in DOLLARS]
    assert np.isfinite(money).all()


# --------------------------------------------------------------------------- stopped, saved, resumed, branched


def everything(*events: Event) -> Scenario:
    return small(EVERYTHING, *events)


ALL_AT_ONCE = tuple(Event(kind=kind, week=1, weeks=2, size=0.5) for kind in EVENT_KINDS)


@pytest.mark.parametrize("stop", [0, 2])
def test_stopped_saved_and_resumed_is_as_if_it_had_never_stopped(stop: int, tmp_path: Path) -> None:
    plan = everything(*ALL_AT_ONCE)
    through = run(plan, 4, beginning(plan, 1, 0, followed=(3, 5)))
    saving.save(through.states[stop], plan, tmp_path / "season")
    state, its_plan = saving.load(tmp_path / "season")
    assert its_plan == plan
    assert frozen(state) == frozen(through.states[stop])
    resumed = run(its_plan, 4 - stop, state)
    same(resumed, Weeks(through.states[stop:], through.records[stop:]))


def test_weeks_leave_the_state_they_begin_with_alone() -> None:
    plan = everything()
    begins = run(plan, 2).states[-1]
    before = frozen(begins)
    one, other = run(plan, 2, begins), run(small(), 2, branch(begins))
    assert frozen(begins) == before
    assert frozen(one.states[0]) == before
    same(run(plan, 2, begins), one)
    assert frozen(one.states[-1]) != frozen(other.states[-1])


def test_a_branch_without_events_is_the_same_season() -> None:
    plan = everything()
    through = run(plan, 4)
    branched = run(plan, 2, branch(through.states[2]))
    assert [frozen(record) for record in branched.records] == [frozen(one) for one in through.records[2:]]
    assert frozen(replace(branched.states[-1], since=0)) == frozen(through.states[-1])


def test_events_are_counted_from_the_branch() -> None:
    plan = everything(Event(kind="surge", week=0, weeks=1, size=2.0))
    calm, through = everything(), run(everything(), 3)
    assert frozen(run(plan, 1, through.states[2]).records) == frozen(run(calm, 1, through.states[2]).records)
    branched = run(plan, 1, branch(through.states[2]))
    assert branched.values("contacts")[0] > 1.5 * through.values("contacts")[2]


def test_what_befalls_a_plan_leaves_no_trace_in_the_operation_it_begins_in() -> None:
    begins = [frozen(settled(plan, 1, 0, weeks=2)) for plan in (everything(), everything(*ALL_AT_ONCE))]
    assert begins[0] == begins[1]


def test_an_operation_settles_as_it_would_be_lived_through() -> None:
    plan = everything()
    state = settled(plan, 1, 0, weeks=3)
    assert frozen(replace(state, since=0, followed=())) == frozen(run(plan, 3).states[-1])
    assert (state.since, state.week) == (3, 3)
    followed = list(state.followed)
    assert state.customers.alive[followed].all()
    assert len(set(followed)) == 3


@needs_numba
def test_both_engines_live_through_the_same_season() -> None:
    plan = everything(*ALL_AT_ONCE)
    one, *others = [run(plan, 4, engine=engine) for engine in HERE]
    for other in others:
        same(one, other)


@needs_numba
def test_the_season_is_compiled_for_one_kind_of_tables_only(tmp_path: Path) -> None:
    """Each further kind would cost everybody seconds: empty weeks, saved seasons, settled ones are of the same."""
    from sim.season import compiled as of_season

    plan = everything(*ALL_AT_ONCE)
    saving.save(run(plan, 2).states[-1], plan, tmp_path / "season")
    run(plan, 2, saving.load(tmp_path / "season")[0])
    run(small({"assumptions.demand.issues_per_day": 0.0}), 1)
    for kernel in (of_season._add_all, of_season._count_all, of_season._live_all):
        assert len(kernel.signatures) == 1


@needs_numba
def test_every_source_of_the_compiled_season_names_the_folder_of_its_code(tmp_path: Path) -> None:
    from sim.season import compiled as of_season

    found = set()
    for number, source in enumerate((None, *of_season.SOURCES)):
        folder = tmp_path / str(number)
        shutil.copytree(Path(of_season.__file__).parent, folder)
        if source:
            with (folder / source).open("a") as file:
                file.write("# another line\n")
        found.add(compiled_people.code_folder(*(folder / each for each in of_season.SOURCES)))
    assert len(found) == 1 + len(of_season.SOURCES)


def test_one_core_and_many_live_through_the_same_seasons() -> None:
    plans, months = (small(), everything()), Months(weeks=2, settle=1)
    found = [seasons(plans, 3, months=months, engine="simpy", workers=workers) for workers in (1, 2)]
    one, many = (frozen([frozen(each) for each in pair]) for pair in (f.summaries for f in found))
    assert one == many
    assert len(found[0].summaries) == 3


def test_replications_have_luck_of_their_own() -> None:
    found = seasons((small(),), 2, months=Months(weeks=1, settle=1), engine="simpy", workers=1)
    assert found.values("satisfaction")[0] != found.values("satisfaction")[1]


@pytest.mark.parametrize("weeks", [0, 3])
def test_at_the_beginning_everybody_is_still_there(weeks: int) -> None:
    begins = settled(small(), 1, 0, weeks)
    assert still_there(begins, begins) == np.count_nonzero(begins.customers.alive)


@pytest.mark.parametrize("since", [0, 1])
def test_whoever_is_followed_is_followed_until_they_leave(since: int) -> None:
    """From the first Sunday, or from the next one those who joined on it."""
    begins = branch(run(small({f"{LOYALTY}.joins": 0.05}), since, None).states[-1])
    here = begins.customers
    followed = tuple(np.flatnonzero(here.alive & (here.joined == since))[:5].tolist())
    found = run(small(LEAVING), 60, replace(begins, followed=followed))
    told = [one.place for record in found.records for one in record.told if one.what == "left"]
    assert len(followed) == 5
    assert sorted(told) == sorted(followed)


def test_customers_of_the_beginning_only_become_fewer() -> None:
    plan = small({f"{LOYALTY}.joins": 0.05})
    summary = lived(plan, settled(plan, 1, 0, 2), 8)
    assert (np.diff(summary.remaining) <= 0).all()
    assert summary.remaining[-1] < summary.remaining[0] <= 1


# ------------------------------------------------------------------------------- a file that is not whole


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A season as it is saved."""
    path = tmp_path_factory.mktemp("kept") / "season"
    plan = everything()
    saving.save(run(plan, 1).states[-1], plan, path)
    return path.read_bytes()


def refusal(content: bytes | None, path: Path) -> str:
    """The one sentence with which a file of this content is refused."""
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        saving.load(path)
    words = str(refused.value)
    assert words.endswith(".")
    assert words.removeprefix(path.name).count(".") == 1
    assert "\n" not in words
    return words


def test_a_file_cut_short_anywhere_is_refused(kept: bytes, tmp_path: Path) -> None:
    head = kept.index(b"\n") + 1
    lengths = {0, 1, head // 2, head - 1, head, head + 1, len(kept) // 2, len(kept) - 1}
    lengths |= set(range(0, len(kept), len(kept) // 40))
    for length in sorted(lengths):
        assert "season" in refusal(kept[:length], tmp_path / "season")


def test_a_file_with_a_byte_changed_anywhere_is_refused(kept: bytes, tmp_path: Path) -> None:
    head = kept.index(b"\n") + 1
    for place in [*range(head), *range(head, len(kept), len(kept) // 60), len(kept) - 1]:
        for bit in (1, 32):
            content = bytearray(kept)
            content[place] ^= bit
            refusal(bytes(content), tmp_path / "season")


def test_a_file_with_something_added_is_refused(kept: bytes, tmp_path: Path) -> None:
    assert "changed" in refusal(kept + b"\0", tmp_path / "season")


def test_a_file_of_another_format_says_so(kept: bytes, tmp_path: Path) -> None:
    here, other = saving.FORMAT, saving.FORMAT - 1
    older = kept.replace(b"season %d " % here, b"season %d " % other, 1)
    assert f"another version of the kit (format {other}, here {here})" in refusal(older, tmp_path / "season")


@pytest.mark.parametrize(
    "content",
    [
        b"\n",
        b"kit: 1\n",
        b"PK\3\4" + bytes(60),
        b"\x93NUMPY",
        b"meet-the-bar season\n",
        bytes(200),
        b"\xff\xfe\n",
    ],
)
def test_what_is_no_season_is_refused(content: bytes, tmp_path: Path) -> None:
    assert refusal(content, tmp_path / "season") == "season: is not a saved season."


@pytest.mark.parametrize("name", ["folder", "missing"])
def test_what_cannot_be_read_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert "could not be read" in refusal(None, tmp_path / name)


def signed(content: bytes) -> bytes:
    """A file of ours with whatever in it."""
    told = hashlib.sha256(content).hexdigest().encode()
    return b"%s %d %s\n%s" % (saving.MARK, saving.FORMAT, told, content)


@pytest.mark.parametrize("content", [b"PK", b"not a zip", json.dumps({}).encode(), b""])
def test_a_file_of_ours_that_lacks_what_a_season_needs_is_refused(content: bytes, tmp_path: Path) -> None:
    assert "lacks" in refusal(signed(content), tmp_path / "season")


# ---------------------------------------------------------------------------------- a save that fails


def full(path: Path, content: bytes) -> int:
    """A disk with room for half of it."""
    with path.open("wb") as file:
        file.write(content[: len(content) // 2])
    raise OSError(28, "No space left on device")


def denied(path: Path, target: Path) -> Path:
    raise PermissionError(13, "Permission denied", str(path), str(target))


@pytest.mark.parametrize(("step", "fails"), [("write_bytes", full), ("replace", denied)])
def test_a_save_that_fails_leaves_the_older_file_as_it_was(
    step: str, fails: Any, kept: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "season").write_bytes(kept)
    plan = small()
    newer = beginning(plan, 2, 0)
    monkeypatch.setattr(Path, step, fails)
    with pytest.raises(BadInput, match="season: could not be written"):
        saving.save(newer, plan, tmp_path / "season")
    monkeypatch.undo()
    assert [one.name for one in tmp_path.iterdir()] == ["season"]
    assert (tmp_path / "season").read_bytes() == kept


@pytest.mark.parametrize("place", ["folder", "missing/season", "file/season"])
def test_where_nothing_can_be_written_nothing_is(place: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside").write_text("mine")
    (tmp_path / "file").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    plan = small()
    with pytest.raises(BadInput, match="could not be written"):
        saving.save(beginning(plan, 1, 0), plan, tmp_path / place)
    assert sorted(tmp_path.rglob("*")) == before
    assert {one.read_text() for one in before if one.is_file()} == {"mine"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden here")
def test_a_folder_that_may_not_be_written_to_stays_as_it_was(kept: bytes, tmp_path: Path) -> None:
    (tmp_path / "season").write_bytes(kept)
    tmp_path.chmod(0o500)
    plan = small()
    try:
        with pytest.raises(BadInput, match="could not be written"):
            saving.save(beginning(plan, 1, 0), plan, tmp_path / "season")
    finally:
        tmp_path.chmod(0o700)
    assert (tmp_path / "season").read_bytes() == kept


@pytest.mark.parametrize("path", [".", "/"])
def test_a_folder_without_a_name_is_refused(path: str) -> None:
    plan = small()
    with pytest.raises(BadInput):
        saving.save(beginning(plan, 1, 0), plan, path)


def test_a_newer_save_replaces_the_older_one(kept: bytes, tmp_path: Path) -> None:
    path = tmp_path / "season"
    path.write_bytes(kept)
    plan = small()
    newer = beginning(plan, 2, 0)
    saving.save(newer, plan, path)
    assert frozen(saving.load(path)[0]) == frozen(newer)
    assert [one.name for one in tmp_path.iterdir()] == ["season"]


# ------------------------------------------------------------------- which way it goes, on common luck

PRESSED = {"plan.staffing.agents": 1, "assumptions.demand.issues_per_day": 92.0}
OFTEN = {"assumptions.demand.customers": 200, "plan.delight.share": 1.0}
PEOPLE = {"plan.staffing.agents": 6, "assumptions.workforce.careers.hero_bonus": 2.0}
SHARED = {"plan.outsourcing.share": 0.5, "plan.staffing.agents": 6}


@pytest.mark.parametrize(
    ("given_", "chosen", "measure", "sign"),
    [
        (PRESSED, {"plan.staffing.agents": 3}, "wait_mean", -1),
        (NOTHING, {"events": (Event(kind="surge", weeks=8, size=1.0),)}, "wait_mean", 1),
        (NOTHING, {f"{LOYALTY}.barrier": 0.9}, "left", -1),
        (NOTHING, {f"{LOYALTY}.barrier": 0.9}, "leaving", -1),
        (NOTHING, {"plan.prevention.effort": 1.0, "plan.prevention.feedback": 1.0}, "issues", -1),
        (OFTEN, {"plan.delight.refreshed": True}, "satisfaction", 1),
        (OFTEN, {"plan.delight.refreshed": True}, "cost_delight", 1),
        (PRESSED, {"plan.protection.time_standard": True}, "time_taken", 1),
        (PRESSED, {"plan.people.support": 1.0}, "exhaustion", -1),
        (PRESSED, {"plan.protection.from_abuse": 1.0}, "exhaustion", -1),
        (NOTHING, {"plan.people.recognition": 1.0}, "expected_quits", -1),
        (NOTHING, {"plan.people.pay": 1.3}, "expected_quits", -1),
        (PEOPLE, {"plan.people.heroes": 0.5}, "first_contact_resolution", 1),
        (PEOPLE, {"plan.people.training": 1.0}, "first_contact_resolution", 1),
        (NOTHING, {"plan.teamwork.departments": 5}, "satisfaction", -1),
        (NOTHING, {"plan.teamwork.departments": 1}, "satisfaction", 1),
        (NOTHING, {"plan.recovery.guarantee": 70.0}, "satisfaction", 1),
        (NOTHING, {"plan.recovery.guarantee": 70.0}, "satisfaction_spread", -1),
        (NOTHING, {CONDUCT: 1.0}, "kept_courtesy", -1),
        (NOTHING, {CONDUCT: 1.0}, "first_contact_resolution", -1),
        (NOTHING, {CONDUCT: 1.0}, "contacts_per_issue", 1),
        (NOTHING, {CONDUCT: 1.0}, "occupancy", 1),
        ({CONDUCT: 0.5}, {"assumptions.handling.difficult_talk": 2.0}, "occupancy", 1),
        ({CONDUCT: 0.5}, {"assumptions.resolution.difficult": 2.0}, "difficult_gap", 1),
        ({CONDUCT: 0.5}, {"plan.protection.from_abuse": 1.0}, "first_contact_resolution", -1),
        (NOTHING, {"assumptions.customers.quality.tastes_differ": 2.0}, "satisfaction_spread", 1),
        (NOTHING, {"plan.promise.answer_within": 0.5}, "expectation", 1),
        ({"plan.people.training": 0.0}, {"assumptions.authority.leakage": 1.0}, "goodwill", 1),
    ],
)
def test_which_way_it_goes(given_: Changes, chosen: Changes, measure: str, sign: int) -> None:
    usual = small(given_)
    without, with_ = (run(plan, 8).values(measure) for plan in (usual, usual.changed(chosen)))
    assert sign * (with_.mean() - without.mean()) > 0


def test_where_nobody_is_difficult_what_difficult_customers_do_changes_nothing() -> None:
    easy = small({CONDUCT: 0.0})
    worse = easy.changed(
        {"assumptions.handling.difficult_talk": 3.0, "assumptions.resolution.difficult": 3.0}
    )
    assert frozen(run(easy, 3).states[-1]) == frozen(run(worse, 3).states[-1])


def test_who_is_difficult_stays_so_in_the_issues_that_wait() -> None:
    for state in run(small({CONDUCT: 0.3}), 3).states[1:]:
        theirs = state.customers.difficult[state.waiting["customer"]]
        here = state.customers.joined[state.waiting["customer"]] <= state.waiting["week"]
        assert (state.waiting["difficult"] == theirs)[here].all()
        assert theirs.any()


def test_a_barrier_holds_some_of_those_who_would_leave_and_drives_nobody_out() -> None:
    free, held = (
        run(plan, 1).states[-1].customers
        for plan in (small({f"{LOYALTY}.joins": 0.0, f"{LOYALTY}.barrier": share}) for share in (0.0, 1.0))
    )
    assert (held.alive >= free.alive).all()
    assert held.alive.sum() > free.alive.sum()


def test_prevention_gives_nobody_an_issue_more() -> None:
    """Nobody leaves and nobody joins: whoever brings issues is the same in both."""
    stay = {f"{LOYALTY}.{name}": 0.0 for name in ("churn_least", "churn_most", "joins")}
    never = small(stay | {"assumptions.demand.prevention_rate": 1.0})
    much = never.changed({"plan.prevention.effort": 0.8, "plan.prevention.feedback": 1.0})
    fewer = 0
    for one, other in zip(went(never, 6), went(much, 6), strict=True):
        assert set(luck_of(other.new)) <= set(luck_of(one.new))
        brought = [np.bincount(week_.new["customer"], minlength=2000) for week_ in (one, other)]
        assert (brought[1] <= brought[0]).all()
        fewer += len(one.new) - len(other.new)
    assert fewer > 100


def test_a_protected_time_standard_is_held_whatever_the_pressure() -> None:
    hurried, held = (
        run(small(PRESSED | {"plan.protection.time_standard": protected}), 6) for protected in (False, True)
    )
    assert hurried.values("time_taken")[-1] < 0.9
    assert hurried.values("time_standard")[-1] < 0.99
    assert set(held.values("time_taken")) == set(held.values("time_standard")) == {1.0}
    assert (held.values("pressure")[1:] > 1.1).all()


def test_whoever_hands_contacts_over_is_not_pressed_by_the_work_of_before() -> None:
    today = settled(small({"plan.staffing.agents": 4}), 1, 0, 8)
    plan = small({"plan.staffing.agents": 4, "plan.outsourcing.share": 0.5})
    pressure = run(plan, 12, today).values("pressure")
    assert pressure[0] < 1.2 * pressure[6:].mean()


def test_turnover_at_the_partner_replaces_its_people_and_nobody_elses() -> None:
    calm = run(small(SHARED), 4)
    swept = run(small(SHARED, Event(kind="vendor_turnover", week=2, size=1.0)), 4)

    def newest(weeks: Weeks) -> list[Ints]:
        """Weeks since when the holders of the partner's posts, then of the house's, are learning."""
        staff = weeks.states[3].staff
        return [staff.hired[staff.team == Team.PARTNER], staff.hired[staff.team != Team.PARTNER]]

    assert (newest(swept)[0] >= 2).all()
    assert (newest(calm)[0] < 2).any()
    assert newest(swept)[1].tolist() == newest(calm)[1].tolist()


BEFALLS: dict[str, dict[str, Any]] = {
    "vendor_turnover": SHARED,
    "bot_breaks": {"plan.chatbot.coverage": 0.8},
    "competitor_opens": {f"{LOYALTY}.barrier": 0.8},
}
"""What there must be for an event to meet."""


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_an_event_changes_its_week_and_nothing_before_it(kind: Any) -> None:
    given_ = BEFALLS.get(kind, {})
    calm, met = run(small(given_), 4), run(small(given_, Event(kind=kind, week=2, weeks=1, size=1.0)), 4)
    same(Weeks(met.states[:3], met.records[:2]), Weeks(calm.states[:3], calm.records[:2]))
    assert frozen(met.records[2]) != frozen(calm.records[2])


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_an_event_of_no_size_is_none(kind: Any) -> None:
    """But a cut, which takes away one post at the least."""
    given_ = BEFALLS.get(kind, {})
    calm, met = run(small(given_), 2), run(small(given_, Event(kind=kind, week=0, weeks=2, size=0.0)), 2)
    assert (frozen(met.records) == frozen(calm.records)) == (kind != "budget_cut")


def test_a_cut_gives_nobody_more_people() -> None:
    away = small(
        {"plan.outsourcing.share": 1.0, "plan.staffing.agents": 0}, Event(kind="budget_cut", size=0.5)
    )
    assert sum(team_sizes(in_force(away, 0))) <= sum(team_sizes(away))


def test_growth_for_a_thousand_weeks_comes_to_as_many_issues_as_there_may_be() -> None:
    for_ever = small(NOTHING, Event(kind="demand_growth", weeks=1040, size=1.0))
    assert in_force(for_ever, 1039).assumptions.demand.issues_per_day == 1e6


# ------------------------------------------------------------------------------------------- extremes

LEAVING = {f"{LOYALTY}.churn_least": 1.0, f"{LOYALTY}.churn_most": 1.0, f"{LOYALTY}.joins": 0.0}
GONE = {"assumptions.workforce.careers.quits": 10.0, "assumptions.workforce.careers.hiring_weeks": 104.0}
AWAY = {"plan.outsourcing.share": 1.0, "plan.staffing.agents": 0}


def lived_on(changes: Changes, weeks: int, *events: Event) -> tuple[Weeks, SeasonSummary]:
    """A season that ran on to its end, with nothing missing in any week, and in brief."""
    plan = small(changes, *events)
    found = run(plan, weeks)
    for state, record in zip(found.states[1:], found.records, strict=True):
        nothing_missing(state, record)
    return found, lived(plan, found.states[0], min(weeks, 3))


def test_everybody_quits_and_nobody_comes() -> None:
    found, _ = lived_on(GONE, 60)
    assert found.values("at_work")[-1] == 0
    assert found.values("vacancies")[-1] == 3
    assert found.values("abandonment_rate")[-1] > 0.9  # the others wait until the line closes
    assert found.values("pressure")[-1] > 1000
    assert math.isnan(found.values("exhaustion")[-1])


def test_one_customer() -> None:
    found, _ = lived_on({"assumptions.demand.customers": 1, "assumptions.demand.issues_per_day": 1.0}, 20)
    assert found.values("customers")[0] == 1


def test_one_customer_with_all_the_issues() -> None:
    found, _ = lived_on({"assumptions.demand.customers": 1, "assumptions.demand.issues_per_day": 46.0}, 6)
    assert found.values("issues").max() > 100


def test_everybody_leaves_and_weeks_go_by_without_a_customer() -> None:
    found, _ = lived_on(LEAVING, 60)
    assert set(found.values("customers")[-10:]) == {0.0}
    assert set(found.values("contacts")[-10:]) == set(found.values("margin")[-10:]) == {0.0}
    assert found.values("left").sum() == 2000
    assert found.values("cost")[-1] > 0
    assert math.isnan(found.values("satisfaction")[-1])


def test_somebody_joins_where_nobody_was_left() -> None:
    empty = run(small(LEAVING), 60).states[-1]
    again = run(small(), 6, empty)
    assert again.values("joined").sum() > 0
    assert again.states[-1].customers.alive.sum() > 0
    assert len(again.states[-1].customers.alive) == len(
        empty.customers.alive
    )  # they take the places that are free


def test_everybody_talks_of_nothing_else() -> None:
    """Each of them brings thousands, until the market is exhausted."""
    talk = {"talks": 10.0, "talk_power": 5.0, "talk_brings": 1.0, "talk_pivot": 0.0, "market": 2.0}
    found, _ = lived_on({f"{LOYALTY}.{name}": most for name, most in talk.items()}, 4)
    assert found.values("customers").tolist() == [2000.0, 4000.0, 4000.0, 4000.0]
    assert found.states[-1].customers.alive.sum() == 4000
    assert (found.values("left")[1:3] == found.values("joined")[1:3]).all()


def test_customers_who_cost_money() -> None:
    found, summary = lived_on({"assumptions.money.margin": -50.0}, 4)
    assert (found.values("margin") < 0).all()
    assert (found.values("profit") < found.values("margin")).all()
    assert summary.values["profit_24_with_value"] is not None


def test_four_times_the_issues_all_year() -> None:
    found, _ = lived_on(NOTHING, 52, Event(kind="surge", week=0, weeks=52, size=3.0))
    assert found.values("time_standard")[-1] < 0.8
    assert found.values("abandonment_rate")[-1] > 0.3


@pytest.mark.parametrize("specialists", [0, 1])
def test_nobody_in_the_house(specialists: int) -> None:
    alone = {"plan.staffing.specialists": specialists, "plan.teamwork.routing_accuracy": 1.0}
    found, _ = lived_on(AWAY | alone, 6)
    assert set(found.values("at_work")) == {specialists}
    assert (found.values("first_contact_resolution") > 0.2).all()
    assert (found.values("pressure") == 0).all()


def test_no_issues_at_all() -> None:
    found, summary = lived_on({"assumptions.demand.issues_per_day": 0.0}, 6)
    assert set(found.values("issues")) == set(found.values("contacts")) == {0.0}
    assert np.isnan(found.states[-1].customers.kept).all()
    assert summary.culture == "not to be told"


def test_everybody_is_always_ill() -> None:
    found, _ = lived_on({"assumptions.handling.absence": 1.0}, 4)
    assert set(found.values("at_work")) == {3.0}
    assert [record.desks.sum() for record in found.records] == [0] * 4


def test_fewer_desks_than_held_the_issues_that_are_open() -> None:
    many = small({"assumptions.workforce.careers.desks": 50, "plan.staffing.agents": 10})
    found = run(many.changed("assumptions.workforce.careers.desks", 1), 2, branch(run(many, 2).states[-1]))
    nothing_missing(found.states[-1], found.records[-1])


def test_nothing_but_the_faintest_memory_drives_somebody_away() -> None:
    plan = small({f"{LOYALTY}.risk_aversion": 1e-313, f"{LOYALTY}.failure_weight": 0.0, **LEAVING})
    plan = plan.changed(f"{LOYALTY}.churn_least", 0.0)
    lost = run(plan, 1)
    assert lost.records[0].causes.sum() == pytest.approx(lost.values("left")[0])


def test_a_line_handed_over_whole_leaves_nobody_in_the_house_under_pressure() -> None:
    now = run(small(), 3).states[-1]
    after = run(small({"plan.outsourcing.share": 1.0}), 3, branch(now))
    assert after.values("pressure").tolist() == [0.0] * 3
    assert after.values("time_taken").tolist() == [1.0] * 3


ASKS = {
    "plan.empowerment.authority_limit": 0.0,
    "plan.empowerment.hold_limit": 0,
    "assumptions.authority.needed": 1.0,
    "assumptions.authority.approval_minutes": 30.0,
}
"""Everybody needs a decision, and one supervisor cannot keep up: call-backs are still owed when the week ends."""


def test_a_decision_owed_over_the_weekend_is_waited_for_since_it_was_asked_for() -> None:
    plan = small(ASKS)
    before = run(plan, 1).states[-1]
    owed = {
        (int(one["week"]), int(one["row"])): float(one["asked"])
        for one in before.open
        if np.isfinite(one["asked"])
    }
    _, seen = room.happen(before, plan, plan, "auto")
    decided = [
        (one["decision_days"], owed[key])
        for one in seen.left.ended
        if (key := (int(one["week"]), int(one["row"]))) in owed
    ]
    assert len(decided) > 5
    hours = [(day * 1440 + 540.0, day * 1440 + 1080.0) for day in range(5)]
    for days, asked in decided:
        left_in_the_week = sum(max(0.0, closes - max(opens, asked)) for opens, closes in hours)
        assert days >= left_in_the_week / 540 - 1e-9


def test_what_a_weeks_contacts_come_to_is_what_the_measures_say() -> None:
    """One supervisor who cannot keep up, so that agents on hold talk into their breaks and go home late."""
    plan = small(ASKS)
    _, seen = room.happen(beginning(plan, 1, 0), plan, plan, "auto")
    counted, written = seen.counted, journal(plan, [seen.played], 0, 1)
    measured = work(written)
    assert counted.number["arrived"] == np.count_nonzero(written.arrived)
    assert counted.waits.tolist() == written.wait[written.queued & written.arrived].tolist()
    assert measured["overtime_minutes"] > 1
    assert counted.posts["overtime"].sum() == pytest.approx(measured["overtime_minutes"])
    on_duty = seen.played.operation.on_duty
    inside = measured["occupancy"] * (on_duty["ends"] - on_duty["starts"]).sum()
    assert counted.busy.sum() > inside + counted.posts["overtime"].sum()  # for some breaks are worked through


def test_what_an_issue_was_like_is_felt_only_by_the_customer_who_had_it() -> None:
    """Half of all leave in a week, and others take their places while issues of theirs go on."""
    turnover = {f"{LOYALTY}.churn_least": 0.9, f"{LOYALTY}.churn_most": 0.9, f"{LOYALTY}.joins": 0.5}
    plan = small({**turnover, **ASKS})
    before = run(plan, 2).states[-1]
    _, seen = room.happen(before, plan, plan, "auto")
    left, joined = seen.left, before.customers.joined
    taken = before.customers.alive[left.ended["customer"]] & (
        joined[left.ended["customer"]] > left.ended["week"]
    )
    assert taken.any()
    assert not left.still[taken].any()
    assert len(left.impression.customer) == np.count_nonzero(left.still)


def test_issues_are_felt_in_the_order_of_their_end() -> None:
    plan = small()
    _, seen = room.happen(run(plan, 1).states[-1], plan, plan, "auto")
    closed = seen.left.ended["closed"]
    assert len(closed) > 100
    assert (np.diff(closed) >= 0).all()
