"""Does a session take what a room does, say one sentence to each of it, and forget nothing?"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event as Stop
from threading import Thread
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_workshop import CONTENT, result_of, small, ticking

from sim.scenario import BadInput
from sim.workshop import session as session_module
from sim.workshop.event import Event, Kind
from sim.workshop.limits import price
from sim.workshop.names import team_name, teams_meant
from sim.workshop.pace import elapsed, pace
from sim.workshop.refused import Refused
from sim.workshop.session import Session
from sim.workshop.source import PHASES, workshop, workshop_from
from sim.workshop.standing import spreads, standings
from sim.workshop.state import State, Team, fold, step

AGENTS = "plan.staffing.agents"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path, small(), ticking()) as opened:
        yield opened


@pytest.fixture
def quick(session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session with three teams whose results are made by hand instead of simulated."""

    def played(plans: Any, **_: Any) -> Any:
        return result_of(plans, {team: [[0.7, 0.8]] * 3 for team in plans}, {"wow": 0, "story": 0})

    monkeypatch.setattr(session_module, "play", played)
    for name in ("Larks", "Otters", "Harbour"):
        session.add_team(name)
    return session


def until(session: Session, phase: str) -> None:
    """Go on to a phase of the round under way."""
    while session.state.phase != phase:
        if session.state.phase == "frozen":
            session.compute()
        else:
            session.next()


def refused(command: Callable[[], str]) -> str:
    """The one sentence with which a command is refused."""
    with pytest.raises(Refused) as told:
        command()
    words = str(told.value)
    assert words.endswith(".")
    assert "\n" not in words
    return words


# ----------------------------------------------------------------------------------------------------- stories


def test_a_session_goes_on_where_it_was_left(tmp_path: Path) -> None:
    with Session.open(tmp_path, small()) as first:
        first.add_team("Larks")
        first.next()
        first.predict(1, "kept", "fifty-eight of 100")
        first.next()
        first.decide(1, {AGENTS: "ten agents"})
        before, events = first.state, first.events
    with Session.open(tmp_path, small()) as again:
        assert again.state == before
        assert again.events == events
        assert again.state.now.predictions[1, "kept"].value == 58
        assert again.plan(Team(1, "Larks")).scenario.value(AGENTS) == 10


def test_a_session_of_another_workshop_is_refused_and_left(tmp_path: Path) -> None:
    Session.open(tmp_path, small()).close()
    with pytest.raises(BadInput, match="is a session of small, not of other"):
        Session.open(tmp_path, small(name="other"))
    Session.open(tmp_path, small()).close()


def test_a_session_in_a_round_that_its_workshop_lost_is_refused_and_closed(tmp_path: Path) -> None:
    Session.open(tmp_path, small()).close()
    later = {**CONTENT, "rounds": CONTENT["rounds"][1:], "steps": []}
    for _ in range(2):
        with pytest.raises(BadInput, match="is in round staff, which small no longer has"):
            Session.open(tmp_path, workshop_from(later))


def test_the_phases_follow_one_another_and_the_reveal_has_stages(quick: Session) -> None:
    seen = []
    for _ in range(20):
        seen.append((quick.state.round, quick.state.phase, quick.state.stage))
        if quick.state.phase == "frozen":
            quick.compute()
        elif seen[-1][:2] == ("buy", "debrief"):
            break
        else:
            quick.next()
    first = [(phase, 1 if phase == "reveal" else 0) for phase in PHASES]
    first.insert(6, ("reveal", 2))
    assert seen[:8] == [("staff", *each) for each in first]
    assert [phase for _, phase, _ in seen[8:]] == list(PHASES)
    assert "last round" in refused(quick.next)


def test_back_goes_the_same_way_and_loses_nothing(quick: Session) -> None:
    quick.decide(1, {AGENTS: 10})
    until(quick, "debrief")
    quick.next()
    seen = []
    while True:
        seen.append((quick.state.round, quick.state.phase, quick.state.stage))
        if seen[-1][:2] == ("staff", "brief"):
            break
        quick.back()
    assert seen[:4] == [
        ("buy", "brief", 0),
        ("staff", "debrief", 0),
        ("staff", "reveal", 2),
        ("staff", "reveal", 1),
    ]
    assert quick.state.now.result is not None
    assert quick.state.now.decisions[1].changes == {AGENTS: 10}
    assert "begins" in refused(quick.back)


def test_nothing_is_revealed_before_it_is_computed(quick: Session) -> None:
    until(quick, "frozen")
    for phase in ("computed", "reveal", "debrief"):
        assert "compute it first" in refused(lambda phase=phase: quick.go(phase))  # type: ignore[misc]
    assert "compute it first" in refused(quick.next)
    assert quick.state.phase == "frozen"


def test_nothing_is_computed_while_decisions_are_open_or_nobody_is_in(session: Session) -> None:
    assert "freeze" in refused(session.compute)
    session.go("frozen")
    assert "No team" in refused(session.compute)


# ------------------------------------------------------------------------------------- predictions, decisions


def test_a_late_prediction_is_told_and_counts_only_if_the_facilitator_says_so(quick: Session) -> None:
    until(quick, "decide")
    assert "count nothing in the cup" in refused(lambda: quick.predict(1, "kept", 60))
    assert not quick.state.now.predictions
    assert quick.predict(1, "kept", 60, accept_late=True) == (
        "Larks: predicts 60 of 100, late; late predictions are shown, but count nothing in the cup."
    )
    assert quick.state.now.predictions[1, "kept"].late
    until(quick, "reveal")
    assert "too late" in refused(lambda: quick.predict(1, "kept", 75, accept_late=True))


def test_going_back_does_not_make_a_prediction_early_once_the_outcome_was_shown(quick: Session) -> None:
    until(quick, "reveal")
    quick.go("predict")
    assert "the outcome was shown" in refused(lambda: quick.predict(1, "kept", 75))
    assert quick.predict(1, "kept", 75, accept_late=True) == (
        "Larks: predicts 75 of 100, late; late predictions are shown, but count nothing in the cup."
    )
    for _ in range(3):
        quick.undo()
    assert (quick.state.phase, quick.state.now.shown) == ("computed", False)
    quick.go("predict")
    assert quick.predict(1, "kept", 75) == "Larks: predicts 75 of 100."


def test_decisions_close_when_they_are_frozen(quick: Session) -> None:
    quick.go("decide")
    quick.decide(1, {AGENTS: 8})
    quick.go("frozen")
    assert "late" in refused(lambda: quick.decide(1, {AGENTS: 9}))
    assert "late" in quick.decide(2, {AGENTS: 9}, accept_late=True)
    quick.compute()
    quick.next()
    assert "too late" in refused(lambda: quick.decide(1, {AGENTS: 9}, accept_late=True))


def test_going_back_takes_no_decision_once_the_outcome_was_shown(quick: Session) -> None:
    until(quick, "reveal")
    result = quick.state.now.result
    quick.go("decide")
    assert "too late" in refused(lambda: quick.decide(1, {AGENTS: 9}))
    assert "too late" in refused(lambda: quick.decide(1, {AGENTS: 9}, accept_late=True))
    assert quick.state.now.result is result


@pytest.mark.parametrize(
    "changes", [{"plan.staffing.agnets": 3}, {AGENTS: "plenty"}, {AGENTS: [9]}, {AGENTS: 9000}, {"plan": 1}]
)
def test_a_decision_of_another_version_is_told_and_the_session_goes_on(
    quick: Session, changes: dict[str, Any]
) -> None:
    quick.go("decide")
    made = {"round": quick.state.round, "team": 1, "changes": changes, "choice": None, "late": False}
    quick._add("decided", made)
    plan = quick.plans()[0]
    assert plan.why == "Larks: its decision is not known to this version; plays 9 agents, outsourcing 0."
    assert (plan.carried, plan.scenario) == (True, quick.workshop.today)
    assert standings(quick)[0].odd == plan.why
    spreads(quick)
    assert quick.decide(1, {AGENTS: 8}).startswith("Larks: 8 agents")
    assert quick.plans()[0].why == ""


def test_a_team_that_joins_after_the_result_is_told_so(quick: Session) -> None:
    until(quick, "computed")
    quick.add_team("Newts")
    whys = [plan.why for plan in quick.plans()]
    assert whys[3] == "Newts: joined after this round was computed."
    assert whys[0] == "Larks: nothing handed in; plays today's plan."
    assert standings(quick)[3].odd == whys[3]
    until(quick, "debrief")
    quick.next()
    assert quick.plans()[3].why == "Newts: nothing handed in; plays today's plan."


def test_a_newer_decision_replaces_an_older_one_and_is_told(quick: Session) -> None:
    assert quick.decide(1, {AGENTS: 8}) == "Larks: 8 agents, outsourcing 0."
    assert (
        quick.decide(1, {AGENTS: "nine"})
        == "Larks: 9 agents, outsourcing 0; replaces 8 agents, outsourcing 0."
    )
    assert quick.state.now.decisions[1].times == 2
    assert quick.plans()[0].scenario == quick.workshop.today


def test_a_decision_after_the_result_makes_the_result_void(quick: Session) -> None:
    until(quick, "computed")
    quick.decide(1, {AGENTS: 12}, accept_late=True)
    assert quick.state.now.result is None
    assert quick.state.phase == "frozen"


def test_a_missing_team_carries_over_what_this_round_allows_and_is_flagged(quick: Session) -> None:
    quick.decide(1, {AGENTS: 10})
    quick.decide(2, {AGENTS: 12})
    until(quick, "debrief")
    quick.next()
    one, two, three = quick.plans()
    assert (one.carried, one.scenario.value(AGENTS)) == (True, 10)
    assert one.why == "Larks: nothing handed in; plays its plan of How many, 10 agents."
    assert (two.carried, two.scenario) == (True, quick.workshop.today), "12 is out of this round's limits"
    assert three.why == "Harbour: nothing handed in; plays today's plan."
    quick.decide(1, choice="wow")
    assert not quick.plans()[0].carried
    assert quick.plans()[0].scenario.value("plan.delight.share") == 0.1
    assert quick.plans()[0].scenario.value(AGENTS) == 9, "every round begins from today"


@pytest.mark.parametrize(
    ("changes", "choice", "words"),
    [
        ({"plan.promise.bar": 0.1}, None, "The bar: is locked in How many; open are staffing, outsourcing."),
        ({"plan.delight.share": 1}, None, "Delight: is locked in How many; open are staffing, outsourcing."),
        ({AGENTS: 13}, None, "Staffing: 13 is outside 6 to 12 by 1; nearest 12."),
        ({AGENTS: "8.4"}, None, "Staffing: 8.4 is outside 6 to 12 by 1; nearest 8."),
        ({AGENTS: "many"}, None, "many: holds no number; type one, such as 9 or nine."),
        ({AGENTS: "9 or 10"}, None, "9 or 10: holds more than one number; type one."),
        ({"plan.outsourcing.share": "120%"}, None, "Outsourcing: 1.2 is outside 0 to 1; nearest 1."),
        (
            {"plan.staffing.agnets": 9},
            None,
            "plan.staffing.agnets: no such lever; nearest is plan.staffing.agents.",
        ),
        ({}, "wow", "wow: is no choice of How many; choose from no choice at all."),
    ],
)
def test_what_a_round_does_not_allow_is_told_in_one_sentence(
    quick: Session, changes: dict[str, Any], choice: str | None, words: str
) -> None:
    events = len(quick.events)
    assert refused(lambda: quick.decide(1, changes, choice=choice)) == words
    assert len(quick.events) == events


def test_what_a_decision_costs_is_told_by_the_prices_of_the_source() -> None:
    w1 = workshop("w1")
    staff, buy = w1.rounds
    one, choice = staff.lever(AGENTS), buy.choice("agent")
    assert one
    assert choice
    assert price(w1, staff, {AGENTS: 11}, None) == 2 * one.price > 0
    assert price(w1, staff, {AGENTS: 8}, None) == -one.price
    assert price(w1, staff, {}, None) == 0
    assert price(w1, buy, {AGENTS: 10}, "agent") == choice.price, "the lever is not one of this round"


def test_a_team_that_is_not_in_is_told(quick: Session) -> None:
    words = "Team 9: is not in; in are 1 Larks, 2 Otters, 3 Harbour."
    assert refused(lambda: quick.decide(9, {AGENTS: 9})) == words
    assert "is no prediction" in refused(lambda: quick.predict(1, "cost", 9))


def test_a_decision_that_comes_in_while_computing_voids_that_run(
    quick: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    until(quick, "frozen")

    def slow(plans: Any, **_: Any) -> Any:
        quick.decide(1, {AGENTS: 12}, accept_late=True)
        return result_of(plans, {team: [[0.7, 0.8]] * 3 for team in plans}, {})

    monkeypatch.setattr(session_module, "play", slow)
    words = "A team or a decision changed while it was computed; compute once more."
    assert refused(quick.compute) == words
    assert quick.state.now.result is None


def test_computing_can_be_stopped_and_keeps_nothing(session: Session) -> None:
    session.add_team("Larks")
    session.go("frozen")
    stop, events = Stop(), len(session.events)
    stop.set()
    assert "Stopped" in refused(lambda: session.compute(stop=stop, workers=1))
    assert len(session.events) == events


def test_every_round_meets_the_same_customers_and_the_result_outlives_the_desk(tmp_path: Path) -> None:
    with Session.open(tmp_path, small()) as first:
        first.add_team("Larks")
        first.go("frozen")
        first.compute(workers=1)
        computed = first.state.now.result
        assert computed
        assert computed.seed == 7
        first.go("frozen", "buy")
        first.compute(workers=1)
        assert first.state.of("buy").result.seed == 7  # type: ignore[union-attr]  # computed above
    with Session.open(tmp_path, small()) as again:
        kept = again.state.of("staff").result
        assert kept == computed
        assert kept.results[0].values("promise_kept") == computed.results[0].values("promise_kept")
        assert kept.results[0].scenario == computed.results[0].scenario


# ------------------------------------------------------------------------------------------------------- teams


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  The   Larks ", "The Larks"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("**Bold** & $\\LaTeX$", "**Bold** & $\\LaTeX$"),
        ("Lärks\u0000\u202e!", "Lärks !"),
        ("x" * 40, "x" * 40),
    ],
)
def test_a_name_is_kept_as_the_plain_text_it_is(session: Session, typed: str, kept: str) -> None:
    session.add_team(typed)
    assert [team.name for team in session.state.teams] == [kept]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "The name is empty; give the team a name of 1 to 40 characters."),
        (" \t\u200b ", "The name is empty; give the team a name of 1 to 40 characters."),
        ("x" * 80, f"{'x' * 20}…: has 80 characters; at most 40, such as {'x' * 40}."),
        ("larks", "larks: is taken by Larks; choose another, such as larks 2."),
        (" L a R k S", "L a R k S: is taken by Larks; choose another, such as L a R k S 2."),
    ],
)
def test_a_name_that_cannot_be_had_is_told_in_one_sentence(session: Session, typed: str, words: str) -> None:
    session.add_team("Larks")
    assert refused(lambda: session.add_team(typed)) == words
    assert len(session.state.teams) == 1


def test_a_team_may_change_its_name_and_its_own_case(session: Session) -> None:
    session.add_team("larks")
    session.add_team("Otters")
    assert session.rename_team(1, "Larks") == "larks: is now called Larks."
    assert "taken" in refused(lambda: session.rename_team(1, "OTTERS"))


def test_a_number_is_never_given_twice(session: Session) -> None:
    session.add_team("Larks")
    session.remove_team(1)
    session.add_team("Otters")
    assert session.state.teams == (Team(2, "Otters"),)


@given(st.text(max_size=120))
def test_any_text_is_a_name_or_is_refused_in_a_sentence(typed: str) -> None:
    try:
        name = team_name(typed, ["Larks"])
    except Refused as error:
        assert str(error).endswith(".")
    else:
        assert 1 <= len(name) <= 40
        assert name.isprintable() or any(each.isspace() for each in name)
        assert team_name(name) == name


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Larks", 1),
        ("larcs", 1),
        ("LARKS ", 1),
        ("team 2", 2),
        ("2", 2),
        ("Oters", 2),
        ("Nobody", None),
        ("", None),
    ],
)
def test_the_nearest_team_is_meant(typed: str, found: int | None) -> None:
    meant = teams_meant(typed, "", [Team(1, "Larks"), Team(2, "Otters")])
    assert [team.number for team in meant] == ([found] if found else [])


# -------------------------------------------------------------------------------------------------- undo, fold


def test_undo_takes_back_the_latest_and_keeps_both_in_the_file(quick: Session) -> None:
    quick.decide(1, {AGENTS: 8})
    before = quick.state
    quick.decide(1, {AGENTS: 10})
    events = len(quick.events)
    assert quick.undo().startswith("Undone: decided")
    assert quick.state == before
    assert len(quick.events) == events + 1
    quick.undo()
    assert not quick.state.now.decisions
    quick.undo()
    assert [team.name for team in quick.state.teams] == ["Larks", "Otters"]


def test_undo_ends_where_the_session_began(session: Session) -> None:
    session.add_team("Larks")
    session.undo()
    assert "nothing to undo" in refused(session.undo)
    assert session.state.workshop == "small"


def test_what_was_undone_stays_undone_when_opened_again(tmp_path: Path) -> None:
    with Session.open(tmp_path, small()) as first:
        first.add_team("Larks")
        first.undo()
        first.add_team("Otters")
        before = first.state
    with Session.open(tmp_path, small()) as again:
        assert again.state == before


names = st.sampled_from(["staff", "buy", "nowhere", ""])
numbers = st.integers(-1, 4)
payloads = st.one_of(
    st.fixed_dictionaries({"team": numbers, "name": st.text(max_size=5)}),
    st.fixed_dictionaries({"round": names, "phase": st.sampled_from([*PHASES, "x"]), "stage": numbers}),
    st.fixed_dictionaries({"round": names, "team": numbers, "ask": st.just("kept"), "value": st.floats()}),
    st.fixed_dictionaries(
        {"round": names, "team": numbers, "changes": st.dictionaries(st.text(max_size=3), numbers)}
    ),
    st.fixed_dictionaries({"do": st.sampled_from(["start", "pause", "resume", "give"]), "minutes": numbers}),
    st.fixed_dictionaries({"of": st.one_of(numbers, st.integers(0, 30), st.just("x"), st.lists(numbers))}),
    st.fixed_dictionaries({"round": names, "result": st.dictionaries(st.text(max_size=9), numbers)}),
    st.dictionaries(st.text(max_size=6), st.none() | st.booleans() | st.text(max_size=3) | st.lists(numbers)),
)
kinds = st.sampled_from([*get_args(Kind), "something of a later kit"])
times = st.sampled_from(["2026-01-01T09:00:00+00:00", "2026-01-01T09:07:00+00:00", "no time", ""])


@given(st.lists(st.tuples(kinds, payloads, times), max_size=30))
def test_any_events_at_all_fold_into_a_state(made: Sequence[tuple[str, dict[str, Any], str]]) -> None:
    events = [Event(at, when, kind, payload) for at, (kind, payload, when) in enumerate(made, start=1)]
    state = fold(events)
    assert state.phase in PHASES
    assert len({team.number for team in state.teams}) == len(state.teams)
    assert fold(events) == state or has_nan(state)


def has_nan(state: State) -> bool:
    return "nan" in repr(state)


@given(st.lists(st.tuples(kinds, payloads, times), max_size=20), kinds, payloads, times)
def test_an_undo_restores_what_was_before(
    made: Sequence[tuple[str, dict[str, Any], str]], kind: str, payload: dict[str, Any], when: str
) -> None:
    events = [Event(at, when, kind, payload) for at, (kind, payload, when) in enumerate(made, start=1)]
    last = Event(len(events) + 1, when, kind, payload)
    undo = Event(len(events) + 2, when, "undone", {"of": last.number})
    if kind not in ("opened", "recovered", "undone"):
        assert repr(fold([*events, last, undo])) == repr(fold(events))


@given(st.lists(st.tuples(kinds, payloads, times), max_size=20))
def test_going_on_event_by_event_comes_to_the_same(made: Sequence[tuple[str, dict[str, Any], str]]) -> None:
    events = [Event(at, when, kind, payload) for at, (kind, payload, when) in enumerate(made, start=1)]
    events = [event for event in events if event.kind != "undone"]
    state = State()
    for event in events:
        state = step(state, event)
    assert repr(state) == repr(fold(events))


commands = st.lists(
    st.sampled_from(
        ["add", "next", "back", "predict", "decide", "late", "undo", "freeze", "compute", "note"]
    ),
    max_size=25,
)


@given(commands)
def test_whatever_a_desk_does_is_a_sentence_and_is_stored(
    tmp_path_factory: pytest.TempPathFactory, wanted: Sequence[str]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with pytest.MonkeyPatch.context() as patch, Session.open(folder, small(), ticking()) as session:
        patch.setattr(
            session_module,
            "play",
            lambda plans, **_: result_of(
                plans, {team: [[0.7, 0.8]] * 2 for team in plans}, {"wow": 0, "story": 0}
            ),
        )
        for number, word in enumerate(wanted):
            told = one_command(session, word, number)
            assert told.endswith(".")
            assert "\n" not in told
        acknowledged, state = session.events, session.state
        assert session.store.stored() == len(acknowledged)
    with Session.open(folder, small()) as again:
        assert again.events == acknowledged
        assert again.state == state == fold(acknowledged)


def one_command(session: Session, word: str, number: int) -> str:
    does: dict[str, Callable[[], str]] = {
        "add": lambda: session.add_team(f"Team {number}"),
        "next": session.next,
        "back": session.back,
        "predict": lambda: session.predict(1, session.round.predictions[0].id, "wow > story"),
        "decide": lambda: session.decide(1, {AGENTS: 6 + number % 8}),
        "late": lambda: session.decide(1, {AGENTS: 9}, accept_late=True),
        "undo": session.undo,
        "freeze": lambda: session.go("frozen"),
        "compute": session.compute,
        "note": lambda: session.note("somebody said something"),
    }
    try:
        return does[word]()
    except BadInput as error:
        return str(error)


def test_many_threads_may_use_one_session(session: Session) -> None:
    session.add_team("Larks")

    def decide(at: int) -> None:
        for _ in range(5):
            session.decide(1, {AGENTS: 6 + at})

    threads = [Thread(target=decide, args=(at,)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.state.now.decisions[1].times == 20
    assert session.state == fold(session.events)


# ---------------------------------------------------------------------------------------------- clock, standing


def test_the_clock_knows_pauses_and_minutes_given(session: Session) -> None:
    assert elapsed(session.state.clock, "2026-01-01T09:00:00+00:00") == 0
    session.start_clock()
    started = session.state.clock.started
    assert started == "2026-01-01T00:01:00+00:00"
    session.pause_clock()  # at 2 minutes past
    assert elapsed(session.state.clock, "2026-01-01T00:30:00+00:00") == 1
    session.resume_clock()  # at 3
    assert elapsed(session.state.clock, "2026-01-01T00:10:00+00:00") == 8
    session.give_minutes(2)
    assert elapsed(session.state.clock, "2026-01-01T00:10:00+00:00") == 6
    assert "cannot start" in refused(session.start_clock)
    assert "cannot resume" in refused(session.resume_clock)
    assert "outside 1 to 120" in refused(lambda: session.give_minutes(-3))


@pytest.mark.parametrize(
    ("phase", "minute", "say", "then", "behind"),
    [
        ("brief", 3, "Hello.", "How many?", 0),
        ("brief", 9, "Hello.", "How many?", 4),
        ("predict", 3, "How many?", "Choose.", -2),
        ("decide", 12, "Choose.", "What did you see?", 0),
        ("frozen", 17, "Choose.", "What did you see?", 2),
    ],
)
def test_the_pace_is_told_against_the_run_sheet(
    session: Session, phase: Any, minute: int, say: str, then: str, behind: float
) -> None:
    session.start_clock()  # a minute past midnight
    session.go(phase)
    found = pace(session.workshop, session.state, f"2026-01-01T00:{minute + 1:02d}:00+00:00")
    assert found.step
    assert found.next
    assert (found.minutes, found.step.say, found.next.say, found.behind) == (minute, say, then, behind)


def test_the_desk_sees_who_is_in_late_and_odd(quick: Session) -> None:
    quick.add_team("Tilde")
    for team, agents in enumerate((9, 9, 10, 6), start=1):
        quick.decide(team, {AGENTS: agents})
    quick.predict(1, "kept", 60)
    quick.add_team("Kestrel")
    found = standings(quick)
    assert [each.predicted for each in found] == [True, False, False, False, False]
    assert [each.decided for each in found] == [True, True, True, True, False]
    assert found[3].odd == "Tilde: 6 agents, outsourcing 0, the fewest of all."
    assert found[4].odd == "Kestrel: nothing handed in; plays today's plan."
    assert spreads(quick)[0].counts == (("6 agents", 1), ("9 agents", 2), ("10 agents", 1))
