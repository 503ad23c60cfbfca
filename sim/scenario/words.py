"""Turn what pydantic found wrong into one plain sentence with the nearest value that fits."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from sim.scenario.fields import bounds

UNKNOWN = "extra_forbidden"
SHAPES = {
    "string_pattern_mismatch": "is not a short name: small letters, digits and _, beginning with a letter",
    "string_too_short": "is empty; give it a name",
    "string_too_long": "is too long; at most 60 letters",
}
OUTSIDE = ("greater_than_equal", "less_than_equal", "greater_than", "less_than")


def sentence(error: ValidationError, model: type[BaseModel]) -> str:
    """The first thing wrong, as one sentence naming field, value, allowed range and nearest sensible value."""
    found = error.errors(include_url=False)[0]
    return _tell(found, tuple(str(step) for step in found["loc"]), model)


def nearest(name: str, known: Iterable[str]) -> str:
    """A clause that offers the most similar known name, or lists them all when few."""
    known = tuple(known)
    by_last = {each.rsplit(".", 1)[-1]: each for each in reversed(known)}
    close = get_close_matches(name, known, n=1, cutoff=0.5) or [
        by_last[last] for last in get_close_matches(name, by_last, n=1, cutoff=0.6)
    ]
    return f"nearest is {close[0]}" if close else f"choose from {', '.join(known[:12])}"


def _tell(found: ErrorDetails, steps: tuple[str, ...], model: type[BaseModel]) -> str:
    where = ".".join(steps)
    if found["type"] == UNKNOWN:
        parent = _model_at(model, steps[:-1])
        return f"{where}: no such field; {nearest(steps[-1], parent.model_fields)}."
    if found["type"] == "missing":
        return f"{where}: is missing; give it a value."
    info = _field_at(model, steps)
    label = f"{info.title} ({where})" if info and info.title else where or "Scenario"
    if found["type"] == "value_error":
        told = str(found["ctx"]["error"])
        return f"{label}: {told}." if steps else f"{told[0].upper()}{told[1:]}."
    return f"{label}: {_shown(found['input'])} {_problem(found, info)}."


def _problem(found: ErrorDetails, info: FieldInfo | None) -> str:
    low, high = bounds(info) if info else (None, None)
    if found["type"] in OUTSIDE:
        edge = low if found["type"].startswith("greater") else high
        return f"is outside {_range(low, high)}; nearest {edge:g}"
    if found["type"] in ("model_type", "dict_type", "model_attributes_type"):
        return "is not a group of fields"
    if found["type"] in SHAPES:
        return SHAPES[found["type"]]
    choices = (
        [word.strip("' ") for word in found["ctx"]["expected"].replace(" or ", ",").split(",")]
        if found["type"] == "literal_error"
        else []
    )
    if choices:
        return f"is not one of {', '.join(choices)}; {nearest(str(found['input']), choices)}"
    wanted = (
        "a whole number"
        if found["type"].startswith("int")
        else found["msg"].removeprefix("Input should be a ")
    )
    default = info.get_default() if info else None
    hint = f"; usual {default}" if isinstance(default, str | int | float) else ""
    within = f" within {_range(low, high)}" if low is not None or high is not None else ""
    return f"is not {_plain(wanted)}{within}{hint}"


def _plain(wanted: str) -> str:
    return "a number" if wanted.startswith(("valid number", "finite number")) else wanted


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return f"at most {high:g}"
    return f"at least {low:g}" if high is None else f"{low:g} to {high:g}"


def _shown(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else f"{value}"
    return text if len(text) <= 40 else f"{text[:37]}..."


def _field_at(model: type[BaseModel], steps: tuple[str, ...]) -> FieldInfo | None:
    parent = _model_at(model, steps[:-1])
    if steps and steps[-1] in parent.model_fields:
        return parent.model_fields[steps[-1]]
    return _field_at(model, steps[:-1]) if len(steps) > 1 else None


def _model_at(model: type[BaseModel], steps: tuple[str, ...]) -> type[BaseModel]:
    for step in steps:
        info = model.model_fields.get(step)
        inner = _inner(info.annotation) if info else None
        if inner is None:
            return model
        model = inner
    return model


def _inner(kind: Any) -> type[BaseModel] | None:
    for option in (kind, *get_args(kind)):
        if isinstance(option, type) and issubclass(option, BaseModel):
            return option
    return None
