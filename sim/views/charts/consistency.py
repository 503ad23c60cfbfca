"""Consistency: every day a dot, team by team, now above plan, against the bar."""

from collections.abc import Sequence
from math import isfinite

from sim.views import looks
from sim.views.charts.canvas import Label, move, span
from sim.views.charts.panel import HALF_LINE, BottomAxis, Panel, replications_note
from sim.views.charts.placing import Scale, swarm
from sim.views.looks import Identity
from sim.views.panel_data import DAYS_SHOWN, TEAM_ORDER, ConsistencyData, TeamDays

LEFT, RIGHT = 76.0, 314.0
COUNT_LEFT = 323.0
TOP = 56.0
MOST_TEAMS = 6
ROW_HALF = 12.0
"""Half the height of a side's dots, where three teams share the panel."""


class ConsistencyPanel(Panel[ConsistencyData]):
    """One row for each team; in it the days of now above those of the plan."""

    def _build(self) -> None:
        canvas = self.canvas
        self._says = canvas.text(0, 16, colour=looks.INK_2)
        self._note = canvas.text(0, 32, colour=looks.INK_2)
        self._foot = BottomAxis(canvas, LEFT, RIGHT, "issues with the promise kept, of 100")
        self._foot.show((0, 25, 50, 75, 100))
        self._bar = canvas.line(looks.INK, looks.THRESHOLD_WIDTH, order=2.5)
        self._bar_name = canvas.text(y=48, align="center")
        self._head = canvas.text(COUNT_LEFT, 48, colour=looks.INK_2)
        self._rules = canvas.bars(looks.GRID, 1.0, order=0.5)
        self._teams = [canvas.text(0) for _ in range(MOST_TEAMS)]
        self._sides = {who.word: Days(self, who) for who in (looks.NOW, looks.PLAN)}

    def _show(self, data: ConsistencyData) -> None:
        teams = (data.teams or TEAM_ORDER[:1])[:MOST_TEAMS]
        rows = [Row(team, i, len(teams)) for i, team in enumerate(teams)]
        self._says.set_text(says(data))
        self._note.set_text(replications_note(data.now, data.plan))
        self._show_bar(data.bar)
        self._show_rows(rows)
        for word, side in (("now", data.now), ("plan", data.plan)):
            days = [side.team(row.team) if side else None for row in rows]
            self._sides[word].show(rows, days, started=side is not None)
        self._head.set_text("days at the bar" if data.now or data.plan else "")

    def _show_bar(self, bar: float) -> None:
        x = self._foot.scale(100 * bar)
        move(self._bar, [(x, TOP - 2), (x, looks.AXIS_Y)])
        self._bar_name.set_text(f"the bar: {100 * bar:.3g}")
        half = self._bar_name.width / 2
        self._bar_name.set_x(min(x, COUNT_LEFT - 8 - half))

    def _show_rows(self, rows: Sequence["Row"]) -> None:
        span(self._rules, [[(LEFT, row.top), (RIGHT, row.top)] for row in rows[1:]])
        for i, label in enumerate(self._teams):
            label.set(
                text=rows[i].team if i < len(rows) else "",
                y=rows[i].middle + HALF_LINE if i < len(rows) else 0,
            )


class Row:
    """The place of a team, `place` of `count`."""

    def __init__(self, team: str, place: int, count: int) -> None:
        self.team = team
        self.height = (looks.AXIS_Y - TOP) / count
        self.top = TOP + place * self.height
        self.middle = self.top + self.height / 2
        self.room = min(self.height / 5, 2 * ROW_HALF)

    def lane(self, who: Identity) -> float:
        """Pixels of the middle of a side's dots."""
        reach = min(self.height / 4, 24)
        return self.middle + (reach if who is looks.PLAN else -reach)


class Days:
    """The dots, middle days and counts of one side, over all teams."""

    def __init__(self, panel: ConsistencyPanel, who: Identity) -> None:
        canvas = panel.canvas
        self._who = who
        self._scale = Scale(0, 1, LEFT, RIGHT)
        self._dots = canvas.marks(who, looks.SWARM_MARK + 1)
        self._middles = canvas.bars(who.colour, who.bar_width, order=who.order)
        self._counts: list[Label] = [
            canvas.text(COUNT_LEFT, colour=who.text_colour, bold=who.bold) for _ in range(MOST_TEAMS)
        ]

    def show(self, rows: Sequence[Row], days: Sequence[TeamDays | None], *, started: bool) -> None:
        """Show the days of each row's team; a team without issues says so."""
        places, middles = [], []
        for row, one in zip(rows, days, strict=True):
            if one and isfinite(one.middle):
                y, x = row.lane(self._who), self._scale(one.middle)
                places += self._swarm(one, y, row.room)
                middles.append([(x, y - row.room), (x, y + row.room)])
        move(self._dots, places)
        span(self._middles, middles)
        for i, label in enumerate(self._counts):
            shown = i < len(rows) and started
            label.set(
                text=count_in_words(self._who.word, days[i]) if shown else "",
                y=rows[i].lane(self._who) + HALF_LINE if shown else 0,
            )

    def _swarm(self, one: TeamDays, y: float, room: float) -> list[tuple[float, float]]:
        xs = [self._scale(share) for share in sorted(one.dots)]
        offsets = swarm(xs, looks.SWARM_MARK + 1, room - looks.SWARM_MARK / 2)
        return [(x, y + offset) for x, offset in zip(xs, offsets, strict=True)]


def count_in_words(word: str, days: TeamDays | None) -> str:
    """The words beside a row: plan 15 of 20."""
    if days is None:
        return f"{word}  no issues"
    return f"{word}  {days.at_bar} of {len(days.dots)}"


def says(data: ConsistencyData) -> str:
    """What a dot is."""
    days = max((one.days for side in (data.now, data.plan) if side for one in side.teams), default=0)
    dot = "one day in 20" if days > DAYS_SHOWN else "one day"
    return f"Each dot: {dot}. Tall mark: the middle day"
