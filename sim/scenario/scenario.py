"""A scenario: one full set of choices and assumptions, frozen, changed only by a validated copy."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, Self

from pydantic import BaseModel, Field, ValidationError, model_validator

from sim.scenario.assumptions import Assumptions
from sim.scenario.errors import BadInput
from sim.scenario.events import Event
from sim.scenario.fields import FieldFacts, Part, walk
from sim.scenario.plan import Plan
from sim.scenario.words import nearest, sentence

FORMAT = 1

LEVERS = {
    "staffing": "plan.staffing.agents",
    "outsourcing": "plan.outsourcing.share",
    "chatbot": "plan.chatbot.coverage",
    "empowerment": "plan.empowerment.authority_limit",
}
"""The four levers by the name a trainer uses."""


class Scenario(Part):
    """One service operation as planned and as assumed; `Scenario()` is the default operation."""

    kit: Literal[1] = Field(1, title="Format", description="Version of the scenario format")
    name: str = Field("today", title="Name", description="Short name", pattern=r"^[a-z][a-z0-9_]{0,39}$")
    title: str = Field(
        "Today", title="Title", description="Name shown to people", min_length=1, max_length=60
    )
    plan: Plan = Field(Plan(), title="Plan")
    assumptions: Assumptions = Field(Assumptions(), title="Assumptions")
    events: tuple[Event, ...] = Field((), title="Events", description="What happens in which week")

    @model_validator(mode="after")
    def _rows_match_open_days(self) -> Self:
        open_days = len(self.plan.hours.windows())
        if not open_days:
            raise ValueError("opening hours: no day is open; open at least one")
        for title, rows in (
            ("intraday profile", self.assumptions.demand.intraday),
            ("staffing curve", self.plan.staffing.curve),
        ):
            if rows is not None and len(rows) not in (1, open_days):
                raise ValueError(
                    f"{title}: {len(rows)} rows for {open_days} open days; give one row, or {open_days}"
                )
        return self

    @model_validator(mode="after")
    def _somebody_answers(self) -> Self:
        plan = self.plan
        if plan.staffing.agents == 0 and plan.outsourcing.share < 1:
            raise ValueError("staffing: 0 agents is too few while contacts come in-house; nearest 1")
        if plan.outsourcing.share > 0 and plan.outsourcing.agents == 0:
            raise ValueError("partner's agents: 0 is too few while contacts are outsourced; nearest 1")
        team = plan.teamwork
        missed = (1 - team.routing_accuracy ** (team.departments - 1)) * (1 - team.cross_skill)
        if plan.staffing.specialists == 0 and missed > 0:
            raise ValueError(
                f"specialists: 0 is too few while {100 * missed:.0f} of 100 contacts are passed on; nearest 1, "
                "or set routing accuracy to 1"
            )
        asks = self.assumptions.authority.needed + self.assumptions.authority.cheats
        if plan.empowerment.supervisors == 0 and asks > 0:
            raise ValueError("supervisors: 0 is too few while some issues need an exception; nearest 1")
        return self

    def value(self, path: str) -> Any:
        """The value at a dotted path such as "plan.staffing.agents"; raises BadInput for an unknown path."""
        found: Any = self
        for step in path.split("."):
            if not isinstance(found, BaseModel) or step not in type(found).model_fields:
                raise BadInput(f"{path}: no such field; {nearest(path, fields())}.")
            found = getattr(found, step)
        return found

    def changed(self, path: str | Mapping[str, Any], value: Any = None) -> "Scenario":
        """A validated copy with one field, or a mapping of paths to values, changed; raises BadInput."""
        changes = {path: value} if isinstance(path, str) else dict(path)
        content = self.model_dump()
        for at, new in changes.items():
            self.value(at)
            _put(content, at.split("."), new)
        return scenario_from(content)


def scenario_from(content: Any) -> Scenario:
    """A scenario from plain data; raises BadInput with one sentence."""
    try:
        return Scenario.model_validate(content)
    except ValidationError as error:
        raise BadInput(sentence(error, Scenario)) from error


def _put(content: dict[str, Any], steps: list[str], new: Any) -> None:
    for step in steps[:-1]:
        content[step] = content[step] or {}
        content = content[step]
    content[steps[-1]] = new.model_dump() if isinstance(new, BaseModel) else new


@cache
def fields() -> dict[str, FieldFacts]:
    """The facts of every field of plan and assumptions, by path."""
    return {facts.path: facts for facts in walk(Scenario) if "." in facts.path}


def path_of(name: str) -> str:
    """The path of a lever ("staffing") or of a field by its full or last name; raises BadInput."""
    if name in LEVERS:
        return LEVERS[name]
    if name in fields():
        return name
    ending = [path for path in fields() if path.endswith(f".{name}")]
    if len(ending) == 1:
        return ending[0]
    if ending:
        raise BadInput(f"{name}: several fields have this name; choose from {', '.join(ending)}.")
    raise BadInput(f"{name}: no such lever or field; {nearest(name, (*LEVERS, *fields()))}.")


def json_schema() -> dict[str, Any]:
    """The JSON schema of a scenario file, with titles, units, ranges and help."""
    return Scenario.model_json_schema()
