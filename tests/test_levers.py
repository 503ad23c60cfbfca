"""Does every lever exist, and do table, picture and page say truly what its responses are?"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest
from matplotlib.text import Text
from PIL import Image

from sim.experiment import levers as trying
from sim.experiment import spiral
from sim.experiment.estimate import Estimate
from sim.experiment.levers import (
    ENOUGH,
    LEVERS,
    MONEY,
    OUTCOMES,
    STORED,
    Lever,
    Response,
    earns,
    save_responses,
    stored_responses,
    strongest,
    try_levers,
)
from sim.experiment.seasons import Months
from sim.experiment.spiral import Loop, save_loops, stored_loops
from sim.scenario import BadInput, Scenario, fields
from sim.season.catalogue import MEASURES
from sim.views import levers as views
from sim.views import looks
from sim.views.charts.letters import Lettering
from sim.views.charts.responses import (
    MOST_VALUES,
    NOT_MEASURED,
    ResponsesPanel,
    known,
    most,
    outcome_in_words,
    responses_data,
    responses_equivalent,
    responses_title,
)
from sim.views.levers import (
    NO_RESPONSES,
    LeverResponses,
    LeversTable,
    all_responses,
    by_lever,
    lever_row,
    read_responses,
    stored,
)
from sim.views.loops import NO_LOOPS, LoopRow, LoopsTable, in_words, read_loops

FONTS: dict[str, tuple[str, ...]] = {
    "liberation": ("Liberation Sans", "DejaVu Sans"),
    "dejavu": ("DejaVu Sans",),
}
BOT = "Chatbot that hands over"
SIZES = {
    "usual": (3.0, 0.2, 9.0),
    "down": (-3.0, 0.2, 9.0),
    "luck": (0.1, 0.4, 0.3),
    "nothing": (0.0, 0.0, 0.0),
    "large": (60.0, 4.0, 9.0),
    "not measured": (nan, inf, inf),
    "one replication": (2.0, inf, inf),
}
"""A difference and its half-width in sizes that matter, and its standard deviations."""


def response(lever: Lever, value: Any, outcome: str, size: str = "usual") -> Response:
    """A made-up response."""
    mean, width, sure = SIZES[size]
    unit = MEASURES[outcome].matters
    count = 1 if size == "one replication" else 0 if size == "not measured" else 6
    return Response(
        lever.title, lever.path, value, outcome, Estimate(unit * mean, unit * width, 0.95, count), sure
    )


def made_up(lever: Lever, size: str = "usual", **others: str) -> list[Response]:
    """Responses of every outcome at every value, all of one size but for `others`."""
    return [
        response(lever, value, outcome, others.get(outcome, size))
        for value in lever.values
        for outcome in OUTCOMES
    ]


def called(title: str) -> Lever:
    return next(each for each in LEVERS if each.title == title)


# ------------------------------------------------------------------------------------------------ the levers


def test_every_lever_is_a_field_of_the_plan_and_every_value_is_accepted() -> None:
    for lever in LEVERS:
        assert lever.path.startswith("plan."), lever
        assert lever.path in fields(), lever
        plans = lever.plans()
        assert len(plans) == len(lever.values) + 1
        assert all(plan.plan != plans[0].plan for plan in plans[1:]), (
            f"{lever.title}: today is among its values"
        )


def test_titles_are_unique() -> None:
    titles = [lever.title for lever in LEVERS]
    assert len(set(titles)) == len(titles)


def test_every_outcome_is_a_measure() -> None:
    assert set(OUTCOMES) <= set(MEASURES)
    assert set(MONEY) < set(OUTCOMES)


def test_the_picture_has_room_for_every_value() -> None:
    assert max(len(lever.values) for lever in LEVERS) <= MOST_VALUES


@pytest.mark.parametrize(
    ("found", "place"),
    [
        ({"size": "usual"}, True),
        ({"size": "luck"}, False),
        ({"size": "luck", "wait_mean": "usual"}, True),
        ({"size": "luck", "wait_mean": "down"}, False),
        ({"size": "luck", "cost_12": "usual"}, False),
        ({"size": "luck", "cost_12": "down", "nps": "usual"}, True),
        ({"size": "luck", "profit_12": "usual", "turnover": "down"}, True),
    ],
)
def test_a_lever_earns_its_place_when_something_changes_and_it_costs_something(
    found: dict[str, str], place: bool
) -> None:
    assert earns(made_up(called(BOT), **found)) is place


def test_what_a_lever_does_most_to_is_never_money() -> None:
    found = made_up(called(BOT), "luck", cost_12="large", wait_mean="usual")
    assert strongest(found).outcome == "wait_mean"
    best = most(found)
    assert best is not None
    assert best.outcome == "wait_mean"
    assert most(made_up(called(BOT), "luck", cost_12="large")) is None


def test_a_year_that_was_not_lived_through_is_not_known() -> None:
    found = made_up(called(BOT), stays_12="not measured", cost_12="not measured", profit_12="not measured")
    assert {each.outcome for each in known(found)} == set(OUTCOMES) - {"stays_12", *MONEY}


# ------------------------------------------------------------------------------------------------ in a file


def test_what_is_saved_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [each for lever in LEVERS for each in made_up(lever)]
    monkeypatch.setattr(trying, "STORED", tmp_path / "levers.csv")
    save_responses(found, tmp_path / "levers.csv")
    again = read_responses(stored_responses())
    assert again == stored()
    for before, after in zip(found, again, strict=True):
        assert after.difference.mean == pytest.approx(before.difference.mean)
        assert replace(after, difference=before.difference) == before


def test_the_stored_responses_are_of_the_levers_there_are() -> None:
    if not STORED.exists():
        pytest.skip("no responses are stored")
    found = by_lever(stored())
    assert list(found) == [lever.title for lever in LEVERS]
    for lever in LEVERS:
        values = dict.fromkeys(each.value for each in found[lever.title])
        assert tuple(values) == lever.values, lever.title
        assert len(found[lever.title]) == len(values) * len(OUTCOMES)


# --------------------------------------------------------------------------------------------------- the table


def test_a_row_says_what_a_lever_does_most_to_and_what_that_costs() -> None:
    row = lever_row(BOT, made_up(called(BOT), "luck", wait_mean="down", cost_12="usual"))
    assert row.most == "mean wait"
    assert row.value == "0 of 100 contacts"
    assert row.change == f"{minus('0.30')} ±0.02 minutes"
    assert row.verdict == "▲ better"
    assert row.cost == "+30,000 ±2,000"
    assert row.earns == "yes"


def minus(text: str) -> str:
    return f"\N{MINUS SIGN}{text}"


def test_a_row_says_worse_with_its_mark_and_nothing_of_a_direction_that_is_none() -> None:
    worse = lever_row(BOT, made_up(called(BOT), "luck", unresolved="usual"))
    assert (worse.change, worse.verdict) == ("+3.0 ±0.2 points of 100", "▼ worse")
    neither = lever_row(BOT, made_up(called(BOT), "luck", occupancy="down"))
    assert neither.verdict == "less"


def test_a_lever_that_does_nothing_says_so() -> None:
    row = lever_row(BOT, made_up(called(BOT), "luck"))
    assert row.cells == (BOT, views.LUCK, "", "", "", "", "no")


def test_the_table_counts_and_marks() -> None:
    found = [*made_up(called(BOT)), *made_up(called("Apology"), "luck")]
    table = LeversTable(found)
    assert table.headline == "1 of 2 levers earn their place; 6 replications of a year each"
    html = table._repr_html_()
    assert html.count("<tr>") == 3
    assert f'<b style="color:{looks.BETTER_TEXT}">▲ better</b>' in html
    assert repr(table).splitlines()[1].startswith(BOT)


@pytest.mark.parametrize("size", SIZES)
def test_every_lever_has_its_row_whatever_was_found(size: str) -> None:
    table = LeversTable([each for lever in LEVERS for each in made_up(lever, size)])
    assert [row.lever for row in table.rows()] == [lever.title for lever in LEVERS]
    assert "nan" not in table._repr_html_()
    assert "inf" not in repr(table)


# ------------------------------------------------------------------------------------------------- the picture


def pictures() -> Iterator[tuple[str, Lever, list[Response]]]:
    """Every size, and every lever."""
    for size in SIZES:
        yield size, called("Staffing"), made_up(called("Staffing"), size)
    for lever in LEVERS:
        sizes = ("large", "down", "luck", "usual")
        mixed = {outcome: sizes[at % len(sizes)] for at, outcome in enumerate(OUTCOMES)}
        yield lever.title, lever, made_up(lever, **mixed)


def texts(panel: ResponsesPanel) -> list[Text]:
    found: list[Any] = panel.figure.findobj(Text)
    return [text for text in found if text.get_visible() and text.get_text()]


def overlapping(panel: ResponsesPanel) -> list[str]:
    """Texts that are cut by the edge of the picture, and pairs that cover each other."""
    page = panel.figure.bbox
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(panel)]
    cut = [
        name
        for name, box in boxes
        if min(box.x0 - page.x0, box.y0 - page.y0, page.x1 - box.x1, page.y1 - box.y1) < -0.5
    ]
    over = [
        f"{a} / {b}"
        for at, (a, one) in enumerate(boxes)
        for b, other in boxes[at + 1 :]
        if min(one.x1, other.x1) - max(one.x0, other.x0) > 0.5
        and min(one.y1, other.y1) - max(one.y0, other.y0) > 0.5
    ]
    return cut + over


@pytest.mark.parametrize("fonts", FONTS)
def test_every_word_is_inside_the_picture_and_covers_no_other(fonts: str) -> None:
    panel = ResponsesPanel(fonts=FONTS[fonts])
    for name, lever, found in pictures():
        panel.update(responses_data(lever.title, found))
        assert not overlapping(panel), name


@pytest.mark.parametrize("fonts", FONTS)
def test_the_longest_title_fits_above_the_picture(fonts: str) -> None:
    title = Lettering(FONTS[fonts], ResponsesPanel.title_size, bold=True)
    below = Lettering(FONTS[fonts])
    for lever in LEVERS:
        for outcome in set(OUTCOMES) - set(MONEY):
            data = responses_data(lever.title, made_up(lever, "luck", **{outcome: "large"}))
            assert title.width(data.headline) < ResponsesPanel.size[0], data.headline
            assert below.width(data.below) < ResponsesPanel.size[0], data.below


def drawn(found: Sequence[Response]) -> ResponsesPanel:
    panel = ResponsesPanel()
    panel.update(responses_data(found[0].lever, found))
    return panel


def test_the_picture_names_today_the_values_and_the_units() -> None:
    words = [text.get_text() for text in texts(drawn(made_up(called(BOT))))]
    assert words.count("today") == len(OUTCOMES)
    assert words.count("80") >= len(OUTCOMES)
    assert {"across: of 100 contacts", "today: 25", "points of 100, more is better"} <= set(words)
    assert {MEASURES[name].title for name in OUTCOMES} <= set(words)


def test_today_is_that_of_the_lever() -> None:
    lever = called("Supervisors, where agents decide nothing")
    assert responses_data(lever.title, made_up(lever)).today == "1"
    assert responses_data(BOT, made_up(called(BOT))).today == "25"


def test_what_changed_is_filled_and_the_rest_is_hollow_and_grey() -> None:
    panel = drawn(made_up(called(BOT), "luck", wait_mean="usual"))
    values = len(called(BOT).values)
    filled, hollow = (panel._marks[word] for word in ("changed", "less"))
    assert len(filled.get_xdata()) == values + 1  # type: ignore[arg-type]  # and one in the key
    assert len(hollow.get_xdata()) == values * (len(OUTCOMES) - 1) + 1  # type: ignore[arg-type]
    assert filled.get_markerfacecolor() == looks.INK
    assert hollow.get_markerfacecolor() == looks.PAPER
    assert hollow.get_markeredgecolor() == looks.INK_3


def test_what_was_not_measured_is_said_in_its_plot() -> None:
    words = [text.get_text() for text in texts(drawn(made_up(called(BOT), stays_12="not measured")))]
    assert words.count(NOT_MEASURED) == 1


def test_the_headline_is_the_finding() -> None:
    lever = called(BOT)
    found = made_up(lever, "luck", wait_mean="down")
    data = responses_data(lever.title, found)
    assert data.headline == "Chatbot that hands over: does most to mean wait"
    assert data.below == (
        f"Set to 0 of 100 contacts: {minus('0.30')} ±0.02 minutes, better. "
        "6 replications, the same luck everywhere."
    )
    assert "does nothing that can be told from luck" in responses_title(lever.title, made_up(lever, "luck"))
    assert outcome_in_words("nps") == "net promoter score"


def test_who_does_not_see_the_picture_reads_the_same() -> None:
    told = responses_equivalent(responses_data(BOT, made_up(called(BOT), "luck", wait_mean="down")))
    assert told.columns == ("Change from today", "at 0", "at 50", "at 80")
    rows = {row[0]: row[1:] for row in told.rows}
    assert len(rows) == len(OUTCOMES)
    assert {"Customers", "Contacts for an issue"} <= set(rows)
    assert rows["Mean wait, minutes"][0] == f"{minus('0.30')} ±0.02 ▲ better"
    assert rows["Promise kept, points of 100"][0] == "+0.1 ±0.4"
    assert told.sentence.endswith("Values: of 100 contacts; today 25.")


def test_a_lever_shows_its_picture_and_its_table() -> None:
    shown = LeverResponses(BOT, made_up(called(BOT)))
    html = shown._repr_html_()
    assert "data:image/png;base64," in html
    assert 'alt="Chatbot that hands over: change from today' in html
    assert "<caption>" in html
    picture = Image.open(BytesIO(shown.png(1.0)))
    width, height = ResponsesPanel.size
    assert picture.size == (width, height + int(ResponsesPanel.title_strip))
    assert repr(shown).count("|") > 50


def test_a_lever_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="nearest is Chatbot that hands over"):
        repr(LeverResponses("Chatbot that hand over", made_up(called(BOT))))


# -------------------------------------------------------------------------------------------------- the page


def test_choosing_another_lever_shows_its_picture() -> None:
    page = all_responses([*made_up(called(BOT)), *made_up(called("Apology"), "luck")])
    assert page.choose.options == (BOT, "Apology")
    assert page.choose.description == "Lever"
    before = page.shown.value
    assert "Chatbot that hands over: does most to" in before
    page.choose.value = "Apology"
    assert "Apology: does nothing that can be told from luck" in page.shown.value
    assert page.shown.value != before
    assert repr(page) == "All levers. Apology: does nothing that can be told from luck."
    still = page.still()
    assert still is not None
    assert still._repr_html_() == page.shown.value
    assert page._repr_mimebundle_()["text/plain"] == repr(page)


def test_on_a_page_of_its_own_nothing_stands_still_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    assert all_responses(made_up(called(BOT))).still() is None


def test_where_nothing_is_stored_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "STORED", tmp_path / "none.csv")
    monkeypatch.setattr(spiral, "STORED", tmp_path / "none.csv")
    page = all_responses()
    assert page.choose.disabled
    assert page.shown.value == f"<p>{NO_RESPONSES}</p>"
    assert repr(page) == repr(LeversTable()) == repr(LeverResponses(BOT)) == NO_RESPONSES
    assert NO_RESPONSES in LeversTable()._repr_html_()
    assert repr(LoopsTable()) == NO_LOOPS
    assert LoopsTable()._repr_html_() == f"<p>{NO_LOOPS}</p>"


# --------------------------------------------------------------------------------------------------- the loop


def loop(agents: int, emptied: float, half_width: float = 0.1, world: str = "as assumed") -> Loop:
    sizes = [Estimate(size, half_width, 0.95, 4) for size in (agents - emptied, 0.3, emptied)]
    return Loop(world, agents, *sizes)


def rows(*loops: Loop) -> list[LoopRow]:
    return [
        LoopRow(each.world, each.agents, each.at_work.mean, 0.3, each.emptied.mean, each.emptied.half_width)
        for each in loops
    ]


def test_loops_that_are_saved_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spiral, "STORED", tmp_path / "spiral.csv")
    save_loops([loop(5, 2.0), loop(12, 0.0)], tmp_path / "spiral.csv")
    assert read_loops(stored_loops()) == rows(loop(5, 2.0), loop(12, 0.0))
    with (tmp_path / "spiral.csv").open(encoding="utf-8") as file:
        assert next(csv.reader(file)) == list(spiral.COLUMNS)


def test_a_sentence_says_where_the_loop_empties_posts_and_whether_it_runs_away() -> None:
    none = in_words("as assumed", rows(loop(5, 0.05), loop(7, -0.2)))
    assert none == "As assumed: the loop empties no posts that can be told, whatever the number of agents."
    some = in_words("as assumed", rows(loop(5, 0.9), loop(6, 0.4), loop(7, 0.3), loop(9, 0.05)))
    assert some == (
        "As assumed: the loop empties posts with 5, 6 and 7 agents, at most 0.9 ±0.1 of 5; "
        "it does not run away: it nowhere empties half of the posts."
    )
    away = in_words("at the worst", rows(loop(5, 3.0), loop(9, 1.0)))
    assert away.endswith("; it runs away with 5, where it empties half of the posts or more.")


def test_every_world_has_its_sentence_and_every_row_its_place() -> None:
    table = LoopsTable(rows(loop(5, 0.9), loop(5, 3.0, world="at the worst of their ranges")))
    assert [sentence.split(":")[0] for sentence in table.sentences()] == [
        "As assumed",
        "At the worst of their ranges",
    ]
    html = table._repr_html_()
    assert html.count('scope="row"') == 2
    assert "+0.90 ±0.10" in html
    assert "| as assumed, 5 | 4.1 | 30 | +0.90 ±0.10 |" in repr(table)


# ------------------------------------------------------------------------------------------------ a lever live


def test_a_lever_can_be_tried_small(monkeypatch: pytest.MonkeyPatch) -> None:
    small = {
        "assumptions.demand.customers": 1_000,
        "assumptions.demand.issues_per_day": 23,
        "plan.staffing.specialists": 1,
    }
    monkeypatch.setattr(trying, "Scenario", lambda: Scenario().changed(small))
    lever = Lever("plan.staffing.agents", (1, 4), {"plan.staffing.agents": 2})
    (found,) = try_levers([lever], 2, months=Months(2, settle=1), workers=1)
    assert len(found) == 2 * len(OUTCOMES)
    assert {each.lever for each in found} == {"Staffing"}
    assert any(each.deviations > ENOUGH for each in known(found))
    assert "not measured" in repr(LeverResponses("Staffing", found))
