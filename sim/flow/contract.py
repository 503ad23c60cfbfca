"""What passes between the rooms of the flow: codes, and the columns of every table.

Times are minutes since Monday 00:00, always whole multiples of `TICK`, so that sums are exact.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

TICK = 2.0**-20
"""The clock's step in minutes: 57 microseconds."""

MINUTES_PER_WEEK = 10_080.0
NOBODY = -1
FRONT = -1
"""The priority of contacts that go before those of every issue's priority."""
PER_STEP = 2**40
"""Room for the numbers of one step in the rank of an event."""
Table = npt.NDArray[np.void]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]
Column = npt.NDArray[Any]


class Team(IntEnum):
    """Who answers."""

    IN_HOUSE = 0
    PARTNER = 1
    SPECIALISTS = 2


class Bot(IntEnum):
    """What the chatbot does with a contact."""

    NONE = 0
    SETTLES = 1
    SEEMS_TO_SETTLE = 2
    GIVES_UP = 3
    DEAD_END = 4
    HANDS_OVER = 5


class Law(IntEnum):
    """How a duration varies."""

    FIXED = 0
    EXPONENTIAL = 1
    LOGNORMAL = 2


class Step(IntEnum):
    """The order of events in one instant; openings, closings and shifts come before all of these."""

    ARRIVES = 2
    BOT_ENDS = 3
    TALK_ENDS = 4
    DECIDES = 5
    AGENT_FREE = 6
    PATIENCE_ENDS = 7


class Roster(IntEnum):
    """Changes of the roster, in the order in which they happen in one instant."""

    LINE_OPENS = 0
    SHIFT_STARTS = 1
    SHIFT_ENDS = 2
    LINE_CLOSES = 3


class Decision(IntEnum):
    """How a request for an exception was decided."""

    NOT_NEEDED = 0
    BY_AGENT = 1
    ON_HOLD = 2
    BY_CALL_BACK = 3


class Outcome(IntEnum):
    """How a contact ended: the closed vocabulary."""

    CONTAINED = 0
    STRANDED = 1
    ABANDONED = 2
    TURNED_AWAY = 3
    RESOLVED = 4
    UNRESOLVED = 5
    IN_PROGRESS = 6


class Owed(IntEnum):
    """What a call-back left over from last week will bring."""

    NOTHING = 0
    WILL_SETTLE = 1
    WILL_NOT = 2


AGENT = np.dtype([("team", "i1"), ("pace", "f8"), ("ability", "f8"), ("limit", "f8")])
SHIFT = np.dtype([("who", "i4"), ("starts", "f8"), ("ends", "f8")])
ROSTER = np.dtype([("at", "f8"), ("change", "i1"), ("who", "i8")])
WINDOW = np.dtype([("opens", "f8"), ("closes", "f8")])
ISSUE = np.dtype(
    [
        ("arrives", "f8"),
        ("first_contact", "i1"),
        ("owed", "i1"),
        ("priority", "i1"),
        ("needs", "f8"),
        ("kind", "i1"),
        ("stranded", "?"),
        ("lateness", "f8"),
        ("core", "?"),
        ("difficult", "?"),
        ("customer", "i8"),
        ("week", "i4"),
        ("row", "i8"),
    ]
)
"""One issue: when it first arrives this week, what it needs, and the week and row of its luck.

`stranded`: whether the bot once left its customer without a solution. `lateness`: as in `CONTACT`, of one left over.
`difficult`: whether its customer is abusive or unclear.
"""

CHANCES = np.dtype(
    [
        ("bot_offered", "f8"),
        ("bot_settles", "f8"),
        ("bot_seems_to_settle", "f8"),
        ("bot_gives_up", "f8"),
        ("bot_hands_over", "?"),
        ("bot_carries_context", "?"),
        ("bot_session", "f8"),
        ("dead_end_complains", "f8"),
        ("dead_end_again", "f8"),
        ("outsourced", "f8"),
        ("patience_scale", "f8"),
        ("patience_power", "f8"),
        ("hangs_up_at_once", "f8"),
        ("transfer", "f8"),
        ("context_kept", "f8"),
        ("story", "f8"),
        ("talk", "f8"),
        ("talk_before_transfer", "f8"),
        ("talk_law", "i1"),
        ("talk_ln_sd", "f8"),
        ("wrap_up", "f8"),
        ("wrap_up_law", "i1"),
        ("wrap_up_ln_sd", "f8"),
        ("resolved", "f8"),
        ("difficult_talk", "f8"),
        ("difficult_settles", "f8"),
        ("granted", "f8"),
        ("approved", "f8"),
        ("approval", "f8"),
        ("call_back_longer", "f8"),
        ("supervisors_share", "f8"),
        ("returns", "f8"),
        ("return_median", "f8"),
        ("return_ln_sd", "f8"),
        ("redials", "f8"),
        ("redial_median", "f8"),
        ("redial_ln_sd", "f8"),
        ("after_closing", "f8"),
        ("repeats_first", "?"),
    ],
    align=True,
)
"""What the plan makes of one type of issue: probabilities, means in minutes, and laws; `resolved` in log-odds.

`difficult_talk`, `difficult_settles`: a difficult customer's talk as a multiple, and log-odds less to settle.
"""

CONTACT = np.dtype(
    [
        ("bot", "i1"),
        ("bot_time", "f8"),
        ("team", "i1"),
        ("patience", "f8"),
        ("told_again", "?"),
        ("story", "f8"),
        ("talk", "f8"),
        ("wrap_up", "f8"),
        ("hurdle", "f8"),
        ("transfer", "?"),
        ("told_again_2", "?"),
        ("story_2", "f8"),
        ("talk_2", "f8"),
        ("wrap_up_2", "f8"),
        ("hurdle_2", "f8"),
        ("granted", "?"),
        ("approved", "?"),
        ("approval", "f8"),
        ("call_back", "f8"),
        ("complains", "?"),
        ("stranded_again", "?"),
        ("stranded_after", "f8"),
        ("returns", "?"),
        ("return_after", "f8"),
        ("redials", "?"),
        ("redial_after", "f8"),
        ("after_closing", "?"),
        ("lateness", "f8"),
        ("first_in_line", "?"),
    ]
)
"""The fate of one contact of an issue, settled before it meets the operation; zero for what cannot happen to it.

`complains`: the issue goes on as a complaint. `lateness`: minutes after the next opening until the customer gets
through who tries again while the line is closed. `first_in_line`: goes before all whose contact is not.
"""

LOG = np.dtype(
    [
        ("issue", "i8"),
        ("contact", "i1"),
        ("owed", "i1"),
        ("arrived", "f8"),
        ("bot_ended", "f8"),
        ("queued", "f8"),
        ("answered", "f8"),
        ("ended", "f8"),
        ("freed", "f8"),
        ("agent", "i4"),
        ("queued_2", "f8"),
        ("answered_2", "f8"),
        ("ended_2", "f8"),
        ("freed_2", "f8"),
        ("agent_2", "i4"),
        ("asked", "f8"),
        ("heard", "f8"),
        ("decided", "f8"),
        ("supervisor", "i4"),
        ("decision", "i1"),
        ("outcome", "i1"),
        ("closed", "f8"),
    ]
)
"""One contact: NaN for what did not happen, -1 for nobody. `owed` rows finish last week's call-backs."""

CARRIED = np.dtype(
    [
        ("issue", "i8"),
        ("contact", "i1"),
        ("owed", "i1"),
        ("due", "f8"),
        ("kind", "i1"),
        ("stranded", "?"),
        ("lateness", "f8"),
    ]
)
"""An issue that goes on after this week: its row, its next contact, when it is due, and what has become of it."""


@dataclass(frozen=True)
class Crew:
    """The people of a week where months have made them what they are: a row each of `AGENT`.

    `away`: the share of days on which each stays away; `filled`: whether the post has anybody, who is then paid.
    """

    agents: Table
    away: Floats
    filled: Bools


class Clientele(NamedTuple):
    """Those who may bring issues in a week, each in a place of their own.

    `issues`: how many each brings on average, 0 for an empty place; `most`: a number none of them exceeds, from which
    their luck is thinned, so that another's issues or one's own fewer move nobody; `core`: who is in the core group;
    `difficult`: who is abusive or unclear.
    """

    issues: Floats
    core: Bools
    difficult: Bools
    most: float


@dataclass(frozen=True)
class Operation:
    """A plan made concrete for one week."""

    hours: Table
    agents: Table
    roster: Table
    on_duty: Table
    supervisors: int
    paid_minutes: tuple[float, ...]
    supervisor_minutes: float
    hold_limit: int
    patience_after_transfer: float
    most_contacts: int


@dataclass(frozen=True)
class Fate:
    """Everything uncertain about the week's issues, of which nothing is looked up before a contact begins.

    `chances`: a row a type of issue. `luck`: where each stream begins, by week, contact and stream; `week`: which of
    its weeks an issue has. `profile`: the share of a day's contacts that has come, and the minute by which it has.
    `told`: fates written by hand instead, a row an issue and a column a contact.
    """

    issues: Table
    chances: Table
    luck: Words
    week: Ints
    profile: tuple[Floats, Floats]
    told: Table | None = None


class Played(NamedTuple):
    """What the journey leaves: the log in order of arrival, the fate of each of its contacts, what is carried over."""

    log: Table
    draws: Table
    carried: Table


@dataclass(frozen=True)
class Week:
    """One week as it happened: `carried` as the engine left it, `waiting` as next week takes it up."""

    operation: Operation
    fate: Fate
    log: Table
    draws: Table
    """The fate of each contact in the log."""
    carried: Table
    waiting: Table
    """Issues that go on in a later week, `arrives` counted from its Monday."""
