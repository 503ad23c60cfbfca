"""The names by which a report's columns are recognised, in any order, case, plural or abbreviation.

The names are those of the interval reports of Avaya CMS, Genesys Cloud, Cisco UCCX and CUIC, Five9, Amazon Connect,
NICE, Talkdesk and Zendesk Talk, and of common workforce-management tools.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sim.report.words import listed, shown
from sim.scenario.errors import BadInput

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    # Within a role the earlier name wins when a report has several.
    "start": (
        "interval start", "interval start time", "start of interval", "interval begin", "interval starting",
        "start interval", "time interval start", "half hour start", "interval date time", "start date time",
        "start date and time", "period start", "start period", "start time", "date time", "date and time", "timestamp",
        "start", "begin", "from", "half hour", "quarter hour", "15 minutes", "30 minutes", "time interval", "interval",
        "interval time", "time of day", "time", "period", "hour", "hour of day",
    ),
    "date": ("interval date", "date", "start date", "call date", "report date", "row date", "calendar date", "day"),
    "offered": (
        "calls offered", "offered", "total calls offered", "total offered", "acd calls offered", "offer",
        "queue offered", "offered calls in queue", "calls presented", "presented", "calls queued", "queued",
        "calls received", "received", "calls entered", "entered", "incoming calls", "incoming", "inbound calls",
        "inbound", "total inbound calls", "calls in", "calls arrived", "arrivals", "total calls", "call volume",
        "volume", "calls",
    ),
    "answered": (
        "calls answered", "answered", "total calls answered", "total answered", "calls handled", "handled",
        "total calls handled", "acd calls", "answer", "accepted", "calls accepted", "calls taken", "calls served",
        "inbound calls answered", "answered by agents", "calls handled incoming",
    ),
    "abandoned": (
        "calls abandoned", "abandoned", "total calls abandoned", "total abandoned", "queue abandoned",
        "abandoned in queue", "calls abandoned in queue", "lost calls", "lost", "calls lost", "hung up",
        "inbound calls abandoned",
    ),
    "abandoned_share": ("abandonment rate", "% abandoned", "% aban calls"),
    "in_target": (
        "answered in", "answered within", "calls answered in", "answered in target", "answered within target",
        "answered within service level", "answered within threshold", "calls within service level",
        "calls in service level", "within service level", "in service level", "in sl", "within sl", "ans w/in sl",
        "within threshold", "in target", "within target", "met service level", "service level met", "met sl", "sl met",
        "acceptable", "answered 20 s", "accepted in", "answered under", "answered in less than", "handled in",
        "handled within",
    ),
    "in_target_share": (
        "service level %", "service level", "sl %", "sl", "% within service level", "% within sl", "% answered in",
        "% answered 20 s", "% in", "% calls answered in", "% answered within service level", "% answered in target",
        "80/20", "sla", "sla %", "service factor", "telephone service factor", "tsf",
    ),
    "handle": (
        "aht", "average handle time", "average handle", "average contact handle time", "average agent handle time",
        "handle time", "aht acd", "actual aht",
    ),
    "handle_total": ("total handle time", "sum handle time"),
    "talk": (
        "average talk time", "average talk", "att", "average acd time", "average acd talk time",
        "average interaction time", "average agent interaction time", "talk time", "average call time",
        "average service time",
    ),
    "talk_total": ("total talk time", "acd time", "total acd time", "sum talk time"),
    "hold": ("average hold time", "average hold", "average customer hold time", "hold time"),
    "hold_total": ("total hold time", "hold acd time", "customer hold time"),
    "wrap": (
        "average acw time", "average acw", "average after call work", "average after call work time",
        "average after contact work time", "average wrap up time", "average wrap time", "average wrap up",
        "average wrap", "wrap up time", "wrap time", "after call work", "acw",
    ),
    "wrap_total": (
        "total acw time", "acw time", "total after call work time", "total wrap up time", "total wrap time",
        "total acw",
    ),
    "speed": (
        "asa", "average speed of answer", "speed of answer", "average queue answer time", "average time to answer",
        "average answer delay", "answer delay", "time to answer", "average wait",
        "average wait time", "average waiting time", "wait time", "average queue time",
    ),
    "agents": (
        "agents", "agents staffed", "staffed", "positions staffed", "average positions staffed",
        "average staffed", "average staff", "average agents", "agents logged in", "logged in",
        "agents on duty", "agents on shift", "number of agents", "average number of agents", "active agents", "staff",
        "open positions", "positions", "fte", "headcount",
    ),
    "staffed_time": ("staffed time", "total staffed time", "staff time", "logged in time", "login time"),
    "queue": (
        "queue", "queue name", "skill", "skill name", "split", "split skill", "split name", "skill group", "csq",
        "csq name", "contact service queue", "campaign", "campaign name", "vdn", "vdn name", "media type", "channel",
        "service", "service name", "call type",
    ),
}  # fmt: skip

SAME: Final[Mapping[str, str]] = {
    **dict.fromkeys(("avg", "ave", "av", "mean"), "average"),
    **dict.fromkeys(
        ("aban", "abn", "abnd", "abd", "aband", "abandon", "abandons", "abandonment"), "abandoned"
    ),
    **dict.fromkeys(("ans", "answer", "answers"), "answered"),
    **dict.fromkeys(("offer", "offers"), "offered"),
    **dict.fromkeys(("handle", "handling"), "handled"),
    **dict.fromkeys(
        ("call", "calls", "contacts", "interaction", "interactions", "conversations", "chats"), "contact"
    ),
    **dict.fromkeys(("within", "inside"), "in"),
    **dict.fromkeys(("percent", "percentage", "pct", "rate", "share"), "%"),
    "serv": "service",
    "lvl": "level",
    "pos": "positions",
    **dict.fromkeys(("stf", "staf"), "staffed"),
    "sec": "seconds",
    "tot": "total",
    "datetime": "date time",
    "starttime": "start time",
    "acdcalls": "acd contact",
    "abncalls": "abandoned contact",
    "callsoffered": "contact offered",
    "acdtime": "acd time",
    "acwtime": "acw time",
    "holdtime": "total hold time",
}
DROPPED: Final = frozenset({"of", "the", "to", "no", "num", "number", "nr", "cnt", "count", "w"})
UNITS: Final[Mapping[str, float]] = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1.0),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600.0),
    **dict.fromkeys(("ms", "msec", "msecs", "millisecond", "milliseconds"), 0.001),
}
CLOCKS: Final = re.compile(r"[\[(]?\b(?:(?P<long>h+:m+(?P<seconds>:s+)?)|m+:s+)\b[\])]?")
TARGETS: Final = re.compile(
    r"(?P<share>\d{2,3})\s*/\s*(?P<seconds>\d+)|(?P<amount>\d+(?:[.,]\d+)?)\s*(?P<unit>[a-z]*)"
)
REMARKS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
TELLING: Final = frozenset({"%", "average", "total", "max", "maximum", "min", "minimum", "longest"})
"""Words that make a remark in brackets more than a remark."""

SPACE: Final = re.compile(r"[^\w%@]+|_+")
CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
TARGETED: Final = ("in_target", "in_target_share")
USUAL_TARGET: Final = 20.0
"""Seconds of the usual promise (80 in 20; evidence.md B2): of several thresholds the nearest to it is read."""


@dataclass(frozen=True)
class Column:
    """One recognised column: where it stands, what it is called, what it holds, and what its name says of units.

    `unit` is seconds per unit, or None where the name is silent; `target` is seconds; `hours_minutes` says that 3:05
    means three hours and five minutes.
    """

    position: int
    name: str
    role: str
    rank: int
    unit: float | None = None
    target: float | None = None
    hours_minutes: bool = False


@dataclass(frozen=True)
class Layout:
    """Which column plays which role, read from the row that names them (`row` as a spreadsheet counts)."""

    row: int
    width: int
    columns: Mapping[str, Column]
    queues: tuple[Column, ...]

    @property
    def positions(self) -> list[int]:
        """Where the recognised columns stand, from the left."""
        return sorted(column.position for column in (*self.columns.values(), *self.queues))

    def name(self, role: str) -> str:
        """What the report itself calls this role."""
        return self.columns[role].name


def layout(header: Sequence[str], row: int) -> Layout:
    """Find out which column is which; BadInput names what is missing and what is there."""
    found = recognised(header)
    chosen = {
        role: min((c for c in found if c.role == role), key=_preference)
        for role in NAMES
        if role != "queue" and any(c.role == role for c in found)
    }
    _check_needed(chosen, header, row)
    return Layout(row, len(header), chosen, tuple(c for c in found if c.role == "queue"))


def recognised(header: Sequence[str]) -> list[Column]:
    """Every column whose name is known."""
    columns = (column(name, position) for position, name in enumerate(header))
    return [found for found in columns if found]


def column(name: str, position: int = 0) -> Column | None:
    """Recognise one column by its name; None when the name is not known."""
    text = unicodedata.normalize("NFKC", CAMEL.sub(" ", name[:200])).casefold()
    clock = CLOCKS.search(text)
    hours_minutes = bool(clock and clock["long"] and not clock["seconds"])
    for words, unit, target in _readings(CLOCKS.sub(" ", text)):
        role, rank = KNOWN.get(_key(words), ("", 0))
        if role and (target is None or role in TARGETED):
            return Column(position, name.strip(), role, rank, unit, target, hours_minutes)
    return None


def _readings(text: str) -> Iterator[tuple[str, float | None, float | None]]:
    """The name as it stands, without a unit at its end, without an answer target's seconds, without a remark."""
    yield text, None, None
    words = SPACE.split(text.strip(" )]"))
    if len(words) > 1 and words[-1] in UNITS:
        yield " ".join(words[:-1]), UNITS[words[-1]], None
    target = TARGETS.search(text)
    if target:
        yield TARGETS.sub(" @ ", text, count=1), None, _seconds(target)
        yield TARGETS.sub(" ", text, count=1), None, _seconds(target)
    if not any(TELLING & set(_key(remark)) for remark in REMARKS.findall(text)):
        yield REMARKS.sub(" ", text), None, None


def _seconds(target: re.Match[str]) -> float:
    if target["seconds"]:
        return float(target["seconds"])
    return float(target["amount"].replace(",", ".")) * UNITS.get(target["unit"], 1.0)


def _key(text: str) -> tuple[str, ...]:
    """The words of a name, abbreviations and plurals made one, in an order of their own."""
    words = SPACE.split(text.casefold().replace("%", " % "))
    same = " ".join(SAME.get(word, word) for word in words if word not in DROPPED)
    return tuple(sorted(same.split()))


def _preference(column: Column) -> tuple[float, int, int]:
    away = abs(column.target - USUAL_TARGET) if column.target is not None else 0.0
    return (away, column.rank, column.position)


def _check_needed(chosen: Mapping[str, Column], header: Sequence[str], row: int) -> None:
    missing = [need for need in (_start(chosen), _counts(chosen), _handle(chosen)) if need]
    if missing:
        there = listed([f'"{shown(name, 30)}"' for name in header if name.strip()])
        raise BadInput(f"The report has no column for {listed(missing)}; row {row} names {there}.")


def _start(chosen: Mapping[str, Column]) -> str:
    there = {"start", "date"} & chosen.keys()
    return "" if there else 'the start of the interval (such as "Interval start", or "Date" and "Time")'


def _counts(chosen: Mapping[str, Column]) -> str:
    """Offered, answered and abandoned: any two give the third."""
    missing = [role for role in ("offered", "answered", "abandoned") if role not in chosen]
    if "abandoned_share" in chosen and "abandoned" in missing:
        missing.remove("abandoned")
    if len(missing) < 2:
        return ""
    need = f"{missing[0]} or {missing[1]} contacts" if len(missing) == 2 else "offered and answered contacts"
    return f'{need} (such as "Calls {missing[0]}")'


def _handle(chosen: Mapping[str, Column]) -> str:
    there = {"handle", "handle_total", "talk", "talk_total"} & chosen.keys()
    return (
        "" if there else 'the handle time (such as "AHT", or "Average talk time" and "Average wrap-up time")'
    )


def _known() -> dict[tuple[str, ...], tuple[str, int]]:
    """Every name's words, with the role and its rank there; a name of two roles keeps the first."""
    known: dict[tuple[str, ...], tuple[str, int]] = {}
    for role, names in NAMES.items():
        for rank, name in enumerate(names):
            known.setdefault(_key(TARGETS.sub(" @ ", name) if role in TARGETED else name), (role, rank))
    return known


KNOWN: Final = _known()
