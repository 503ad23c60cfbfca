"""Can the last row read what the projector shows, in every phase and at every stage, whoever is in the room?"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sim.experiment import Estimate, Progress
from sim.views import looks
from sim.views.charts.letters import installed_fonts
from sim.views.charts.placing import Scale
from sim.views.projector import STAGES, Shown, Slide, days, fit, guesses, rows, slide, slides, whole
from sim.views.projector.costs import cost
from sim.views.projector.debriefing import question, swapped
from sim.views.projector.shapes import HEIGHT, SMALLEST, WIDTH, Box, Mark, Shape, Specks, Stroke, Words
from sim.views.projector.svg import svg
from sim.workshop.board import Board, anonymous, board, hidden, top
from sim.workshop.debrief import Swap
from sim.workshop.session import Session
from sim.workshop.source import PHASES, workshop, workshop_names
from workshops import another, begun, on, places, short

LONG = [f'{number:02d} <b>WWWW</b> & the "Gesellschaft" of mice'[:40] for number in range(1, 16)]
"""Names of 40 letters with markup in them."""
ROOMS: dict[str, Callable[[Path], Session]] = {
    "robots": begun,
    "long names": lambda folder: begun(folder, names=LONG),
    "two teams": lambda folder: begun(folder, names=["Larkspur", "W" * 40]),
    "one team": lambda folder: begun(folder, names=["Solo"]),
    "another workshop": lambda folder: begun(
        folder, another(), names=[f"Crew {number}" for number in range(1, 10)]
    ),
    "sixty teams": lambda folder: begun(folder, names=[f"Team number {number}" for number in range(1, 61)]),
}
TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0
MARGIN = 24.0
THICK = 5.0


@dataclass(frozen=True)
class Seen:
    """A slide and where it was seen."""

    room: str
    place: tuple[str, str, int]
    slide: Slide

    def __str__(self) -> str:
        return f"{self.room}, {self.place}: {self.slide.headline}"


@pytest.fixture(scope="module", params=["installed", "fallback"])
def fonts(request: pytest.FixtureRequest) -> Iterator[tuple[str, ...]]:
    """The fonts of this computer, and the wider ones of a computer that has none of the kit's."""
    chosen = installed_fonts() if request.param == "installed" else ("DejaVu Sans",)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fit, "installed_fonts", lambda: chosen)
        yield chosen


@pytest.fixture(scope="module")
def seen(fonts: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    """Every slide of a whole workshop in every room, with and without predictions."""
    del fonts
    found = []
    for name, room in ROOMS.items():
        with room(tmp_path_factory.mktemp("room")) as session:
            found += _whole(name, session, predicting=True)
    with begun(tmp_path_factory.mktemp("room"), names=["Ash", "Birch", "Cedar"]) as session:
        found += _whole("no predictions", session, predicting=False)
    return found


def _whole(name: str, session: Session, *, predicting: bool) -> list[Seen]:
    shown = Shown(booklet=12)
    found = []
    for place in places(session, predicting=predicting):
        found += [Seen(name, place, each) for each in slides(session, shown)]
        if place[1] == "frozen" and session.state.now.result is None:
            found.append(
                Seen(name, place, slide(session, 0, replace(shown, progress=Progress(12, 200, 5999.0))))
            )
        if place[1] == "debrief":
            found += [
                Seen(name, place, slides(session, replace(shown, board=each))[-1])
                for each in (anonymous, top, hidden)
            ]
            found += [Seen(name, place, each) for each in _rare()]
    return found


def _rare() -> tuple[Slide, ...]:
    """Slides that only a desk asks for, with as many letters as they may have."""
    wide = Estimate(38.4, 11.2, 0.95, 20)
    said = f"{'W' * 40} with 12 agents, as {'W' * 40}: 72 of 100 promises kept instead of 53, by +19.0 ±2.5."
    swap = Swap("W" * 40, "V" * 40, "plan.staffing.agents", wide, wide, Estimate(-19.0, 2.5, 0.95, 20), said)
    luck = replace(swap, difference=Estimate(1.0, 2.5, 0.95, 20))
    return swapped(swap), swapped(luck), question("Who was surprised, and by what? " * 9)


def words_of(slide: Slide) -> list[Words]:
    return [shape for shape in slide.picture if isinstance(shape, Words)]


def test_the_rooms_play_a_whole_workshop(seen: list[Seen]) -> None:
    for name in (*ROOMS, "no predictions"):
        there = {each.place[1] for each in seen if each.room == name}
        assert there == set(PHASES), name
    stages = {place for each in seen if (place := each.place)[1] == "reveal"}
    assert len(stages) == sum(len(where.reveal) for each in (short(), another()) for where in each.rounds)


def test_no_text_is_smaller_than_24_points_of_a_slide(seen: list[Seen]) -> None:
    assert SMALLEST * 22.5 == HEIGHT
    small = [(str(each), words) for each in seen for words in words_of(each.slide) if words.size < SMALLEST]
    assert not small


def test_nothing_is_cut_off(seen: list[Seen], fonts: tuple[str, ...]) -> None:
    for each in seen:
        for words in words_of(each.slide):
            left, above, right, below = fit.box(words, fonts)
            assert left >= MARGIN, (str(each), words)
            assert right <= WIDTH - MARGIN, (str(each), words)
            assert 0 <= above < below <= HEIGHT, (str(each), words)


def test_no_two_texts_overlap(seen: list[Seen], fonts: tuple[str, ...]) -> None:
    for each in seen:
        boxes = [(words, fit.box(words, fonts)) for words in words_of(each.slide) if words.text]
        for (one, a), (other, b) in combinations(boxes, 2):
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
            assert apart, (str(each), one, other)


def test_no_mark_covers_a_text(seen: list[Seen], fonts: tuple[str, ...]) -> None:
    for each in seen:
        boxes = [(words, fit.box(words, fonts)) for words in words_of(each.slide)]
        for mark in (shape for shape in each.slide.picture if isinstance(shape, Mark)):
            for words, (left, above, right, below) in boxes:
                aside = mark.x + mark.radius <= left or mark.x - mark.radius >= right
                assert aside or mark.y + mark.radius <= above or mark.y - mark.radius >= below, (
                    str(each),
                    mark,
                    words,
                )


def test_no_thick_stroke_and_no_speck_crosses_a_text(seen: list[Seen], fonts: tuple[str, ...]) -> None:
    for each in seen:
        boxes = [fit.box(words, fonts) for words in words_of(each.slide)]
        for shape in each.slide.picture:
            for (x0, y0), (x1, y1) in _segments(shape):
                crossed = [
                    box
                    for box in boxes
                    if min(x0, x1) < box[2]
                    and max(x0, x1) > box[0]
                    and min(y0, y1) < box[3]
                    and max(y0, y1) > box[1]
                ]
                assert not crossed, (str(each), shape, crossed)


def test_everything_drawn_is_on_the_slide(seen: list[Seen]) -> None:
    for each in seen:
        for shape in each.slide.picture:
            for x, y in _points(shape):
                assert 0 <= x <= WIDTH, (str(each), shape)
                assert 0 <= y <= HEIGHT, (str(each), shape)


def test_every_headline_is_one_line_that_is_short_enough(seen: list[Seen]) -> None:
    for each in seen:
        assert 0 < len(each.slide.headline) <= fit.HEADLINE_LIMIT, str(each)
        assert not each.slide.headline.endswith("."), str(each)


def test_every_slide_says_in_words_what_it_shows(seen: list[Seen]) -> None:
    for each in seen:
        words = " ".join((each.slide.headline, each.slide.sub, *each.slide.words))
        assert each.slide.words, str(each)
        assert not re.search(r"\bnan\b|\binf\b|None|Traceback", words), words


def test_every_text_stands_out_from_the_paper(seen: list[Seen]) -> None:
    for each in seen:
        for words in words_of(each.slide):
            assert contrast(words.colour, looks.PAPER) >= TEXT_CONTRAST, (str(each), words)


def test_every_mark_stands_out_by_its_face_or_its_edge(seen: list[Seen]) -> None:
    for each in seen:
        for shape in each.slide.picture:
            if isinstance(shape, Mark):
                best = max(contrast(colour, looks.PAPER) for colour in (shape.face, shape.edge))
                assert best >= MARK_CONTRAST, (str(each), shape)


def test_only_the_kits_colours_are_used(seen: list[Seen]) -> None:
    used = {colour for each in seen for shape in each.slide.picture for colour in _colours(shape)}
    assert used <= set(looks.COLOURS.values())


def test_the_booklet_page_is_named_where_it_is_known(seen: list[Seen]) -> None:
    rare = {each.headline for each in _rare()}
    told = [
        each for each in seen if each.slide.headline not in rare and each.slide.footer != "booklet page 12"
    ]
    assert not told


def test_markup_in_a_name_is_text(seen: list[Seen]) -> None:
    there = [each for each in seen if each.room == "long names" and "<b>" in str(each.slide.words)]
    assert there
    for each in there:
        drawn = svg(each.slide.picture)
        assert "<b>" not in drawn
        ET.fromstring(drawn)  # noqa: S314  # our own drawing


def test_every_picture_is_sound_svg(seen: list[Seen]) -> None:
    for each in seen:
        drawn = ET.fromstring(svg(each.slide.picture))  # noqa: S314  # our own drawing
        texts = [element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")]
        assert texts == [words.text for words in words_of(each.slide)], str(each)


def test_names_are_only_where_they_are_meant_to_be(tmp_path: Path) -> None:
    """The room sees names in the days, on the board and in the cup; guesses, dots and curves have none."""
    with begun(tmp_path) as session:
        names = {team.name for team in session.state.teams}
        named = {
            (place[1], place[2], each.headline)
            for place in places(session)
            for each in slides(session)
            if any(words.text in names for words in words_of(each)) and each.kind != "board"
        }
    assert not named


def test_before_the_outcome_nobodys_guess_is_shown(tmp_path: Path) -> None:
    """Two rooms that guessed and decided otherwise look the same until all is computed."""
    looked = []
    for turn in (0, 1):
        with begun(tmp_path / str(turn), names=["Ash", "Birch", "Cedar"]) as session:
            session.next()
            pictures = [slide(session)]
            for team in (1, 2, 3):
                session.predict(team, "wait", 20 + 30 * turn + team)
                session.predict(team, "kept", 10 + 30 * turn + team)
                pictures.append(slide(session))
            session.next()
            session.decide(1, {"plan.staffing.agents": 7 + 4 * turn})
            looked.append([*pictures, slide(session)])
    assert looked[0] == looked[1]
    assert [each.words[-1] for each in looked[0][:4]] == [f"{done} of 3 locked." for done in range(4)]
    assert looked[0][-1].words[-1] == "1 of 3 handed in."


def test_dots_fill_up_one_for_each_team_that_locked(tmp_path: Path) -> None:
    with begun(tmp_path) as session:
        on(session, "predict")
        marks = [shape for shape in slide(session).picture if isinstance(shape, Mark)]
    assert len(marks) == 15
    assert sum(mark.face == looks.INK for mark in marks) == 13


def test_every_team_that_predicted_is_a_dot_beside_what_came(tmp_path: Path) -> None:
    with begun(tmp_path) as session:
        on(session, "reveal")
        now, later = slides(session)[1], board(session)
        rings = [shape for shape in now.picture if isinstance(shape, Mark) and shape.face == looks.PAPER]
        said = [each for each in session.state.now.predictions.values() if each.ask == "kept"]
        assert len(rings) == len(said) == 13
        best, worst = later.rows[0].kept, min(row.kept for row in later.rows)
        band = next(shape for shape in now.picture if isinstance(shape, Box))
        across = (1800.0 - 120.0) / 100
        assert band.x == pytest.approx(120.0 + across * 100 * worst, abs=0.1)
        assert band.x + band.width == pytest.approx(120.0 + across * 100 * best, abs=0.1)


@pytest.mark.parametrize("low", [0, 5, 40, 90])
@pytest.mark.parametrize("high", [10, 60, 95, 100])
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_the_models_words_cross_neither_the_line_nor_the_edge(
    fonts: tuple[str, ...], low: float, high: float, share: float
) -> None:
    if low >= high:
        return
    line, told = low + share * (high - low), ("model: 100 to 100", "by plan; in the middle 100")
    drawn = guesses._outcome(Scale(0, 100, 120.0, 1800.0), line, low, high, told)
    at = next(shape for shape in drawn if isinstance(shape, Stroke)).points[0][0]
    for words in (shape for shape in drawn if isinstance(shape, Words)):
        left, _, right, _ = fit.box(words, fonts)
        assert MARGIN <= left < right <= WIDTH - MARGIN
        assert right <= at or at <= left


def test_the_board_shows_ranges_and_never_a_lower_tier_above_a_higher_one(tmp_path: Path) -> None:
    with begun(tmp_path) as session:
        for _ in range(2):
            on(session, "debrief")
        found = board(session)
        shown = slides(session)[-1]
    texts = [words.text for words in words_of(shown)]
    places_shown = [words.text for words in words_of(shown) if words.x == rows.PLACE_END]
    assert places_shown == [row.place for row in found.rows]
    assert texts.index(found.rows[0].name) < texts.index(found.rows[-1].name)


def test_the_days_right_of_the_bar_are_those_that_the_board_counts(tmp_path: Path) -> None:
    with begun(tmp_path, short(replications=8)) as session:
        for _ in range(2):
            on(session, "debrief")
        bar, result = 100 * session.workshop.today.plan.promise.bar, session.state.now.result
        assert result
        for row in board(session).rows:
            own = result.of(row.team)
            assert own
            kept = days.day_shares(own.summaries)
            assert sum(share >= bar for share in kept) / len(kept) == pytest.approx(row.days_at_bar)
        assert len({row.days_at_bar for row in board(session).rows}) > 2


@pytest.mark.parametrize("seen_of_it", [anonymous, hidden])
def test_a_board_without_names_leaves_them_out_of_the_days_too(
    tmp_path: Path, seen_of_it: Callable[[Board], Board]
) -> None:
    with begun(tmp_path) as session:
        on(session, "reveal")
        names = {team.name for team in session.state.teams}
        for _ in range(len(session.round.reveal) - 1):
            session.next()
            for shown in slides(session, Shown(board=seen_of_it)):
                said = " ".join((*(words.text for words in words_of(shown)), *shown.words, shown.headline))
                assert not [name for name in names if name in said], session.state.stage


def test_shortened_names_can_be_told_apart(fonts: tuple[str, ...]) -> None:
    ends = ("north", "south", "south-east", "south-west", "night", "by day and by night in the")
    names = [f"Customer service team {end}"[:40] for end in ends] + ["W" * 39 + "i", "W" * 39 + "l", "Ash"]
    short = fit.distinct(names, rows.NAME_ROOM)
    assert len(set(short)) == len(names)
    assert max(fit.width(each, fonts=fonts) for each in short) <= rows.NAME_ROOM
    assert short[-1] == "Ash"


def test_more_teams_than_rows_are_counted(seen: list[Seen]) -> None:
    boards = [each for each in seen if each.room == "sixty teams" and each.slide.kind == "board"]
    told = [words.text for each in boards for words in words_of(each.slide) if words.text.startswith("and ")]
    assert any(text.startswith("and 45 more") for text in told)


@pytest.mark.parametrize("name", workshop_names())
def test_every_stage_of_every_workshop_has_a_picture(name: str) -> None:
    stages = {stage for where in workshop(name).rounds for stage in where.reveal}
    assert stages <= set(STAGES)


def test_a_stage_without_a_picture_is_a_calm_sentence(tmp_path: Path) -> None:
    source = short()
    odd = [where.model_copy(update={"reveal": ("one_customer",)}) for where in source.rounds]
    with begun(tmp_path, source.model_copy(update={"rounds": tuple(odd)})) as session:
        on(session, "reveal")
        assert slide(session).headline == "One customer"


def test_a_debrief_with_nothing_to_show_is_a_calm_sentence(tmp_path: Path) -> None:
    rounds = tuple(each.model_copy(update={"exhibits": {}}) for each in short().rounds)
    with begun(tmp_path, short(steps=(), rounds=rounds), names=["Ash", "Birch"]) as session:
        on(session, "debrief", predicting=False)
        assert [(each.headline, each.words) for each in slides(session)] == [
            ("Debrief", ("How many people?",))
        ]


@pytest.mark.parametrize("seen_of_it", [anonymous, hidden])
def test_the_cup_has_no_names_where_the_board_has_none(
    tmp_path: Path, seen_of_it: Callable[[Board], Board]
) -> None:
    with begun(tmp_path) as session:
        names = {team.name for team in session.state.teams}
        for _ in range(2):
            on(session, "debrief")
            for each in slides(session, Shown(board=seen_of_it)):
                told = " ".join((each.headline, *each.words, *(words.text for words in words_of(each))))
                assert not [name for name in names if name in told], each.headline
        assert any("Team A" in " ".join(each.words) for each in slides(session, Shown(board=seen_of_it)))


def test_the_best_forecaster_is_named_wherever_names_are_seen(tmp_path: Path) -> None:
    """Who is nearest need not be among the first of the board."""

    def others(found: Board) -> Board:
        return replace(found, rows=tuple(row for row in found.rows if row.team != 1))

    with begun(tmp_path, names=["Ash", "Birch", "Cedar"]) as session:
        on(session, "predict", predicting=False)
        session.predict(1, "kept", 50)
        on(session, "debrief")
        for seen_of_it, there in ((whole, True), (others, True), (anonymous, False), (hidden, False)):
            heads = [each.headline for each in slides(session, Shown(board=seen_of_it))]
            assert ("Ash came nearest to what happened" in heads) == there


def test_a_price_is_added_to_the_cost_where_the_week_does_not_hold_it(tmp_path: Path) -> None:
    two = short().rounds[1]
    held = two.model_copy(
        update={"choices": tuple(each.model_copy(update={"price_in_week": True}) for each in two.choices)}
    )
    told = []
    for turn, source in enumerate((two, held)):
        with begun(tmp_path / str(turn), short(rounds=(short().rounds[0], source))) as session:
            session.go("brief", "one_of_three")
            on(session, "computed")
            told.append(cost(session))
    assert "A wow programme" in told[0].sub
    assert "A wow programme" not in told[1].sub
    changed = [one != other for one, other in zip(told[0].words, told[1].words, strict=True)]
    assert [name.split(":")[0] for name, other in zip(told[0].words, changed, strict=True) if other] == [
        "A wow programme"
    ]


def test_a_team_that_joins_after_the_result_is_no_trouble(tmp_path: Path) -> None:
    with begun(tmp_path, names=["Ash", "Birch"]) as session:
        on(session, "reveal")
        session.add_team("Cedar")
        for _ in range(6):
            assert all(each.headline != "Nothing to show yet" for each in slides(session))
            session.next()


def test_when_everybody_left_there_is_a_sentence(tmp_path: Path) -> None:
    with begun(tmp_path, names=["Ash"]) as session:
        on(session, "reveal")
        session.remove_team(1)
        for _ in range(5):
            assert slides(session)
            session.next()


def contrast(one: str, other: str) -> float:
    """The ratio of the lightness of two colours, as WCAG 2 counts it."""
    light, dark = sorted((_lightness(one), _lightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _lightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _points(shape: Shape) -> tuple[tuple[float, float], ...]:
    if isinstance(shape, Stroke | Specks):
        return shape.points
    if isinstance(shape, Box):
        return ((shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height))
    return ((shape.x, shape.y),)


def _segments(shape: Shape) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The pieces of what is drawn so thick that no letter can be read through it."""
    if isinstance(shape, Specks):
        return [((x - shape.radius, y), (x + shape.radius, y)) for x, y in shape.points]
    if isinstance(shape, Stroke) and shape.width >= THICK:
        return list(pairwise(shape.points))
    return []


def _colours(shape: Shape) -> tuple[str, ...]:
    return (shape.face, shape.edge) if isinstance(shape, Mark) else (shape.colour,)
