"""The commands and their options. What they do is imported when they are called, so that help comes at once."""

import sys
import warnings
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from sim.cli import options as given
from sim.cli.guard import guarded
from sim.cli.workshop_app import workshop_app


class _Guarded(TyperGroup):
    """A group of commands that ends with a sentence and an exit code, whatever happens."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,  # noqa: ARG002  # always sim, however it was started
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        command = super().main
        code = guarded(lambda: command(args, "sim", complete_var, False, windows_expand_args, **extra))
        if standalone_mode:
            sys.exit(code)
        return code


app = typer.Typer(
    cls=_Guarded,
    name="sim",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["--help", "-h"]},
    help="A service operation you can run: contacts, queues and people in minutes, honest about what it cannot tell.",
)


def main() -> None:
    """Run the command line."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a title in letters that this terminal lacks
    app()


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("meet-the-bar")
        except PackageNotFoundError:
            number = "as it lies in this folder, not installed"
        sys.stdout.write(f"sim {number}\n")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001  # its callback answers
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """A service operation you can run: contacts, queues and people in minutes, honest about what it cannot tell."""
    if context.invoked_subcommand is None:
        sys.stdout.write(f"{context.get_help()}\n")


# ----------------------------------------------------------------------------------------------- experiments


@app.command("run", short_help="Run one scenario: theory first, then the finding.")
def run_command(
    scenario: given.ScenarioWord = "today",
    sets: given.Sets = [],  # noqa: B006  # typer copies it
    replications: given.Replications = None,
    until: given.Until = [],  # noqa: B006  # typer copies it
    seed: given.Seed = 1,
    weeks: given.Weeks = 1,
    workers: given.Workers = None,
    engine: given.Engine = "auto",
    everything: given.All = False,
    as_json: given.Json = False,
) -> None:
    """Run one scenario: what theory guesses, what the run finds, and how sure it is.

    With --json: command, scenario, seed, weeks, replications, replications_asked, until, reached,
    stopped, theory, measures.
    """
    from sim.cli.choose import chosen, half_widths
    from sim.cli.run import run
    from sim.cli.watch import Ask

    ask = Ask(replications, half_widths(until), seed, weeks, workers, engine)
    run(chosen(scenario, sets), ask, everything=everything, as_json=as_json)


@app.command("season", short_help="Live through months: customers, people, money.")
def season_command(
    scenario: given.ScenarioWord = "today",
    sets: given.Sets = [],  # noqa: B006  # typer copies it
    weeks: given.SeasonWeeks = 52,
    replications: given.SeasonReplications = 5,
    begins: given.Begins = None,
    saved: given.Saved = None,
    seed: given.Seed = 1,
    workers: given.Workers = None,
    engine: given.Engine = "auto",
    as_json: given.Json = False,
) -> None:
    """Live through months of a plan: what becomes of customers, people and money, and what drove customers away.

    Begins in an operation that has settled under the plan, or with --from in one that was saved: with the same
    customers and luck, and this plan from its next Monday on. With --json: command, scenario, seed, weeks,
    replications, stopped, culture, lost_by_cause, measures, notes.
    """
    from sim.cli.choose import chosen
    from sim.cli.season import Asked, season

    ask = Asked(weeks, replications, seed, workers, engine, begins, saved)
    season(chosen(scenario, sets), ask, as_json=as_json)


@app.command("compare", short_help="Compare plans on the same customers.")
def compare_command(
    scenarios: given.PlanWords = [],  # noqa: B006  # typer copies it
    sets: given.Sets = [],  # noqa: B006  # typer copies it
    replications: given.Replications = None,
    until: given.Until = [],  # noqa: B006  # typer copies it
    seed: given.Seed = 1,
    weeks: given.Weeks = 1,
    workers: given.Workers = None,
    engine: given.Engine = "auto",
    everything: given.All = False,
    as_json: given.Json = False,
) -> None:
    """Run plans on the same customers with the same luck, and say which differences can be told.

    With --json: command, scenarios, seed, weeks, replications, replications_asked, until, reached,
    stopped, measures (each with plans and
    with differences to the first, verdicts included).
    """
    from sim.cli.choose import chosen, half_widths
    from sim.cli.compare import compare
    from sim.cli.watch import Ask

    ask = Ask(replications, half_widths(until), seed, weeks, workers, engine)
    compare([chosen(word, sets) for word in scenarios], ask, everything=everything, as_json=as_json)


@app.command("sweep", short_help="Vary one lever over several values.")
def sweep_command(
    scenario: given.SweptWord,
    lever: Annotated[
        str, typer.Option(metavar="NAME", help="The lever or field to vary: staffing, or a path.")
    ],
    values: Annotated[
        str,
        typer.Option(
            metavar="LIST", help="Its values: 6,8,10 or first:last:step as in 6:14:2, both ends in."
        ),
    ],
    measure: Annotated[
        list[str],
        typer.Option(metavar="NAME", help="A measure to show; repeat for more. Usually five main ones."),
    ] = [],  # noqa: B006  # typer copies it
    sets: given.Sets = [],  # noqa: B006  # typer copies it
    replications: given.Replications = None,
    until: given.Until = [],  # noqa: B006  # typer copies it
    seed: given.Seed = 1,
    weeks: given.Weeks = 1,
    workers: given.Workers = None,
    engine: given.Engine = "auto",
    as_json: given.Json = False,
) -> None:
    """Vary one lever or field over several values, on the same customers with the same luck.

    With --json: command, scenario, path, seed, weeks, replications, replications_asked, until, reached,
    stopped, rows (each with value
    and measures).
    """
    from sim.cli.choose import chosen, half_widths, known_measure, values_of
    from sim.cli.sweep import sweep
    from sim.cli.watch import Ask

    names = [known_measure(name, "--measure") for name in measure]
    ask = Ask(replications, half_widths(until), seed, weeks, workers, engine)
    sweep(chosen(scenario, sets), lever, values_of(values), names, ask, as_json=as_json)


# ---------------------------------------------------------------------------------------------- your own data


@app.command("import-report", short_help="Turn a telephone system's report into a scenario.")
def import_command(
    report: Annotated[Path, typer.Argument(metavar="FILE", help="The interval report, CSV or XLSX.")],
    output: given.OutFile = None,
    force: given.Force = False,
    test_on: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Another report: its volumes and agents, met by the same fitted model."
        ),
    ] = None,
    seed: given.Seed = 1,
    workers: given.Workers = None,
    as_json: given.Json = False,
) -> None:
    """Turn the interval report of a telephone system into a scenario, and show how well the model meets it.

    With --json: command, file, scenario, fits, calibration, tested_on, notes.
    """
    from sim.cli.importing import import_to

    import_to(report, output, test_on, force=force, seed=seed, workers=workers, as_json=as_json)


# -------------------------------------------------------------------------------------------------- look it up


@app.command("scenarios", short_help="List the named scenarios, or write one out.")
def scenarios_command(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="Show this one as a file.")] = "",
    sets: given.Sets = [],  # noqa: B006  # typer copies it
    output: given.OutFile = None,
    force: given.Force = False,
    as_json: given.Json = False,
) -> None:
    """List the named scenarios; with a name, show it as a file or write it out.

    With --json: a list of name, title; with a scenario named, file, scenario.
    """
    from sim.cli.library import list_scenarios, show_scenario_file

    if scenario:
        show_scenario_file(scenario, sets, output, force=force, as_json=as_json)
    else:
        list_scenarios(as_json=as_json)


@app.command("code", short_help="Give a plan its short code, or tell what a code changes.")
def code_command(
    scenario: given.ScenarioWord = "today",
    sets: given.Sets = [],  # noqa: B006  # typer copies it
    as_json: given.Json = False,
) -> None:
    """Print the short code of a plan, to read aloud, send and play again; of a code, what it changes.

    A code carries the plan only, and begins from an operation of the kit. With --json: command, code, aloud, base,
    title, changes, told.
    """
    from sim.cli.coding import code

    code(scenario, sets, as_json=as_json)


@app.command("fields", short_help="List every field: title, unit, range, source.")
def fields_command(
    word: Annotated[
        str, typer.Argument(metavar="WORD", help="Only fields with this in name, title or help.")
    ] = "",
    as_json: given.Json = False,
) -> None:
    """List every field of a scenario: title, unit, range, usual value and source.

    With --json: a list of path, title, unit, low, high, default, help, evidence, side, confidence, plausible,
    lever.
    """
    from sim.cli.library import show_fields

    show_fields(word, as_json=as_json)


@app.command("evidence", short_help="List what is assumed; ask what a result hangs on.")
def evidence_command(
    no_anchor: given.NoAnchor = False,
    result: given.ResultWord = "",
    plan: given.PlanWord = "",
    against: given.AgainstWord = "today",
    sets: given.Sets = [],  # noqa: B006  # typer copies it
    vary: given.Vary = [],  # noqa: B006  # typer copies it
    method: given.Method = "one",
    weeks: given.AttackWeeks = None,
    settle: given.Settle = 26,
    replications: given.AttackReplications = None,
    walks: given.Walks = 4,
    seed: given.Seed = 1,
    workers: given.Workers = None,
    engine: given.Engine = "auto",
    as_json: given.Json = False,
) -> None:
    """List every assumption with its range and source; with --result and --plan, say which of them a result hangs on.

    With --json: command, total, no_anchor, low_confidence, assumptions; with --result: command, method, result,
    against, plan, seed, weeks, settle, replications, asked, stopped, assumptions, and difference and depends_on of
    one at a time, or walks of morris.
    """
    if result or plan:
        from sim.cli.attack import Asked, attack

        ask = Asked(
            result, plan, against, sets, vary, no_anchor, method, weeks, settle, replications, walks, seed,
            workers, engine,
        )  # fmt: skip
        attack(ask, as_json=as_json)
    else:
        from sim.cli.evidence import evidence

        evidence(no_anchor=no_anchor, as_json=as_json)


@app.command("schema", short_help="Print the JSON schema of scenario files.")
def schema_command(as_json: given.Json = True) -> None:  # noqa: ARG001  # it is JSON with or without
    """Print the JSON schema of scenario files."""
    from sim.cli.library import show_schema

    show_schema()


@app.command("claims", short_help="List what the articles claim, and what of it can be tested.")
def claims_command(as_json: given.Json = False) -> int:
    """List the claims about service behind the kit, whether the model can test each, and why.

    With --json: a list of name, claim, testable, why, levers, measures, expected, evidence, articles.
    """
    from sim.cli.claims import claims

    return claims(as_json=as_json)


@app.command("lesson", short_help="Print a lesson's exercises.")
def lesson_command(
    lesson: Annotated[
        str, typer.Argument(metavar="LESSON", help="Its number (00), its name, or its .yaml file.")
    ],
    view: given.LessonView = "student",
    as_json: given.Json = False,
) -> None:
    """Print a lesson's exercises as Markdown: as a student, somebody with the solutions, or an instructor reads them.

    With --json: command, lesson, title, view, text.
    """
    from sim.cli.teaching import show_lesson

    show_lesson(lesson, view, as_json=as_json)


@app.command("expected", short_help="Ask the model again for the numbers that texts quote.")
def expected_command(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="FOLDER", help="Where lessons or workshops lie; usually this folder."),
    ] = [],  # noqa: B006  # typer copies it
    write: Annotated[
        bool, typer.Option("--write", help="Write the answers beside the texts that quote them.")
    ] = False,
    as_json: given.Json = False,
) -> int:
    """Ask the model again for every number that lessons and workshops quote; exit code 1 when one has drifted.

    With --json: a list of file, questions, drifted, written.
    """
    from sim.cli.teaching import ask_again

    return ask_again(folders, write=write, as_json=as_json)


# ------------------------------------------------------------------------------------------------ trust and speed


@app.command("check", short_help="Reproduce published numbers.")
def check_command(
    what: given.What = "published",
    quick: Annotated[bool, typer.Option("--quick", help="Less work, with wider intervals.")] = False,
    reach: Annotated[
        bool,
        typer.Option("--reach", help="Of a season: ask what fails again at the ends of what it hangs on."),
    ] = False,
    workers: given.Workers = None,
    engine: given.Engine = "auto",
    as_json: given.Json = False,
) -> int:
    """Reproduce published numbers, by formula and by simulation; exit code 1 when one does not hold.

    With --json: a list of name, expected, got, low, high, ok, expected_low, expected_high, source,
    half_width, note, replications, contacts; of a season verdict, promise_kept, known_to_fail besides, no contacts,
    and with --reach at_ends.
    """
    if what == "season":
        from sim.cli.emerging import emerging

        return emerging(quick=quick, further=reach, workers=workers, engine=engine, as_json=as_json)
    if reach:
        from sim.scenario import BadInput

        raise BadInput("--reach: goes with sim check season only.")
    from sim.cli.checking import check

    return check(quick=quick, workers=workers, engine=engine, as_json=as_json)


@app.command("calibrate", short_help="Find the months' calibrated numbers again.")
def calibrate_command(
    replications: given.SeasonReplications = 12,
    rounds: Annotated[
        int, typer.Option(metavar="N", parser=given.whole("--rounds", 1, 10), help="At most.")
    ] = 3,
    engine: given.Engine = "auto",
    as_json: given.Json = False,
) -> int:
    """Go through the months' calibration in its order, moving what misses its aim; exit code 1 when one still does.

    The first round is the model as it stands. With --json: the last round, a list of step, title, target, tolerance,
    got, ok, field, value, source.
    """
    from sim.cli.settling import calibrating

    return calibrating(replications=replications, rounds=rounds, engine=engine, as_json=as_json)


@app.command("levers", short_help="Move every lever over its range, for a year.")
def levers_command(
    replications: given.SeasonReplications = 6,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write all responses to this CSV.", show_default=False
        ),
    ] = None,
    workers: given.Workers = None,
    engine: given.Engine = "auto",
    as_json: given.Json = False,
) -> None:
    """Move every lever of the plan over its range on common luck: what a year brings, and whether it earns its place.

    With --json: a list of lever, path, value, outcome, difference, low, high, deviations.
    """
    from sim.cli.settling import levering

    levering(replications=replications, output=output, workers=workers, engine=engine, as_json=as_json)


@app.command("hangs", short_help="What the findings about the kit's plans depend on.")
def hangs_command(
    replications: given.SeasonReplications = 4,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write all of it to this CSV.", show_default=False
        ),
    ] = None,
    workers: given.Workers = None,
    engine: given.Engine = "auto",
    as_json: given.Json = False,
) -> None:
    """Attack what the four levers do in a year with every doubtful assumption, one at a time; takes about half an hour.

    With --json: a list of plan, result, difference, half_width, assumptions, depends_on.
    """
    from sim.cli.hanging import hanging

    hanging(replications=replications, output=output, workers=workers, engine=engine, as_json=as_json)


@app.command("bench", short_help="Measure the speed of the kit here.")
def bench_command(
    peers: Annotated[
        bool, typer.Option("--peers", help="Beside other simulators too: Ciw and salabim, where installed.")
    ] = False,
    as_json: given.Json = False,
) -> None:
    """Measure how fast the kit is on this machine, against a textbook model in the same run.

    With --json: numbers by name; speeds in contacts per second of one core.
    """
    from sim.cli.checking import bench

    bench(peers=peers, as_json=as_json)


# --------------------------------------------------------------------------------------------------- workshops

app.add_typer(workshop_app, name="workshop", short_help="Workshops: open, rehearse, print them.")

# ------------------------------------------------------------------------------------------------------- pages


@app.command("lab", short_help="Open the notebooks in JupyterLab.")
def lab_command(
    port: given.Port = 8888, no_browser: given.NoBrowser = False, as_json: given.Json = False
) -> int:
    """Open the start notebook in JupyterLab; Ctrl-C closes it.

    With --json: address.
    """
    from sim.cli.pages import lab

    return lab(port, browser=not no_browser, as_json=as_json)


@app.command("app", short_help="Open the control room, the year or a lesson as a page.")
def app_command(
    page: given.Page = "room",
    port: given.Port = 8866,
    no_browser: given.NoBrowser = False,
    as_json: given.Json = False,
) -> int:
    """Open the control room, the year or a lesson as a page of its own, without code; Ctrl-C closes it.

    With --json: address.
    """
    from sim.cli.pages import app as open_app

    return open_app(port, browser=not no_browser, as_json=as_json, page=page)
