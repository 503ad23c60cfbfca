"""Is every chart whole, readable and honest, whatever the numbers, in both fonts?"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.text import Text
from PIL import Image
from seasons import deserted, paying_back, sized, year, years
from summaries import TEAMS, costing, going, journey, keeping, nobody, of_teams, waiting, week

from sim.experiment import first
from sim.measures import Summary
from sim.scenario import Scenario
from sim.season.contract import Cause
from sim.season.summary import SeasonSummary
from sim.views import looks
from sim.views.charts import (
    ConsistencyPanel,
    CostPanel,
    CustomersPanel,
    JourneyPage,
    JourneyPanel,
    LoyaltyPanel,
    Panel,
    ProfitPanel,
    StaffPanel,
    WaitingPanel,
    export_png,
)
from sim.views.charts.canvas import Label
from sim.views.charts.journey_page import ENDS, Layout
from sim.views.charts.lines import Units, week_ticks
from sim.views.charts.placing import RoundLimits, kept_apart, swarm
from sim.views.months.data import GROUPS, Pair, SeasonData, season_data
from sim.views.panel_data import (
    DOTS,
    ENDINGS,
    LEAVES,
    PAGE_ENDS,
    PER,
    SOLVED,
    UNSOLVED,
    PanelData,
    panel_data,
    shared_out,
    team_days,
    wait_axis,
    wait_dots,
)
from sim.views.png import palette_png

LIBERATION: tuple[str, ...] = ("Liberation Sans", "DejaVu Sans")
DEJAVU: tuple[str, ...] = ("DejaVu Sans",)
PANELS: dict[str, type[Panel[Any]]] = {
    "waiting": WaitingPanel,
    "consistency": ConsistencyPanel,
    "journey": JourneyPanel,
    "cost": CostPanel,
}
SEASON_PANELS: dict[str, type[Panel[Any]]] = {
    "loyalty": LoyaltyPanel,
    "customers": CustomersPanel,
    "profit": ProfitPanel,
    "staff": StaffPanel,
}
Runs = Sequence[Summary]


def data(now: Runs = (), plan: Runs = (), promise: float = 2.0, bar: float = 0.75) -> PanelData:
    return panel_data(now, plan, promise=promise, bar=bar)


def weeks(count: int = 20, **changes: Any) -> list[Summary]:
    return [week(i, **changes) for i in range(count)]


NOW = weeks()
PLAN = weeks(wait=1.2, keep=(0.8, 0.4, 0.7), cost=5.2)
ALL_HUNG_UP = journey(
    bot=(0, 0, 0), handed_over=0, straight=900, at_once=(0, 0), passed_on=(0, 0, 0, 0), left=(900, 0)
)
EVERY_END_SMALL = journey(
    bot=(3, 3, 3), handed_over=91, straight=900, at_once=(955, 6), passed_on=(6, 5, 4, 5), left=(4, 6)
)
EVERY_END_LARGE = journey(
    bot=(100, 50, 50),
    handed_over=100,
    straight=700,
    at_once=(150, 150),
    passed_on=(80, 80, 70, 70),
    left=(120, 80),
)
BOT_ONLY = journey(
    bot=(300, 0, 700), handed_over=0, straight=0, at_once=(0, 0), passed_on=(0, 0, 0, 0), left=(0, 0)
)
ALL_CALLED_BACK = journey(
    bot=(0, 0, 0), handed_over=0, straight=500, at_once=(0, 0), passed_on=(0, 0, 0, 500), left=(0, 0)
)

CASES: dict[str, PanelData] = {
    "not run yet": data(),
    "now only": data(NOW),
    "plan only": data(plan=PLAN),
    "one replication": data(NOW[:1], PLAN[:1]),
    "one of the plan": data(NOW, PLAN[:1]),
    "two replications": data(NOW[:2], PLAN[:2]),
    "usual": data(NOW, PLAN),
    "plan is now": data(NOW, NOW),
    "nobody": data([nobody()], [nobody()]),
    "nobody under the plan": data(NOW, [nobody(i) for i in range(20)]),
    "an hour against none": data(
        [waiting(one, 75, 0.0) for one in NOW], [waiting(one, 0, 1.0) for one in PLAN]
    ),
    "five hours": data([waiting(one, 300, 0.0) for one in NOW], [waiting(one, 299, 0.0) for one in PLAN]),
    "all hung up": data([going(waiting(one, 1, 0), ALL_HUNG_UP) for one in NOW], PLAN),
    "promise of 20 seconds": data(NOW, PLAN, promise=1 / 3),
    "promise of nothing": data(NOW, PLAN, promise=0),
    "promise of 25 minutes": data(NOW, PLAN, promise=25),
    "promise of 4 hours": data(NOW, PLAN, promise=240),
    "all kept, none kept, bar 100": data([keeping(o, 1) for o in NOW], [keeping(o, 0) for o in PLAN], bar=1),
    "bar 0": data(NOW, PLAN, bar=0),
    "bar 66.7": data(NOW, PLAN, bar=2 / 3),
    "partner only under the plan": data([of_teams(one, "In-house") for one in NOW], PLAN),
    "one team": data(
        [of_teams(one, "Specialists") for one in NOW], [of_teams(one, "Specialists") for one in PLAN]
    ),
    "huge costs": data(
        [costing(o, 12_345.67, 98_765.43) for o in NOW], [costing(o, 12_500, 101_000) for o in PLAN]
    ),
    "thousands": data(
        [costing(o, 1_345.67, 9_765.43) for o in NOW], [costing(o, 1_500, 9_999.99) for o in PLAN]
    ),
    "millions against cents": data(
        [costing(o, 0.05, 0.07) for o in NOW], [costing(o, 2e6, 3e6) for o in PLAN]
    ),
    "tiny costs": data([costing(o, 0.0041, 0.0052) for o in NOW], [costing(o, 0.004, 0.0051) for o in PLAN]),
    "free": data([costing(o, 0.0, 0.0) for o in NOW], [costing(o, 0.0, 0.0) for o in PLAN]),
    "every end": data([going(o, EVERY_END_SMALL) for o in NOW], [going(o, EVERY_END_LARGE) for o in PLAN]),
    "bot only, called back": data(
        [going(o, BOT_ONLY) for o in NOW], [going(o, ALL_CALLED_BACK) for o in PLAN]
    ),
    "round the clock": data([replace(o, slot_start=o.slot_start * 2 - 960) for o in NOW], PLAN),
}


def months(pairs: Sequence[Pair] = (), weeks: int = 52) -> SeasonData:
    return season_data(pairs, weeks, discount=0.1)


def larger(times: float) -> list[Pair]:
    return [(sized(now, times), sized(plan, times)) for now, plan in years(5)]


WORSE = {"leaves": 0.0082, "profit": 46_000.0, "at_work": 9.0, "exhaustion": 0.48, "time_taken": 0.86}
YEARS = years(**WORSE)
SEASON_CASES: dict[str, SeasonData] = {
    "not run yet": months(),
    "one replication": months(YEARS[:1]),
    "two replications": months(YEARS[:2]),
    "usual": months(YEARS),
    "plan is now": months(years()),
    "two years": months(years(5, 104, **WORSE), 104),
    "not quite a year": months(years(5, 51, **WORSE), 51),
    "half a year": months(years(5, 26, leaves=0.001), 26),
    "one week": months(years(5, 1, **WORSE), 1),
    "ten years": months(years(3, 520, **WORSE), 520),
    "pays back": months([(now, paying_back(plan, 5e5, 37)) for now, plan in years(5)]),
    "pays back at once": months([(now, paying_back(plan, 5e5, 3)) for now, plan in years(5)]),
    "pays back at last": months([(now, paying_back(plan, 5e5, 51)) for now, plan in years(5)]),
    "millions of customers": months(larger(5000)),
    "a handful of customers": months(larger(1 / 5000)),
    "deserted": months([(deserted(now), deserted(plan)) for now, plan in YEARS]),
    "deserted under the plan": months([(now, deserted(plan)) for now, plan in YEARS]),
    "nobody leaves, all leave": months([(year(i, leaves=0), year(i, leaves=0.9)) for i in range(5)]),
    "a loss": months(years(5, profit=-90_000)),
    "a thousand people": months(years(5, at_work=1234.5)),
}
EVERY_CASE: dict[str, PanelData | SeasonData] = {
    **CASES,
    **{f"a season, {name}": shown for name, shown in SEASON_CASES.items()},
}
ROOMS: list[tuple[dict[str, type[Panel[Any]]], dict[str, Any]]] = [
    (PANELS, CASES),
    (SEASON_PANELS, SEASON_CASES),
]


# ------------------------------------------------------------------------- nothing cut, nothing over another


def texts(panel: Panel[Any]) -> list[Text]:
    found: list[Any] = panel.figure.findobj(Text)
    return [text for text in found if text.get_visible() and text.get_text()]


def misplaced(panel: Panel[Any]) -> list[str]:
    """Texts that are cut by the edge of the picture, and pairs that cover each other."""
    page = panel.figure.bbox
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(panel)]
    cut = [
        name
        for name, box in boxes
        if box.x0 < page.x0 - 0.5
        or box.y0 < page.y0 - 0.5
        or box.x1 > page.x1 + 0.5
        or box.y1 > page.y1 + 0.5
    ]
    over = [
        f"{a} / {b}"
        for (a, one), (b, other) in combinations(boxes, 2)
        if min(one.x1, other.x1) - max(one.x0, other.x0) > 0.5
        and min(one.y1, other.y1) - max(one.y0, other.y0) > 0.5
    ]
    return cut + over


def crossed(panel: Panel[Any]) -> list[str]:
    """Texts that a line runs through."""
    lines: list[Any] = panel.figure.findobj(Line2D)
    paths = [
        line.get_transform().transform(line.get_xydata())
        for line in lines
        if line.get_linestyle() != "None" and len(line.get_xydata())
    ]
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(panel)]
    return [
        name
        for name, box in boxes
        for points in paths
        if Path(points).intersects_bbox(box.padded(-0.5), filled=False)
    ]


def drawn(shown: PanelData | SeasonData, fonts: tuple[str, ...]) -> list[Panel[Any]]:
    kinds = PANELS if isinstance(shown, PanelData) else SEASON_PANELS
    panels = [kind(fonts=fonts) for kind in kinds.values()]
    for name, panel in zip(kinds, panels, strict=True):
        panel.update(getattr(shown, name))
    for side in (shown.journey.now, shown.journey.plan) if isinstance(shown, PanelData) else ():
        if side:
            panels.append(JourneyPage(fonts=fonts))
            panels[-1].update(side)
    return panels


@pytest.mark.parametrize("fonts", [LIBERATION, DEJAVU], ids=["Liberation", "DejaVu"])
@pytest.mark.parametrize("case", EVERY_CASE)
def test_no_text_is_cut_or_covers_another(case: str, fonts: tuple[str, ...]) -> None:
    for panel in drawn(EVERY_CASE[case], fonts):
        assert misplaced(panel) + crossed(panel) == [], type(panel).__name__
        assert panel.canvas.pixels().min() < 100


@st.composite
def any_week(draw: st.DrawFn) -> Summary:
    """A week of any numbers that a replication could give."""
    counts = st.integers(0, 2000)
    way = journey(
        bot=draw(st.tuples(counts, counts, counts)),
        handed_over=0,
        straight=0,
        at_once=draw(st.tuples(counts, counts)),
        passed_on=draw(st.tuples(counts, counts, counts, counts)),
        left=draw(st.tuples(counts, counts)),
    )
    way["handed_over"] = draw(st.integers(0, way["queued"]))
    way["straight"] = way["queued"] - way["handed_over"]
    way["to_bot"] += way["handed_over"]
    way["arrived"] = way["to_bot"] + way["straight"]
    minutes, share = draw(st.floats(0, 500)), draw(st.floats(0, 1))
    contact = draw(st.floats(0, 1e6))
    full = keeping(waiting(week(), minutes, share), draw(st.floats(0, 1)))
    noise = np.random.default_rng(draw(st.integers(0, 99))).uniform(0, 2, len(full.slot_wait))
    full = replace(full, slot_wait=full.slot_wait * noise)
    teams = draw(st.lists(st.sampled_from(TEAMS), unique=True))
    return of_teams(going(costing(full, contact, contact * draw(st.floats(1, 5))), way), *teams)


@st.composite
def any_season(draw: st.DrawFn, weeks: int) -> SeasonSummary:
    """A season of any numbers that a replication could give."""
    share = st.floats(0, 1)
    one = year(
        draw(st.integers(0, 99)),
        weeks=weeks,
        leaves=draw(st.floats(0, 0.2)),
        profit=draw(st.floats(-1e6, 1e6)),
        at_work=draw(st.floats(1, 3000)),
        exhaustion=draw(share),
        time_taken=draw(share),
    )
    return sized(one, draw(st.sampled_from([1e-4, 1, 300, 5000])))


SHOWN = {
    fonts: {name: kind(fonts=fonts) for name, kind in (PANELS | SEASON_PANELS).items()}
    for fonts in (LIBERATION, DEJAVU)
}


@settings(max_examples=25)
@given(
    now=st.lists(any_week(), max_size=3),
    plan=st.lists(any_week(), max_size=3),
    promise=st.floats(0, 240),
    bar=st.floats(0, 1),
    fonts=st.sampled_from([LIBERATION, DEJAVU]),
)
def test_no_text_is_cut_or_covers_another_whatever_the_numbers(
    now: list[Summary], plan: list[Summary], promise: float, bar: float, fonts: tuple[str, ...]
) -> None:
    shown = data(now, plan, promise, bar)
    for name in PANELS:
        panel = SHOWN[fonts][name]
        panel.forget()
        panel.update(getattr(shown, name))
        assert misplaced(panel) + crossed(panel) == [], name


@settings(max_examples=25)
@given(
    drawn=st.data(), weeks=st.sampled_from([1, 9, 52, 104, 300]), fonts=st.sampled_from([LIBERATION, DEJAVU])
)
def test_no_text_of_a_season_is_cut_or_covers_another_whatever_the_numbers(
    drawn: st.DataObject, weeks: int, fonts: tuple[str, ...]
) -> None:
    pair = st.tuples(any_season(weeks), any_season(weeks))
    shown = months(drawn.draw(st.lists(pair, max_size=3)), weeks)
    for name in SEASON_PANELS:
        panel = SHOWN[fonts][name]
        panel.forget()
        panel.update(getattr(shown, name))
        assert misplaced(panel) + crossed(panel) == [], name


@settings(max_examples=25)
@given(one=any_week(), fonts=st.sampled_from([LIBERATION, DEJAVU]))
def test_the_full_page_journey_holds_any_journey(one: Summary, fonts: tuple[str, ...]) -> None:
    side = data([one]).journey.now
    assert side
    page = JourneyPage(fonts=fonts)
    page.update(side)
    assert misplaced(page) + crossed(page) == []


@pytest.mark.parametrize("align", ["left", "center", "right"])
@pytest.mark.parametrize("scale", [1, 2])
def test_a_stamped_text_stands_where_its_extent_says(align: str, scale: int) -> None:
    panel = CostPanel()
    for artist in panel.figure.findobj(Artist):
        artist.set_visible(artist is panel.figure or artist is panel.figure.patch)
    label = panel.canvas.text(200, 100, "plan 15 of 20", bold=True, align=align)
    ink = panel.canvas.pixels(scale)[..., 0] < 128
    box = label.get_window_extent()
    across, down = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    assert box.x0 - 2 * scale <= across[0] <= box.x0 + 3 * scale
    assert box.x1 - 3 * scale <= across[-1] <= box.x1 + 2 * scale
    assert ink.shape[0] - box.y1 - scale <= down[0]
    assert down[-1] <= ink.shape[0] - box.y0 + scale


# --------------------------------------------------------------------------------------- the looks are kept


@pytest.mark.parametrize("case", EVERY_CASE)
def test_no_text_is_smaller_than_twelve_pixels_on_the_logical_canvas(case: str) -> None:
    panels = drawn(EVERY_CASE[case], LIBERATION)
    sizes = [float(text.get_fontsize()) for panel in panels for text in texts(panel)]
    assert sizes
    assert min(sizes) >= 12


def colours(artist: Artist) -> set[str]:
    """Every colour an artist may draw with."""
    found: set[str] = set()
    names = ("color", "facecolor", "edgecolor", "markerfacecolor", "markeredgecolor")
    for value in (getattr(artist, f"get_{name}", lambda: "none")() for name in names):
        several = np.atleast_2d(value) if isinstance(value, np.ndarray) else [value]
        found |= {to_hex(one).upper() for one in several if len(one) and not transparent(one)}
    return found


def transparent(colour: Any) -> bool:
    return (isinstance(colour, str) and colour == "none") or (not isinstance(colour, str) and colour[-1] == 0)


def test_colours_come_from_the_tokens_only() -> None:
    tokens = {colour.upper() for colour in looks.COLOURS.values()}
    used: set[str] = set()
    for panel in drawn(CASES["usual"], LIBERATION) + drawn(SEASON_CASES["pays back"], LIBERATION):
        for artist in panel.figure.findobj(Artist):
            used |= colours(artist)
    assert used - tokens == set()
    assert {looks.NOW_GREY, looks.PLAN_BLUE, looks.INK} <= used


def test_now_is_hollow_and_dashed_and_plan_filled_and_solid() -> None:
    panel = WaitingPanel()
    now, plan = panel.canvas.marks(looks.NOW, 10), panel.canvas.marks(looks.PLAN, 10)
    assert (now.get_markerfacecolor(), plan.get_markerfacecolor()) == (looks.PAPER, looks.PLAN_BLUE)
    assert (panel.canvas.curve(looks.NOW).is_dashed(), panel.canvas.curve(looks.PLAN).is_dashed()) == (
        True,
        False,
    )
    assert looks.PLAN.bold
    assert not looks.NOW.bold


@pytest.mark.parametrize("size", [looks.SWARM_MARK, looks.ROW_MARK, looks.LONE_MARK])
def test_now_and_plan_can_be_told_apart_in_grey(size: float) -> None:
    def middle(who: looks.Identity) -> float:
        panel = CostPanel()
        panel.canvas.marks(who, size).set_data([216], [60])
        grey = Image.fromarray(panel.canvas.pixels(2)).convert("L")
        return float(np.asarray(grey)[119:121, 431:433].mean())

    assert middle(looks.NOW) - middle(looks.PLAN) > 100


def words(panel: Panel[Any]) -> list[str]:
    return [text.get_text() for text in texts(panel)]


def test_thresholds_are_named_on_the_picture() -> None:
    for case in ("not run yet", "usual"):
        shown = drawn(CASES[case], LIBERATION)
        assert "promise 2 min" in words(shown[0])
        assert "promise" in words(shown[0])
        assert "the bar: 75" in words(shown[1])


# -------------------------------------------------------------------------------------- before and after one


def test_before_the_first_run_a_panel_shows_its_axes_and_says_so() -> None:
    for panel in drawn(CASES["not run yet"], LIBERATION) + drawn(SEASON_CASES["not run yet"], LIBERATION):
        assert "not run yet" in words(panel)
        assert (panel.canvas.pixels()[..., :3] < 200).any()
        assert any(word.replace(",", "").isdigit() for word in words(panel))


def test_now_is_shown_while_there_is_no_plan() -> None:
    waits, days, way, money = drawn(CASES["now only"], LIBERATION)[:4]
    for panel, word in ((waits, "now"), (days, "days at the bar"), (way, "now")):
        assert word in words(panel)
    assert any(word.startswith("now ") for word in words(money))
    assert not any(word.startswith("plan") for panel in (waits, days, way, money) for word in words(panel))


def bands(panel: Panel[Any]) -> int:
    """How many intervals are drawn: bands, and bars in the colours of the two sides."""
    own = {looks.NOW_GREY.lower(), looks.PLAN_BLUE.lower()}
    found: list[Any] = [*panel.figure.findobj(LineCollection), *panel.figure.findobj(PolyCollection)]
    return sum(
        len(one.get_paths())
        for one in found
        if isinstance(one, PolyCollection) or to_hex(one.get_color()[0]) in own
    )


@pytest.mark.parametrize("name", ["waiting", "journey", "cost"])
def test_one_replication_wears_no_interval_and_says_so(name: str) -> None:
    panel = PANELS[name]()
    panel.update(getattr(CASES["usual"], name))
    assert bands(panel) > 0
    panel.update(getattr(CASES["one replication"], name))
    assert bands(panel) == 0
    assert "one replication" in words(panel)
    assert not any("±" in word for word in words(panel))
    panel.update(getattr(CASES["one of the plan"], name))
    assert "plan: one replication" in words(panel)


@pytest.mark.parametrize("name", SEASON_PANELS)
def test_one_season_wears_no_interval_and_says_so(name: str) -> None:
    panel = SEASON_PANELS[name]()
    panel.update(getattr(SEASON_CASES["usual"], name))
    assert bands(panel) > 0
    panel.update(getattr(SEASON_CASES["one replication"], name))
    assert bands(panel) == 0
    assert any(word.endswith("one replication") for word in words(panel))
    assert not any("±" in word for word in words(panel))


# ----------------------------------------------------------------------------------------- changed in place


def ticks(panel: Panel[Any]) -> list[str]:
    """The texts that are numbers alone: the labels of the axes."""
    return [word for word in words(panel) if word.replace(",", "").replace(".", "").isdigit()]


def test_axes_stay_while_the_data_are_inside_and_grow_to_round_numbers() -> None:
    panel = WaitingPanel()
    panel.update(data(NOW, PLAN).waiting)
    before = ticks(panel)
    panel.update(data(NOW, weeks(wait=0.1)).waiting)
    assert ticks(panel) == before
    panel.update(data([waiting(one, 17.3, 0) for one in NOW], PLAN).waiting)
    assert {"0", "20"} <= set(ticks(panel))
    panel.update(data(NOW, PLAN).waiting)
    assert "20" in ticks(panel)
    panel.forget()
    panel.update(data(NOW, PLAN).waiting)
    assert ticks(panel) == before


def test_an_update_makes_no_new_artists() -> None:
    for kinds, cases in ROOMS:
        for name, kind in kinds.items():
            panel = kind()
            made = panel.figure.findobj()
            for case in ("usual", "not run yet", "one replication", "usual"):
                panel.update(getattr(cases[case], name))
            assert panel.figure.findobj() == made


def test_the_picture_depends_on_the_data_and_the_axes_only() -> None:
    for kinds, cases in ROOMS:
        for name, kind in kinds.items():
            panel, fresh = kind(), kind()
            for case in ("usual", "one replication", "not run yet"):
                panel.update(getattr(cases[case], name))
            panel.forget()
            panel.update(getattr(cases["usual"], name))
            fresh.update(getattr(cases["usual"], name))
            assert panel.png() == fresh.png()


def test_panels_may_be_drawn_from_several_threads() -> None:
    shown = {name: kind() for name, kind in PANELS.items()}

    def picture(name: str) -> bytes:
        shown[name].update(getattr(CASES["usual"], name))
        return shown[name].png()

    expected = [picture(name) for name in PANELS]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(picture, [*PANELS] * 3)) == expected * 3


@given(st.lists(st.lists(st.floats(0, 1e6), min_size=1, max_size=5), min_size=1, max_size=6))
def test_round_limits_hold_all_data_and_move_only_when_they_must(batches: list[list[float]]) -> None:
    limits = RoundLimits(0, 10, parts=5, least=0.5)
    seen = limits.hold(batches[0])
    for batch in batches:
        now = limits.hold(batch)
        hair = 1e-9 * max(1.0, *batch)
        assert now[0] <= min(batch) + hair
        assert max(batch) <= now[-1] + hair
        assert list(now) == sorted(set(now))
        assert now == seen or min(batch) < seen[0] or max(batch) > seen[-1]
        seen = now


# ------------------------------------------------------------------------------------------------- pictures


def opened(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture))


@pytest.mark.parametrize("scale", [1, 2])
def test_a_picture_is_a_small_palette_png_with_white_paper(scale: int) -> None:
    rooms = [(name, kind, cases) for kinds, cases in ROOMS for name, kind in kinds.items()]
    for name, kind, cases in rooms:
        panel = kind()
        panel.update(getattr(cases["usual"], name))
        picture = panel.png(scale)
        image = opened(picture)
        assert image.size == (432 * scale, (276 if name in PANELS else 266) * scale)
        assert image.mode == "P"
        assert len(image.convert("RGB").getcolors() or []) <= 64
        assert image.convert("RGB").getpixel((430 * scale, 20 * scale)) == (255, 255, 255)
        assert len(picture) < 15_000 * scale


def test_flat_colours_survive_the_palette() -> None:
    for panel in drawn(CASES["usual"], LIBERATION):
        pixels = panel.canvas.pixels(1 if isinstance(panel, JourneyPage) else 2)
        sent = np.asarray(opened(palette_png(pixels)).convert("RGB"))
        for colour in looks.COLOURS.values():
            token = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
            same = (pixels[..., :3] == token).all(axis=2)
            flat = same[1:, 1:] & same[1:, :-1] & same[:-1, 1:] & same[:-1, :-1]
            if flat.sum() > 20:  # fewer is the rim of a letter that happens to be of that grey
                assert (sent[1:, 1:][flat] == token).all(), colour


def test_an_export_has_its_title_drawn_in_above_the_same_picture() -> None:
    title = "Cost: cheaper per contact and per resolved issue"
    image = opened(export_png(CostPanel, CASES["usual"].cost, title, scale=1))
    assert image.size == (432, 276 + 52)
    plain = CostPanel()
    plain.update(CASES["usual"].cost)
    below = image.convert("RGB").crop((0, 52, 432, 328))
    assert np.abs(np.asarray(below, int) - np.asarray(opened(plain.png()).convert("RGB"), int)).mean() < 1
    assert (np.asarray(image.convert("L").crop((0, 0, 432, 30))) < 100).any()


def test_the_full_page_with_its_title_fills_a_screen() -> None:
    side = CASES["usual"].journey.plan
    assert side
    assert opened(export_png(JourneyPage, side, "Of 1,000 contacts", "A week", scale=1)).size == (1280, 720)


def test_a_panel_can_be_saved_in_other_formats() -> None:
    panel = ConsistencyPanel()
    panel.update(CASES["usual"].consistency)
    out = BytesIO()
    panel.figure.savefig(out, format="svg")
    assert b"<svg" in out.getvalue()


# ----------------------------------------------------------------------------------- do the dots add up?


@given(st.integers(0, 1000), st.sampled_from([0, 0.01, 1, 100]), st.floats(0, 240))
def test_fifty_dots_share_out_all_who_queued(seed: int, crowd: float, promise: float) -> None:
    axis = wait_axis(promise)
    counts = np.random.default_rng(seed).poisson(crowd, 241)
    dots = wait_dots(counts, axis)
    assert len(dots) == axis.bins + 1
    assert sum(dots) == (DOTS if sum(counts) else 0)
    width = round(axis.step * 4)
    for i, dot in enumerate(dots):
        here = sum(counts[i * width :] if i == axis.bins else counts[i * width : (i + 1) * width])
        assert abs(dot - DOTS * here / max(sum(counts), 1)) < 1


@pytest.mark.parametrize("promise", [0.75, 1, 2, 3, 4, 5, 10, 15, 20])
def test_the_promise_lies_between_two_bins(promise: float) -> None:
    axis = wait_axis(promise)
    assert (promise / axis.step) % 1 == 0
    assert promise in axis.ticks
    assert axis.top >= 2 * promise


@given(st.lists(st.floats(0, 100), min_size=1, max_size=12), st.integers(1, 2000))
def test_whole_numbers_in_proportion_add_up(amounts: list[float], total: int) -> None:
    whole = shared_out(amounts, total)
    assert sum(whole) == (total if sum(amounts) > 0 else 0)
    assert all(count >= 0 for count in whole)


def test_up_to_twenty_days_are_shown_as_they_are() -> None:
    days = team_days("Partner", [np.array([0.5, 0.75, 0.9]), np.array([0.7])], 0.75, 0.95)
    assert days.dots == (0.5, 0.7, 0.75, 0.9)
    assert (days.days, days.at_bar, days.missed) == (4, 2, 2)
    assert days.middle == pytest.approx(0.725)
    assert days.share_at_bar.mean == pytest.approx(1 / 3)


@given(st.lists(st.floats(0, 1), min_size=21, max_size=200), st.floats(0, 1))
def test_more_days_are_shown_by_twenty_of_them_that_count_like_all(shares: list[float], bar: float) -> None:
    days = team_days("Partner", [np.array(shares)], bar, 0.95)
    assert len(days.dots) == 20
    assert set(days.dots) <= set(shares)
    assert days.at_bar == sum(dot >= bar for dot in days.dots)
    assert abs(days.at_bar - 20 * np.mean(np.array(shares) >= bar)) <= 1


def test_the_consistency_panel_counts_what_it_shows() -> None:
    panel = ConsistencyPanel()
    panel.update(data([keeping(week(), 1)], [keeping(week(1), 0.1)]).consistency)
    assert words(panel).count("now  5 of 5") == 3
    assert words(panel).count("plan  0 of 5") == 3


def test_a_team_without_issues_says_so_and_teams_keep_their_order() -> None:
    shown = data([of_teams(week(), "In-house")], [week(1)]).consistency
    assert shown.teams == ("In-house", "Specialists", "Partner")
    panel = ConsistencyPanel()
    panel.update(shown)
    assert words(panel).count("now  no issues") == 2


@given(any_week())
def test_the_journey_panel_tells_of_every_contact_once(one: Summary) -> None:
    side = data([one]).journey.now
    assert side
    assert sorted(leaf for leaves in ENDINGS.values() for leaf in leaves) == sorted(LEAVES)
    assert sorted(leaf for leaves in PAGE_ENDS.values() for leaf in leaves) == sorted(LEAVES)
    arrived = one.journey["arrived"]
    assert sum(side.contacts(ending) for ending in ENDINGS) == (PER if arrived else 0)
    for ending in ENDINGS if arrived else ():
        assert abs(side.contacts(ending) - side.endings[ending].mean) < 2
    assert side.solved + side.no_solution <= PER
    assert set(SOLVED) | set(UNSOLVED) | {"waiting for a call back"} == set(ENDINGS)


def test_the_journey_of_the_picture_is_told_by_the_panel() -> None:
    side = data([week()]).journey.now
    assert side
    numbers = [side.contacts(ending) for ending in ENDINGS]
    assert numbers == [430, 120, 150, 140, 78, 60, 10, 12]
    assert side.no_solution == 140 + 78 + 60 + 10
    assert side.whole["to_bot"] == 350


def test_the_arithmetic_of_cost_holds() -> None:
    side = data(NOW).cost.now
    assert side
    assert side.contact.mean * side.contacts.mean == pytest.approx(side.resolved.mean)
    assert side.contacts.half_width > 0


# --------------------------------------------------------------------------------------- do the months add up?


def test_a_season_begins_with_all_its_customers_and_every_cause_is_told_once() -> None:
    side = SEASON_CASES["usual"].loyalty.plan
    assert side
    assert side.left[0].mean == 1
    assert len(side.left) == 53
    assert sorted(cause for group in GROUPS.values() for cause in group) == sorted(Cause)
    total = sum(one.mean for one in side.lost.values())
    assert total == pytest.approx(sum(one.mean for one in side.causes.values()))
    assert total == pytest.approx(1 - side.left[-1].mean)


def test_customers_after_the_last_week_are_those_before_it_and_what_it_brought() -> None:
    side = SEASON_CASES["usual"].customers.now
    assert side
    weekly = [now.weekly for now, _ in YEARS]
    assert len(side.have) == 53
    expected = np.mean([w["customers"][-1] - w["left"][-1] + w["joined"][-1] for w in weekly])
    assert side.have[-1].mean == pytest.approx(expected)


def test_a_weeks_profit_is_a_mean_over_four_weeks_and_begins_with_the_fourth() -> None:
    side = SEASON_CASES["usual"].profit.now
    assert side
    assert (side.begins, len(side.weekly)) == (4, 49)
    expected = np.mean([now.weekly["profit"][:4].mean() for now, _ in YEARS])
    assert side.weekly[0].mean == pytest.approx(expected)


def test_what_is_paid_first_pays_back_in_its_week_and_the_picture_says_so() -> None:
    now = year(0)
    pair = (now, paying_back(now, 5e5, 37))
    shown = season_data([pair] * 2, 52).profit
    assert shown.gain
    assert shown.gain.pays_back == 37
    assert shown.gain.summed[0].mean == 0
    assert shown.gain.summed[1].mean == pytest.approx(-5e5)
    panel = ProfitPanel()
    panel.update(shown)
    assert "pays back in week 37" in words(panel)
    assert season_data([(now, now)], 52).profit.gain.pays_back is None  # type: ignore[union-attr]


def test_horizons_are_shown_as_far_as_the_season_reaches() -> None:
    for case, rows in (("half a year", 0), ("usual", 1), ("two years", 3)):
        assert len(SEASON_CASES[case].profit.horizons) == rows
        panel = ProfitPanel()
        panel.update(SEASON_CASES[case].profit)
        assert sum("±" in word for word in words(panel)) == rows


def test_lines_of_a_season_are_named_where_they_end() -> None:
    loyalty, customers, _, staff = drawn(SEASON_CASES["usual"], LIBERATION)
    assert {"now 68", "plan 65"} <= set(words(loyalty))
    assert sum(word.startswith(("now ", "plan ")) for word in words(customers)) == 2
    assert sum(word.startswith(("now ", "plan ")) for word in words(staff)) == 6


@given(st.integers(1, 1000), st.integers(2, 6))
def test_the_axis_of_weeks_is_round_and_ends_with_the_season(weeks: int, most: int) -> None:
    ticks = week_ticks(weeks, most)
    assert (ticks[0], ticks[-1]) == (0, weeks)
    assert len(ticks) <= most + 1
    assert list(ticks) == sorted(set(ticks))


@given(st.floats(-1e13, 1e13), st.floats(1, 1e13), st.sampled_from([1e4, 1e5]))
def test_labels_of_an_axis_stay_short(low: float, high: float, plain_below: float) -> None:
    units = Units.of((low, max(high, low)), plain_below)
    assert max(abs(low), abs(max(high, low))) / units.divisor <= max(plain_below, 1e4)


def test_a_real_replication_can_be_shown() -> None:
    one = first(Scenario())
    shown = data([one], [one])
    for panel in drawn(shown, LIBERATION):
        assert misplaced(panel) == []
    assert shown.journey.now
    assert sum(shown.journey.now.whole[leaf] for leaf in LEAVES) == PER


# ------------------------------------------------------------------------------------------------- placing


def gap(places: Sequence[float], sizes: Sequence[float]) -> float:
    order = sorted(range(len(places)), key=lambda i: places[i])
    return min(
        (places[b] - places[a] - (sizes[a] + sizes[b]) / 2 for a, b in pairwise(order)),
        default=0.0,
    )


@given(st.lists(st.tuples(st.floats(-50, 350), st.floats(1, 40)), min_size=1, max_size=7))
def test_labels_are_kept_apart_inside_their_room_and_in_order(labels: list[tuple[float, float]]) -> None:
    wanted, sizes = [place for place, _ in labels], [size for _, size in labels]
    places = kept_apart(wanted, sizes, 0, 300)
    assert gap(places, sizes) > -1e-6
    assert all(
        size / 2 - 1e-6 <= place <= 300 - size / 2 + 1e-6 for place, size in zip(places, sizes, strict=True)
    )
    assert sorted(range(len(wanted)), key=lambda i: places[i]) == sorted(
        range(len(wanted)), key=lambda i: wanted[i]
    )


def test_labels_with_room_stay_where_they_want_to_be() -> None:
    assert kept_apart([100, 40, 200], [14, 14, 14], 0, 300) == [100, 40, 200]


@given(st.lists(st.floats(0, 240), min_size=1, max_size=20))
def test_dots_of_a_swarm_stay_in_their_lane(places: list[float]) -> None:
    assert all(abs(offset) <= 12 for offset in swarm(sorted(places), 6, 12))


def test_dots_of_a_swarm_do_not_cover_each_other_where_there_is_room() -> None:
    places = [10, 12, 14, 30, 50, 51]
    dots = list(zip(places, swarm(places, 6, 12), strict=True))
    assert all(abs(x - p) >= 6 or abs(y - q) >= 6 for (x, y), (p, q) in combinations(dots, 2))


# ------------------------------------------------------------------------------------------ bands of a page


def crossings(layout: Layout, sample: Callable[[float, float], Sequence[float]]) -> list[str]:
    """Pairs of bands whose middle lines change sides."""
    found = []
    for (a, one), (b, other) in combinations(layout.bands.items(), 2):
        left, right = max(one.start_x, other.start_x), min(one.end_x, other.end_x)
        if left >= right:
            continue
        sides = [
            one.middle((x - one.start_x) / (one.end_x - one.start_x))
            - other.middle((x - other.start_x) / (other.end_x - other.start_x))
            for x in sample(left, right)
        ]
        if max(sides) > 1 and min(sides) < -1:
            found.append(f"{a} / {b}")
    return found


@settings(max_examples=100)
@given(any_week())
def test_bands_of_the_journey_never_cross_and_stay_on_the_page(one: Summary) -> None:
    side = data([one]).journey.now
    assert side
    layout = Layout(side.whole)
    assert crossings(layout, lambda left, right: list(np.linspace(left, right, 25))) == []
    for band in layout.bands.values():
        assert min(band.start, band.end) >= 0
        assert max(band.start, band.end) + band.height <= 600


@given(any_week())
def test_bands_that_meet_fill_their_nodes(one: Summary) -> None:
    side = data([one]).journey.now
    assert side
    n = Layout(side.whole).n
    assert n["to_bot"] + n["straight"] == (PER if one.journey["arrived"] else n["to_bot"] + n["straight"])
    assert n["handed_over"] + n["straight"] == n["queue"]
    assert min(n.values()) >= 0
    assert {end.name for end in ENDS} | {"bot_lost"} == set(PAGE_ENDS)


def test_every_band_of_the_page_has_its_number() -> None:
    side = CASES["every end"].journey.now
    assert side
    page = JourneyPage()
    page.update(side)
    shown = " ".join(words(page))
    for told in (
        "3 settled by the bot",
        "6 unresolved",
        "5 unresolved",
        "6 resolved",
        "20 passed on",
        "91 handed over",
    ):
        assert told in shown
    for end in ("Lost at the bot", "Hung up, passed on", "Turned away", "Waiting for a call back"):
        assert end in shown


def test_labels_are_of_the_kind_that_is_stamped() -> None:
    assert all(
        isinstance(text, Label) for panel in drawn(CASES["usual"], LIBERATION) for text in texts(panel)
    )
