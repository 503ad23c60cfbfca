"""Does every code that is pasted come to one outcome, told in one sentence?"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from small_workshop import small

from sim.scenario import in_industry, named
from sim.scenario.codes import encode
from sim.workshop.collect import CAME, Outcome, code_for, code_of, paste
from sim.workshop.session import Session

AGENTS = "plan.staffing.agents"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path, small()) as opened:
        for name in ("Larks", "Otters", "Team <b>"):
            opened.add_team(name)
        opened.go("decide")
        yield opened


def code(session: Session, agents: int) -> str:
    """The code of today's plan with so many agents."""
    return code_for(session.workshop, session.workshop.plan({AGENTS: agents}))


def came(found: Sequence[Outcome]) -> list[tuple[int, str, str]]:
    for each in found:
        assert each.came in CAME
        assert each.sentence.endswith(".")
        assert "\n" not in each.sentence
    return [(each.line, each.team, each.came) for each in found]


def test_many_codes_with_prose_around_them_are_taken_at_once(session: Session) -> None:
    eight, ten = code(session, 8), code(session, 10)
    lines = [
        "Hello, here we go: it was hard!",
        f"Larks: {eight}",
        "",
        f"- our team otters says {ten}, thanks",
    ]
    text = "\n".join([*lines, "Team <b>", eight, "Bye"])
    found = paste(session, text)
    assert came(found) == [(2, "Larks", "accepted"), (4, "Otters", "accepted"), (6, "Team <b>", "accepted")]
    assert [plan.scenario.value(AGENTS) for plan in session.plans()] == [8, 10, 8]
    assert session.state.now.decisions[1].via == "code"
    assert session.state.now.decisions[1].typed == eight


def test_codes_on_lines_below_one_another_and_broken_over_two_are_each_their_own(session: Session) -> None:
    eight, ten = code(session, 8), code(session, 10)
    first, rest = eight.split("-", 1)
    found = paste(session, f"Larks:\n{eight}\nOtters:\n{first}-\n{rest}\n\nTeam <b>: {ten}")
    assert came(found) == [(2, "Larks", "accepted"), (4, "Otters", "accepted"), (7, "Team <b>", "accepted")]


def test_two_teams_on_one_line_each_have_their_own(session: Session) -> None:
    eight, ten = code(session, 8), code(session, 10)
    found = paste(session, f"Larks: {eight}, Otters: {ten}")
    assert came(found) == [(1, "Larks", "accepted"), (1, "Otters", "accepted")]


def test_the_nearest_team_is_meant(session: Session) -> None:
    found = paste(session, f"Larcs: {code(session, 8)}\nteam 2 {code(session, 7)}")
    assert came(found) == [(1, "Larks", "accepted"), (2, "Otters", "accepted")]


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "tables", small()) as opened:
        for name in ("Table 1", "Table 2", "Otters", "Owls"):
            opened.add_team(name)
        opened.go("decide")
        yield opened


@pytest.mark.parametrize(
    ("before", "team"),
    [
        ("Otters\nRound 1:", "Otters"),
        ("Otters, our code for round 2:", "Otters"),
        ("Otters, take 2:", "Otters"),
        ("[09:31] Otters: our choice is number 2", "Otters"),
        ("Table 2, round 1:", "Table 2"),
        ("table2:", "Table 2"),
        ("2)", "Table 2"),
        ("Team 3 -", "Otters"),
        ("team 4\n", "Owls"),
        ("Team Oters:", "Otters"),
        ("We are the Owls\n\n", "Owls"),
    ],
)
def test_a_code_goes_to_the_team_that_is_named(tables: Session, before: str, team: str) -> None:
    found = paste(tables, f"{before} {code(tables, 8)}")
    assert [(each.team, each.came) for each in found] == [(team, "accepted")]


@pytest.mark.parametrize(
    "before",
    ["Table 3:", "Table 12:", "Table:", "Round 2:", "the others, number 2:", "Zebras 1:", "Well done Otters!\nZebras:"],
)  # fmt: skip
def test_a_code_of_no_team_here_is_nobody_s(tables: Session, before: str) -> None:
    (found,) = paste(tables, f"{before} {code(tables, 8)}")
    assert (found.team, found.came) == ("", "unknown team")
    assert not tables.state.now.decisions


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("Otters, as the Owls:", "may mean Otters or Owls; write one team's name before its code."),
        ("Otters\nTeam 4:", "may mean Otters or Owls; write one team's name before its code."),
        ("Otters\nOwlz:", "may mean Otters or Owls; write one team's name before its code."),
    ],
)
def test_where_two_teams_may_be_meant_neither_is_taken(tables: Session, before: str, told: str) -> None:
    (found,) = paste(tables, f"{before} {code(tables, 8)}")
    assert (found.team, found.came) == ("", "unknown team")
    assert found.sentence.endswith(told)
    assert not tables.state.now.decisions


def test_of_two_names_equally_near_neither_is_meant(tables: Session) -> None:
    for name in ("Red Foxes", "Red Boxes", "Red"):
        tables.add_team(name)
    found = paste(
        tables, f"Red Voxes: {code(tables, 8)}\nRed Foxes say {code(tables, 7)}\nTeam A: {code(tables, 7)}"
    )
    assert [each.team for each in found] == ["", "Red Foxes", ""]
    assert (
        found[0].sentence
        == "Red Voxes: may mean Red Foxes or Red Boxes or Red; write one team's name before its code."
    )


def test_the_same_again_is_doubled_and_another_replaces_it(session: Session) -> None:
    line = f"Larks: {code(session, 8)}"
    events = len(session.events)
    assert came(paste(session, f"{line}\n{line}")) == [
        (1, "Larks", "accepted"),
        (2, "Larks", "doubled"),
    ]
    assert len(session.events) == events + 1
    again = paste(session, f"Larks: {code(session, 10)}")
    assert again[0].sentence == "Larks: 10 agents, outsourcing 0; replaces 8 agents, outsourcing 0."


def test_an_unknown_team_and_a_code_alone_are_told(session: Session) -> None:
    eight = code(session, 8)
    found = paste(session, f"Zebras: {eight}\n{eight}")
    assert came(found) == [(1, "", "unknown team"), (2, "", "unknown team")]
    assert found[0].sentence == "Zebras: no team has such a name; in are Larks, Otters, Team <b>."
    assert not session.state.now.decisions


def test_a_mistyped_code_is_told_and_not_taken(session: Session) -> None:
    eight = code(session, 8)
    changed = eight[:-1] + ("X" if eight[-1] != "X" else "Y")
    found = paste(session, f"Larks: {changed}\nOtters: {eight[:-1]} or so")
    assert came(found) == [(1, "Larks", "mistyped code"), (2, "Otters", "mistyped code")]
    assert "does not hold together" in found[0].sentence
    assert not session.state.now.decisions


def test_a_code_of_another_operation_is_not_taken(session: Session) -> None:
    other = encode(named("lean"), "today")
    assert came(paste(session, f"Larks: {other}")) == [(1, "Larks", "accepted")], "a plan is a plan"
    bank = encode(in_industry(named("today"), "bank"), "today@bank")
    found = paste(session, f"Otters: {bank}")
    assert came(found) == [(1, "Otters", "locked")]
    assert "about another operation than Today" in found[0].sentence


def test_a_locked_lever_is_named(session: Session) -> None:
    plan = session.workshop.plan({AGENTS: 8, "plan.promise.bar": 0.1})
    found = paste(session, f"Larks: {code_for(session.workshop, plan)}")
    assert came(found) == [(1, "Larks", "locked")]
    assert found[0].sentence == "Larks: The bar: is locked in How many; open are staffing, outsourcing."


def test_a_plan_out_of_the_round_s_limits_is_told(session: Session) -> None:
    found = paste(session, f"Larks: {code(session, 20)}")
    assert came(found) == [(1, "Larks", "out of limits")]
    assert found[0].sentence == "Larks: Staffing: 20 is outside 6 to 12 by 1; nearest 12."


def test_a_late_code_counts_only_if_the_facilitator_says_so(session: Session) -> None:
    line = f"Larks: {code(session, 8)}"
    session.go("frozen")
    assert came(paste(session, line)) == [(1, "Larks", "late")]
    assert came(paste(session, line, accept_late=True)) == [(1, "Larks", "accepted")]
    assert session.state.now.decisions[1].late


def test_a_code_that_is_one_of_the_choices_is_taken_for_it(session: Session) -> None:
    session.go("decide", "buy")
    plan = session.workshop.plan({"plan.teamwork.context_kept": 0.9, AGENTS: 10})
    paste(session, f"Larks: {code_for(session.workshop, plan)}")
    made = session.state.now.decisions[1]
    assert (made.choice, made.changes) == ("story", {"plan.teamwork.context_kept": 0.9, AGENTS: 10})
    both = plan.changed("plan.delight.share", 0.1)
    assert came(paste(session, f"Otters: {code_for(session.workshop, both)}")) == [(1, "Otters", "locked")]


def test_what_a_team_plays_has_a_code_that_hands_it_in(session: Session) -> None:
    session.decide(1, {AGENTS: 7})
    paste(session, f"Otters: {code_of(session, 1)}")
    assert session.plans()[1].scenario == session.plans()[0].scenario


@pytest.mark.parametrize(
    "text", ["", "   \n\n", "Good morning!\nWe met at 9: all 5 of us came.", "Larks: we think so"]
)
def test_prose_is_passed_over(session: Session, text: str) -> None:
    assert paste(session, text) == ()
