"""Are the months told in plain sentences: three customers' stories, what `sim season` prints, what it refuses?"""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from sim.cli.app import app
from sim.season.contract import Cause, Told
from sim.views.months import notes
from sim.views.stories import CAUSES, NAMES, sentence, stories

SMALL = [
    "--set", "assumptions.demand.customers=2000", "--set", "assumptions.demand.issues_per_day=46",
    "--set", "plan.staffing.agents=2", "--set", "plan.staffing.specialists=1",
]  # fmt: skip
SMOOTH = {
    "contacts": 1.0, "longest_wait": 0.0, "cold": 0.0, "warm": 0.0, "settled": 1.0, "held": 0.0, "decision_days": 0.0,
    "rude": 0.0, "bot_failed": 0.0, "helped": 0.0, "complained": 0.0, "kept": 1.0, "delighted": 0.0, "satisfied": 88.4,
}  # fmt: skip


def issue(week: int = 11, place: int = 4, **changes: float) -> Told:
    return Told(place, week, "issue", SMOOTH | changes)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (issue(), "Week 2: one contact; settled as promised; satisfied 88 of 100."),
        (
            issue(contacts=2, longest_wait=6.24, cold=1, settled=0, kept=0, satisfied=31),
            "Week 2: 2 contacts, waited 6.2 minutes, was passed on and told the story again; never settled; "
            "satisfied 31 of 100.",
        ),
        (
            issue(kept=0, rude=1, helped=1, complained=1),
            "Week 2: one contact, met rudeness; settled, but not as promised; complained, and it was put right; "
            "satisfied 88 of 100.",
        ),
        (
            issue(bot_failed=1, held=1, delighted=1),
            "Week 2: one contact, the bot could not help, held the line for a decision; settled as promised; "
            "with something beyond the promise; satisfied 88 of 100.",
        ),
        (
            Told(4, 40, "left", {"cause": float(Cause.WAITED), "share": 0.412}),
            "Week 31: left; most of it was waiting (41 of 100).",
        ),
    ],
)
def test_every_event_is_a_sentence(event: Told, expected: str) -> None:
    assert sentence(event, since=10) == expected


def test_each_followed_customer_has_a_story_of_their_own() -> None:
    left = Told(9, 12, "left", {"cause": float(Cause.ANYHOW), "share": 0.9})
    told = stories([issue(place=4), left, issue(place=99)], (4, 9, 7), since=10)
    assert tuple(told) == NAMES
    assert told["Ana"][-1] == "Is still with us."
    assert told["Bela"] == ("Week 3: left; most of it was nothing we did (90 of 100).",)
    assert told["Chidi"] == ("Never needed us in this time.", "Is still with us.")


def test_every_cause_has_words() -> None:
    assert set(CAUSES) == set(Cause)


def sim(*words: str) -> Result:
    return CliRunner().invoke(app, [*words])


def test_a_season_is_told_saved_and_continued(tmp_path: Path) -> None:
    file = tmp_path / "ours.season"
    first = sim("season", *SMALL, "--weeks", "2", "--save", str(file))
    assert first.exit_code == 0, first.output
    for words in (
        "promises are kept",
        "customers of the beginning who left",
        "By the kit's own thresholds",
        "What this rests on",
        "positive but small",
        *NAMES,
    ):
        assert words in " ".join(first.output.split())
    onward = sim("season", "lean", *SMALL, "--weeks", "1", "--from", str(file), "--json")
    found: dict[str, Any] = json.loads(onward.stdout)
    assert (found["command"], found["weeks"], found["replications"]) == ("season", 1, 1)
    assert found["measures"]["retention_12"]["mean"] is None
    assert found["lost_by_cause"].keys() == {cause.name.lower() for cause in Cause}
    assert notes.STEADY.full in found["notes"]
    assert notes.DELIGHT.full not in found["notes"]


def test_what_is_no_season_is_refused_in_one_sentence(tmp_path: Path) -> None:
    for content in (b"", b"kit: 1\n", b"meet-the-bar season 1 00\nhalf"):
        file = tmp_path / "wrong.season"
        file.write_bytes(content)
        refused = sim("season", "--from", str(file))
        assert refused.exit_code != 0
        assert refused.output.count("wrong.season") == 1
        assert "Traceback" not in refused.output
    assert sim("season", "--from", str(tmp_path / "none.season")).exit_code != 0
    assert sim("season", "--weeks", "0").exit_code != 0


def test_a_page_that_is_not_there_is_refused_in_one_sentence() -> None:
    refused = sim("app", "yeer")
    assert refused.exit_code != 0
    assert "yeer is not one of room, year" in refused.output
