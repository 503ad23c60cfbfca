"""What the articles behind the kit claim about service, and whether the model can test it today."""

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

Evidence = Literal["supported", "mixed", "thin", "none known"]
Article = Literal["S0", "S1", "S2", "S3", "S4"]

EVENT = "event:"
"""What a lever begins with that is an event of this kind instead of a field."""

DERIVED = (
    "retention_12",
    "retention_24",
    "profit_12",
    "profit_24",
    "profit_24_with_value",
    "team_gap",
    "worst_tenth",
    "culture",
)
"""Measures of a whole season, which no single week has."""


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Claim:
    """One claim in our own words, and how it is put to the test.

    `levers`: fields of a scenario by their paths, or kinds of event, that the test moves; `measures`: names of what it
    reads; `expected`: what the claim expects of them; `articles`: where it comes from; `evidence`: what others found;
    `why`: by which mechanism it can be tested, or what is missing.
    """

    number: Annotated[str, Field(pattern=r"^C\d\d$")]
    claim: str
    articles: tuple[Article, ...]
    evidence: Evidence
    levers: tuple[str, ...]
    measures: tuple[str, ...]
    expected: str
    testable: bool
    why: str

    def fields(self) -> tuple[str, ...]:
        """Paths of the fields among the levers."""
        return tuple(lever for lever in self.levers if not lever.startswith(EVENT))

    def events(self) -> tuple[str, ...]:
        """Kinds of the events among the levers."""
        return tuple(lever.removeprefix(EVENT) for lever in self.levers if lever.startswith(EVENT))


def _read() -> tuple[Claim, ...]:
    content = yaml.safe_load(Path(__file__).with_name("claims.yaml").read_text(encoding="utf-8"))
    return tuple(Claim(number=number, **facts) for number, facts in content.items())


CLAIMS = _read()
"""All claims in the order of their numbers."""
