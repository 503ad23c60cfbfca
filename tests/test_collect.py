"""Does every code that is pasted come to one outcome, told in one sentence?"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from small_workshop import small

from sim.scenario import BadInput, Scenario, fields
from sim.workshop.collect import CAME, Codes, Outcome, code_of, paste
from sim.workshop.session import Session

AGENTS = "plan.staffing.agents"


@dataclass(frozen=True)
class Token:
    text: str
    at: int


@dataclass(frozen=True)
class Decoded:
    scenario: Scenario
    told: str = ""


class Spelled:
    """Codes as plain as can be: what a plan changes, in letters, and how long that is."""

    def __init__(self, base: Scenario) -> None:
        self.base = base

    def encode(self, scenario: Scenario, base: str = "today") -> str:  # noqa: ARG002  # there is one base here
        changes = {
            path: scenario.value(path)
            for path in fields()
            if path.startswith("plan.") and scenario.value(path) != self.base.value(path)
        }
        text = json.dumps(changes).encode().hex().upper()
        return f"ZZ{text}{len(text)}"

    def decode(self, text: str) -> Decoded:
        body = text.removeprefix("ZZ")
        hexes = body.rstrip("0123456789") if body.endswith("D") else body[: body.rfind("D") + 1]
        if not text.startswith("ZZ") or body != f"{hexes}{len(hexes)}":
            raise BadInput(f"{text}: is mistyped; look at its last letters.")
        try:
            return Decoded(self.base.changed(json.loads(bytes.fromhex(hexes))))
        except ValueError:
            raise BadInput(f"{text}: is mistyped.") from None

    def found_in(self, text: str) -> Sequence[Token]:
        return tuple(Token(found.group(), found.start()) for found in re.finditer(r"ZZ[0-9A-F]+", text))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path, small()) as opened:
        for name in ("Larks", "Otters", "Team <b>"):
            opened.add_team(name)
        opened.go("decide")
        yield opened


@pytest.fixture
def codes() -> Codes:
    return Spelled(small().today)


def code(session: Session, codes: Codes, **agents: float) -> str:
    return codes.encode(session.workshop.plan({AGENTS: agents.get("agents", 9)}))


def came(found: Sequence[Outcome]) -> list[tuple[int, str, str]]:
    for each in found:
        assert each.came in CAME
        assert each.sentence.endswith(".")
        assert "\n" not in each.sentence
    return [(each.line, each.team, each.came) for each in found]


def test_many_codes_with_prose_around_them_are_taken_at_once(session: Session, codes: Codes) -> None:
    eight, ten = code(session, codes, agents=8), code(session, codes, agents=10)
    lines = [
        "Hello, here we go: it was hard!",
        f"Larks: {eight}",
        "",
        f"- our team otters says {ten}, thanks",
    ]
    text = "\n".join([*lines, "Team <b>", eight, "Bye"])
    found = paste(session, text, codes=codes)
    assert came(found) == [(2, "Larks", "accepted"), (4, "Otters", "accepted"), (6, "Team <b>", "accepted")]
    assert [plan.scenario.value(AGENTS) for plan in session.plans()] == [8, 10, 8]
    assert session.state.now.decisions[1].via == "code"
    assert session.state.now.decisions[1].typed == eight


def test_two_teams_on_one_line_each_have_their_own(session: Session, codes: Codes) -> None:
    eight, ten = code(session, codes, agents=8), code(session, codes, agents=10)
    found = paste(session, f"Larks: {eight}, Otters: {ten}", codes=codes)
    assert came(found) == [(1, "Larks", "accepted"), (1, "Otters", "accepted")]


def test_the_nearest_team_is_meant(session: Session, codes: Codes) -> None:
    found = paste(
        session,
        f"Larcs: {code(session, codes, agents=8)}\nteam 2 {code(session, codes, agents=7)}",
        codes=codes,
    )
    assert came(found) == [(1, "Larks", "accepted"), (2, "Otters", "accepted")]


def test_the_same_again_is_doubled_and_another_replaces_it(session: Session, codes: Codes) -> None:
    line = f"Larks: {code(session, codes, agents=8)}"
    events = len(session.events)
    assert came(paste(session, f"{line}\n{line}", codes=codes)) == [
        (1, "Larks", "accepted"),
        (2, "Larks", "doubled"),
    ]
    assert len(session.events) == events + 1
    again = paste(session, f"Larks: {code(session, codes, agents=10)}", codes=codes)
    assert again[0].sentence == "Larks: 10 agents, outsourcing 0; replaces 8 agents, outsourcing 0."


def test_an_unknown_team_and_a_code_alone_are_told(session: Session, codes: Codes) -> None:
    eight = code(session, codes, agents=8)
    found = paste(session, f"Zebras: {eight}\n{eight}", codes=codes)
    assert came(found) == [(1, "", "unknown team"), (2, "", "unknown team")]
    assert found[0].sentence == "Zebras: no team has such a name; in are Larks, Otters, Team <b>."
    assert not session.state.now.decisions


def test_a_mistyped_code_is_told_and_not_taken(session: Session, codes: Codes) -> None:
    found = paste(session, f"Larks: {code(session, codes, agents=8)}9\nOtters: Z7 unreadable", codes=codes)
    assert came(found) == [(1, "Larks", "mistyped code"), (2, "Otters", "mistyped code")]
    assert not session.state.now.decisions


def test_a_locked_lever_is_named(session: Session, codes: Codes) -> None:
    plan = session.workshop.plan({AGENTS: 8, "plan.promise.bar": 0.1})
    found = paste(session, f"Larks: {codes.encode(plan)}", codes=codes)
    assert came(found) == [(1, "Larks", "locked")]
    assert found[0].sentence == "Larks: The bar: is locked in How many?; open are staffing, outsourcing."


def test_a_plan_out_of_the_round_s_limits_is_told(session: Session, codes: Codes) -> None:
    found = paste(session, f"Larks: {code(session, codes, agents=20)}", codes=codes)
    assert came(found) == [(1, "Larks", "out of limits")]
    assert found[0].sentence == "Larks: Staffing: 20 is outside 6 to 12 by 1; nearest 12."


def test_a_late_code_counts_only_if_the_facilitator_says_so(session: Session, codes: Codes) -> None:
    line = f"Larks: {code(session, codes, agents=8)}"
    session.go("frozen")
    assert came(paste(session, line, codes=codes)) == [(1, "Larks", "late")]
    assert came(paste(session, line, codes=codes, accept_late=True)) == [(1, "Larks", "accepted")]
    assert session.state.now.decisions[1].late


def test_a_code_that_is_one_of_the_choices_is_taken_for_it(session: Session, codes: Codes) -> None:
    session.go("decide", "buy")
    plan = session.workshop.plan({"plan.teamwork.context_kept": 0.9, AGENTS: 10})
    paste(session, f"Larks: {codes.encode(plan)}", codes=codes)
    made = session.state.now.decisions[1]
    assert (made.choice, made.changes) == ("story", {"plan.teamwork.context_kept": 0.9, AGENTS: 10})
    both = plan.changed("plan.delight.share", 0.1)
    assert came(paste(session, f"Otters: {codes.encode(both)}", codes=codes)) == [(1, "Otters", "locked")]


def test_what_a_team_plays_has_a_code_that_hands_it_in(session: Session, codes: Codes) -> None:
    session.decide(1, {AGENTS: 7})
    paste(session, f"Otters: {code_of(session, 1, codes)}", codes=codes)
    assert session.plans()[1].scenario == session.plans()[0].scenario


@pytest.mark.parametrize(
    "text", ["", "   \n\n", "Good morning!\nWe met at 9: all 5 of us came.", "Larks: we think so"]
)
def test_prose_is_passed_over(session: Session, codes: Codes, text: str) -> None:
    assert paste(session, text, codes=codes) == ()
