"""`sim scenarios`, `sim fields`, `sim schema`: what there is to choose from."""

from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path

from rich.text import Text

from sim.cli import screen
from sim.cli.choose import chosen, exact, free_to_write, value_in_words
from sim.cli.screen import Column, Row, Section
from sim.scenario import (
    LEVERS,
    BadInput,
    FieldFacts,
    fields,
    in_industry,
    industries,
    json_schema,
    named,
    names,
    save,
    text_of,
)

USUAL = names()[0]
NAME_OF_LEVER = {path: name for name, path in LEVERS.items()}


def list_scenarios(*, as_json: bool) -> None:
    """Print every named scenario with its title, and every industry."""
    found = {name: named(name).title for name in names()}
    if as_json:
        elsewhere = {f"{USUAL}@{name}": in_industry(named(USUAL), name).title for name in industries()}
        screen.show_json([{"name": name, "title": title} for name, title in (found | elsewhere).items()])
        return
    rows: list[Row] = list(found.items())
    rows += [
        Section("In another industry"),
        *((f"{USUAL}@{name}", title) for name, title in industries().items()),
    ]
    screen.show_table([Column("scenario", number=False), Column("what it is", number=False)], rows)
    screen.say("@industry goes with any scenario or file, before changes: lean@bank+staffing=12.")
    screen.say("sim scenarios NAME -o FILE.yaml writes one out, to change and to run by its file name.")


def show_scenario_file(word: str, sets: list[str], path: Path | None, *, force: bool, as_json: bool) -> None:
    """Print a scenario, or write it to a file."""
    scenario = chosen(word, sets).scenario
    if path:
        save(scenario, free_to_write(path, force=force))
    if as_json:
        screen.show_json({"file": path, "scenario": scenario.model_dump(mode="json")})
    elif path:
        screen.say(f"{scenario.title}: written to {path}.")
    else:
        print(screen.fit(Text(text_of(scenario)), screen.out().file).plain, end="")  # noqa: T201  # as it is


def show_fields(word: str, *, as_json: bool) -> None:
    """Print what there is to know about every field that has the word in its name, title or help."""
    found = matching(word)
    if as_json:
        screen.show_json([asdict(facts) | {"lever": NAME_OF_LEVER.get(facts.path)} for facts in found])
        return
    for facts in found:
        screen.say(Text.assemble((facts.title, "bold"), f"  {facts.path}", _lever(facts)))
        if facts.help:
            screen.say(f"  {facts.help}.")
        screen.say(f"  {_range(facts)}")
        screen.say()
    screen.say(
        f"{len(found)} field{'' if len(found) == 1 else 's'}. Change one with --set, such as --set {example(found)}."
    )


def matching(word: str) -> list[FieldFacts]:
    """The fields that a word is about; raises BadInput with the nearest when there is none."""
    known = list(fields().values())
    wanted = word.lower()
    found = [
        facts
        for facts in known
        if wanted
        in " ".join((facts.path, facts.title, facts.help, NAME_OF_LEVER.get(facts.path, ""))).lower()
    ]
    if not found:
        words = {part for facts in known for part in (*facts.path.split("."), *facts.title.lower().split())}
        close = get_close_matches(wanted, sorted(words), n=1)
        hint = f"nearest is {close[0]}" if close else "sim fields lists them all"
        raise BadInput(f"{word}: no field has this in its name, title or help; {hint}.")
    return found


def example(found: list[FieldFacts]) -> str:
    """How one of these fields is set, at its usual value."""
    facts = next((one for one in found if isinstance(one.default, int | float)), found[0])
    value = str(facts.default).lower() if isinstance(facts.default, bool) else facts.default
    return f"{NAME_OF_LEVER.get(facts.path, facts.path)}={value if isinstance(value, str | int | float) else '...'}"


def _lever(facts: FieldFacts) -> str:
    return f"  (lever: {NAME_OF_LEVER[facts.path]})" if facts.path in NAME_OF_LEVER else ""


def _range(facts: FieldFacts) -> str:
    parts = [f"Unit: {facts.unit}" if facts.unit else "", _bounds(facts), f"usually {_usual(facts)}"]
    source = f" Source: {facts.evidence}." if facts.evidence else ""
    told = "; ".join(part for part in parts if part)
    return f"{told[:1].upper()}{told[1:]}.{source}"


def _bounds(facts: FieldFacts) -> str:
    low, high = (None if end is None else exact(end) for end in (facts.low, facts.high))
    if low and high:
        return f"{low} to {high}"
    return f"{low} or more" if low else f"at most {high}" if high else ""


def _usual(facts: FieldFacts) -> str:
    plain = isinstance(facts.default, int | float) and not isinstance(facts.default, bool)
    return exact(facts.default) if plain else value_in_words(facts, facts.default)


def show_schema() -> None:
    """Print the JSON schema of scenario files."""
    screen.show_json(json_schema())
