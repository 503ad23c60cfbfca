"""The words and options commands share, each with its help; numbers out of range get a sentence of their own."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

MOST_REPLICATIONS = 10_000
MOST_WEEKS = 104
MOST_WEEKS_OF_SEASON = 520
METHODS = ("one", "morris")
MOST_WORKERS = 1_024
MOST_SEED = 2**32 - 1


def whole(option: str, low: int, high: int) -> Callable[[str | int], int]:
    """Read a whole number for an option; typer shows the sentence of what does not fit."""

    def read(text: str | int) -> int:
        try:
            number = int(text)
        except ValueError:
            raise typer.BadParameter(
                f"{option}: {text} is not a whole number within {low} to {high}."
            ) from None
        if not low <= number <= high:
            nearest = min(max(number, low), high)
            raise typer.BadParameter(f"{option}: {number} is outside {low} to {high}; nearest {nearest}.")
        return number

    return read


def one_of(option: str, known: Sequence[str]) -> Callable[[str], str]:
    """Read one of a few words for an option."""

    def read(text: str) -> str:
        if text not in known:
            raise typer.BadParameter(f"{option}: {text} is not one of {', '.join(known)}.")
        return text

    return read


ENGINES = ("auto", "compiled", "simpy")
"""Those of `sim.flow`, which is not loaded to show a help page; a test holds them together."""

SCENARIO_HELP = (
    "A name (sim scenarios lists them), a .yaml file or a decision code; +field=value changes it: today+staffing=12; "
    "@industry moves it: today@bank."
)

ScenarioWord = Annotated[str, typer.Argument(metavar="SCENARIO", help=SCENARIO_HELP)]
SweptWord = Annotated[str, typer.Argument(metavar="SCENARIO", help=SCENARIO_HELP)]
PlanWords = Annotated[
    list[str],
    typer.Argument(
        metavar="SCENARIO", help=f"Two or more. {SCENARIO_HELP} The first is what others are compared with."
    ),
]
Sets = Annotated[
    list[str],
    typer.Option(
        "--set",
        metavar="FIELD=VALUE",
        help="Change a field in every scenario; repeat for more. Levers by name: --set staffing=12.",
    ),
]
Replications = Annotated[
    int | None,
    typer.Option(
        "--replications",
        "-n",
        metavar="N",
        parser=whole("--replications", 1, MOST_REPLICATIONS),
        help="How many replications; with --until, how many at most. Usually 20, or at most 400.",
        show_default=False,
    ),
]
Until = Annotated[
    list[str],
    typer.Option(
        metavar="MEASURE=HALFWIDTH",
        help="Run until a measure is known this well, such as promise_kept=0.01 (1 of 100); repeat for more.",
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        metavar="N", parser=whole("--seed", 0, MOST_SEED), help="Same seed, same customers, same luck."
    ),
]
Weeks = Annotated[
    int,
    typer.Option(
        metavar="N", parser=whole("--weeks", 1, MOST_WEEKS), help="Weeks that count in each replication."
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        parser=whole("--workers", 1, MOST_WORKERS),
        help="Processes; all cores unless said. The numbers are the same for any number.",
        show_default=False,
    ),
]
Engine = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        parser=one_of("--engine", ENGINES),
        help="How the journey is played: compiled, simpy, or auto. The numbers are the same.",
    ),
]
All = Annotated[bool, typer.Option("--all", help="Show every measure, not only the main ones.")]
Json = Annotated[
    bool, typer.Option("--json", help="Print JSON only, for machines; shares from 0 to 1, null for none.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it is there already.")]
Port = Annotated[
    int,
    typer.Option(
        metavar="N", parser=whole("--port", 1024, 65_535), help="The port to try first; the next nine follow."
    ),
]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Only print the address.")]
OutFile = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write the scenario to this file.", show_default=False
    ),
]
LessonView = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        parser=one_of("--view", ("student", "solution", "instructor")),
        help="For whom: student, solution, or instructor. A student's holds no answer.",
    ),
]
Page = Annotated[
    str,
    typer.Argument(
        metavar="[room|year|00|01|02|03]",
        parser=one_of("app", ("room", "year", "00", "01", "02", "03")),
        help="The control room, the year (what months of a plan come to), or a lesson by its number.",
    ),
]
What = Annotated[
    str,
    typer.Argument(
        metavar="[published|season]",
        parser=one_of("check", ("published", "season")),
        help="Published numbers, or what must emerge over the months of a season.",
    ),
]
SeasonWeeks = Annotated[
    int,
    typer.Option(metavar="N", parser=whole("--weeks", 1, 520), help="Weeks to live through."),
]
SeasonReplications = Annotated[
    int,
    typer.Option(
        metavar="N",
        parser=whole("--replications", 1, MOST_REPLICATIONS),
        help="Seasons on independent luck; one where a season is saved or continued.",
    ),
]
Begins = Annotated[
    Path | None,
    typer.Option("--from", metavar="FILE", help="Begin where this saved season ended.", show_default=False),
]
Saved = Annotated[
    Path | None,
    typer.Option("--save", metavar="FILE", help="Save the season at its end.", show_default=False),
]
NoAnchor = Annotated[
    bool, typer.Option("--no-anchor", help="Only assumptions like which nobody has measured anything.")
]
ResultWord = Annotated[
    str, typer.Option(metavar="MEASURE", help="Of a season, such as stays_12: attack what a plan does to it.")
]
PlanWord = Annotated[
    str,
    typer.Option(
        metavar="SCENARIO", help="The plan: a scenario, or changes to --against, as in field=value."
    ),
]
AgainstWord = Annotated[str, typer.Option(metavar="SCENARIO", help="What the plan is compared with.")]
Vary = Annotated[
    list[str],
    typer.Option(
        metavar="NAME",
        help="An assumption or a group such as customers.quality; repeat for more. name=low:high sets its ends. "
        "Usually about 180, nearly all with low confidence, which takes long.",
    ),
]
Method = Annotated[
    str,
    typer.Option(
        metavar=f"[{'|'.join(METHODS)}]",
        parser=one_of("--method", METHODS),
        help="One assumption at a time at both ends, or all moving in a few walks, which ranks them.",
    ),
]
AttackWeeks = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        parser=whole("--weeks", 1, MOST_WEEKS_OF_SEASON),
        help="Weeks of each season; usually 52, or what the measure needs.",
        show_default=False,
    ),
]
Settle = Annotated[
    int,
    typer.Option(
        metavar="N",
        parser=whole("--settle", 0, MOST_WEEKS_OF_SEASON),
        help="Weeks in which the operation settles before.",
    ),
]
AttackReplications = Annotated[
    int | None,
    typer.Option(
        "--replications",
        "-n",
        metavar="N",
        parser=whole("--replications", 2, MOST_REPLICATIONS),
        help="Replications under each set of assumptions. Usually 4, of walks 2.",
        show_default=False,
    ),
]
Walks = Annotated[
    int,
    typer.Option(
        metavar="N", parser=whole("--walks", 2, 1_000), help="Walks through the ranges, for morris."
    ),
]
