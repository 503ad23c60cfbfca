"""Do the exhibits show the guide's own numbers, in their phase, and say honestly what can be told?"""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from small_workshop import CONTENT, small

from sim.experiment import Estimate
from sim.scenario import BadInput
from sim.views.projector import Slide, slides
from sim.views.projector import exhibits as shown
from sim.views.projector.ends import ends
from sim.views.projector.operations import by_wait, day_by_day
from sim.views.projector.page import MOST_TURNS, SECONDS_A_TURN
from sim.views.projector.shapes import Box, Mark, Specks, Words
from sim.views.projector.stays import stays
from sim.views.projector.svg import svg
from sim.workshop.exhibits import ANSWERS, Offer, Worth, day, lacking, people, two_operations, worth
from sim.workshop.guide import EXPECTED, FILE, Quoting, quoting, read
from sim.workshop.paper import DAYS, HOURS, kept_hours
from sim.workshop.session import Session
from sim.workshop.source import Workshop, workshop, workshop_names, workshops_folder
from workshops import begun, on, one_step

W1 = workshops_folder() / "w1"
PLUS_MINUS = re.compile(r"[\d.,−]+ ±\d[\d.,]*(?<=\d)")


@pytest.fixture(scope="module")
def quote() -> Quoting:
    return quoting(W1, read(W1 / FILE))


@pytest.fixture
def w1() -> Workshop:
    return workshop("w1")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder of workshops that holds W1 alone, to be damaged."""
    shutil.copytree(W1, tmp_path / "w1")
    return tmp_path


def texts(slide: Slide) -> str:
    drawn = " ".join(each.text for each in slide.picture if isinstance(each, Words))
    return " ".join((slide.headline, slide.sub, drawn, *slide.words))


# --------------------------------------------------------------------------------------------- when, and where


@pytest.mark.parametrize("name", workshop_names())
def test_every_workshop_of_the_kit_can_show_its_exhibits(name: str) -> None:
    assert lacking(workshop(name)) == ""


def test_they_stand_where_the_guide_wants_them(tmp_path: Path) -> None:
    with begun(tmp_path) as session:
        heads = [each.headline for each in slides(session)]
        assert heads[0] == session.workshop.title
        assert heads[1] == "Longest wait: before noon, or after?"
        assert heads[3] == session.round.title
        while session.round.reveal[session.state.stage - 1] != "curve" or session.state.phase != "reveal":
            one_step(session)
        assert [each.headline for each in slides(session)][1:] == [
            "More people do not mend the story told twice"
        ]
        on(session, "debrief")
        heads = [each.headline for each in slides(session)]
        assert heads[:2] == ["Which would you stay with?", "Same average: B moves more, and costs more"]
        on(session, "debrief")
        heads = [each.headline for each in slides(session)]
        assert "Wow at twice its worth: luck cannot tell" in heads[:-1]


# -------------------------------------------------------------------------------------------------- the numbers


def test_every_number_the_guide_expects_of_the_exhibits_is_on_them(w1: Workshop, quote: Quoting) -> None:
    pages: dict[str, str] = {
        name: " ".join(texts(each) for each in shown._SLIDES[name](w1)) for name in shown._SLIDES
    }
    for at, name in (("0:05", "day"), ("0:18", "people"), ("0:38", "two_operations"), ("1:07", "worth")):
        (step,) = (step for step in quote.guide.steps if step.at == at)
        told = PLUS_MINUS.findall(" ".join(quote(text) for text in step.expect))
        assert len(told) >= 2
        known = {value for value in told if value in pages[name]}
        bars = {"0.88 ±0.22", "0.30 ±0.08"}  # written on their bars without the interval
        assert known | bars >= set(told), name
        assert all(value.split()[0] in pages[name] for value in told)


def test_what_more_people_bring_is_all_that_the_guide_expects_at_the_reveal(
    w1: Workshop, quote: Quoting
) -> None:
    (page,) = shown._SLIDES["people"](w1)
    for name in ANSWERS["people"]:
        assert str(quote.told[name]) in texts(page), name
    once = quote.told["told_once_12"]
    surely = replace(once, answer=replace(once.answer, mean=0.99))
    assert ends(replace(people(w1), told_once=(quote.told["told_once"], surely))).headline.startswith(
        "What more"
    )


def test_the_day_is_empty_where_it_is_stopped(w1: Workshop) -> None:
    first, second = shown._SLIDES["day"](w1)
    bars, whole = ([each for each in one.picture if isinstance(each, Box)] for one in (first, second))
    hours = kept_hours(W1)
    assert len(bars) == sum(hour.starts < 11 * 60 for hour in hours) == 4
    assert len(whole) == len(hours)
    assert [(each.x, each.y) for each in bars] == [(each.x, each.y) for each in whole[:4]]
    assert "13:30" not in texts(first)
    assert max(whole, key=lambda box: box.height) is whole[[hour.starts for hour in hours].index(810)]


def test_the_first_bars_grow_one_after_the_other_within_some_ten_seconds(w1: Workshop) -> None:
    first, second = shown._SLIDES["day"](w1)
    turns = [each.turn for each in first.picture if isinstance(each, Box)]
    assert turns == [0, 1, 2, 3]
    assert max(each for each in turns if each is not None) < MOST_TURNS
    assert 8 <= SECONDS_A_TURN * len(turns) <= 12
    assert svg(first.picture).count('class="grows turn-') == 4
    assert "class" not in svg(second.picture)


def test_two_operations_are_told_by_their_waits_alone_before_the_vote(w1: Workshop) -> None:
    found = two_operations(w1)
    first, second = by_wait(found), day_by_day(found)
    for secret in ("7 every day", "6, 10", "$", "kept"):
        assert secret not in texts(first)
        assert secret in texts(second)
    assert not any(isinstance(each, Specks) for each in first.picture)
    dots = [len(each.points) for each in second.picture if isinstance(each, Specks)]
    assert dots == [len(each.days) for each in found.pair] == [100, 100]


def test_what_is_told_of_two_operations_follows_their_intervals(w1: Workshop) -> None:
    found = two_operations(w1)
    same = replace(found.pair[1], spread=found.pair[0].spread)
    assert day_by_day(replace(found, pair=(found.pair[0], same))).headline.endswith("cannot tell their days")
    free = replace(found, cost=Estimate(10.0, 42.0, 0.95, 20))
    assert "costs" not in day_by_day(free).headline


def bought(agent: float, story: float, wow: float, twice: float, half: float = 0.01) -> Worth:
    return Worth(*(Offer(name, Estimate(mean, half, 0.95, 6)) for name, mean in
                 (("a", agent), ("s", story), ("w", wow), ("t", twice))))  # fmt: skip


@pytest.mark.parametrize(
    ("offers", "head"),
    [
        (bought(0.3, 0.5, 0.2, 0.4), "At twice its worth, wow passes one more person"),
        (bought(0.3, 0.5, 0.1, 0.2), "At twice its worth, wow still brings less"),
        (bought(0.3, 0.5, 0.1, 0.31), "Wow at twice its worth: luck cannot tell"),
        (bought(0.3, 0.5, 0.1, 0.4, half=0.06), "Wow at twice its worth: luck cannot tell"),
    ],
)
def test_where_intervals_meet_the_headline_says_that_luck_cannot_tell(offers: Worth, head: str) -> None:
    assert stays(offers).headline == head


def test_a_wow_is_drawn_as_worth_what_is_assumed_and_twice_that(w1: Workshop) -> None:
    found = worth(w1)
    assert [each.title for each in found.offers[2:]] == ["Wow, assumed: 12 points", "Wow, doubled: 24 points"]
    marks = [each for each in stays(found).picture if isinstance(each, Mark)]
    means = [each.stay.mean for each in found.offers]
    assert sorted(range(4), key=lambda at: marks[at].x) == sorted(range(4), key=lambda at: means[at])


# ----------------------------------------------------------------------------------------- where there are none


def with_exhibits(**named: list[str]) -> Workshop:
    return small(rounds=[{**CONTENT["rounds"][0], "exhibits": named}], steps=[])


def test_without_a_guide_that_is_told_in_one_sentence_and_never_to_the_room(tmp_path: Path) -> None:
    bare = with_exhibits(brief=["day"])
    with Session.open(tmp_path, bare) as session:
        assert session.told == "small: its exhibit day is not shown; guide.yaml is not beside workshop.yaml."
        assert [each.headline for each in slides(session)] == ["A small workshop", "How many?"]
    with Session.open(tmp_path / "other", small()) as session:
        assert session.told == ""


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (FILE, "  wait_90: {", "  wait_91: {", "nothing has this name"),
        (FILE, "    covered: ", '    covered: null # "', "no booklet page that shows a day"),
        (EXPECTED, "wait_90:", "wait_91:", "the model was not asked all"),
        (HOURS, None, None, "hours.csv is not beside workshop.yaml"),
        (DAYS, None, None, "days.csv is not beside workshop.yaml"),
    ],
)
def test_what_is_missing_beside_it_is_told(
    w1: Workshop, copy: Path, file: str, old: str | None, new: str | None, words: str
) -> None:
    path = copy / "w1" / file
    if old is None:
        path.unlink()
    else:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new or ""), encoding="utf-8")
    told = lacking(w1, copy)
    assert words in told
    assert "\n" not in told
    assert told.endswith(".")
    with pytest.raises(BadInput):
        day(w1, copy)


def test_a_number_written_anew_is_shown_anew(w1: Workshop, copy: Path) -> None:
    before = day(w1, copy).hours[0].wait
    path = copy / "w1" / HOURS
    path.write_text(path.read_text().replace("540,0.02583", "540,0.5"), encoding="utf-8")
    assert (before, day(w1, copy).hours[0].wait) == (0.02583, 0.5)


@pytest.mark.parametrize(
    ("named", "words"),
    [({"brief": ["dya"]}, "day"), ({"decide": ["day"]}, "shown in brief, reveal, debrief, not in decide")],
)
def test_an_unknown_exhibit_or_phase_is_told(named: dict[str, list[str]], words: str) -> None:
    with pytest.raises(BadInput) as told:
        with_exhibits(**named)
    assert words in str(told.value)
    assert str(told.value).endswith(".")
