"""What every chosen or assumed number carries: title, unit, range, default, help and evidence row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

Side = Literal["plan", "assumptions"]
Confidence = Literal["high", "medium", "low", ""]
Range = tuple[float, float]


class Part(BaseModel):
    """A frozen piece of a scenario; unknown names and numbers that are not finite are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, validate_default=True)


@dataclass(frozen=True)
class FieldFacts:
    """One field as sliders, messages and the assumptions page need it."""

    path: str
    title: str
    unit: str
    low: float | None
    high: float | None
    default: Any
    help: str
    evidence: str
    side: str
    confidence: str = ""
    plausible: Range | None = None

    @property
    def has_anchor(self) -> bool:
        """Whether anybody has measured anything like it."""
        return NO_ANCHOR not in self.evidence


NO_ANCHOR = "no anchor"


def quantity(
    default: Any,
    title: str,
    help: str = "",  # noqa: A002  # the word every reader looks for
    *,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    evidence: str = "",
    confidence: Confidence = "",
    plausible: Range | Mapping[str, Range] | None = None,
) -> Any:
    """Declare a field with its facts.

    `evidence` names a row of the evidence table or an equation, or says "no anchor"; `confidence` is that row's, and
    `plausible` its range, within which a result must hold to be believed; a table has one for each of its numbers.
    """
    return Field(
        default,
        title=title,
        description=help,
        ge=low,
        le=high,
        json_schema_extra={
            "unit": unit,
            "evidence": evidence,
            "confidence": confidence,
            "plausible": _plain(plausible),
        },
    )


def _plain(plausible: Range | Mapping[str, Range] | None) -> Any:
    """Ranges as JSON has them."""
    if isinstance(plausible, Mapping):
        return {name: list(ends) for name, ends in plausible.items()}
    return list(plausible) if plausible else None


def bounds(info: FieldInfo) -> tuple[float | None, float | None]:
    """The range a field allows, open ends as None."""
    low = next((m.ge for m in info.metadata if hasattr(m, "ge")), None)
    high = next((m.le for m in info.metadata if hasattr(m, "le")), None)
    return low, high


def _facts(path: str, info: FieldInfo, parent: FieldInfo | None) -> FieldFacts:
    low, high = bounds(info)
    extra = _extra(parent) | _extra(info)
    title = info.title or path.rsplit(".", 1)[-1]
    return FieldFacts(
        path=path,
        title=f"{parent.title}, {title.lower()}" if parent and parent.description else title,
        unit=str(extra.get("unit", "")),
        low=low,
        high=high,
        default=info.get_default(call_default_factory=True),
        help=info.description or (parent.description if parent else None) or "",
        evidence=str(extra.get("evidence", "")),
        side=path.split(".", 1)[0],
        confidence=str(extra.get("confidence", "")),
        plausible=_pair(extra.get("plausible"), path.rsplit(".", 1)[-1]),
    )


def _pair(found: Any, name: str) -> Range | None:
    ends = found.get(name) if isinstance(found, dict) else found
    return (float(ends[0]), float(ends[1])) if ends else None


def _extra(info: FieldInfo | None) -> dict[str, Any]:
    """The facts of ours that pydantic only carries; empty ones left out so that a parent's show through."""
    found = info.json_schema_extra if info and isinstance(info.json_schema_extra, dict) else {}
    return {name: value for name, value in found.items() if value}


def walk(model: type[BaseModel], prefix: str = "", parent: FieldInfo | None = None) -> Iterator[FieldFacts]:
    """Every leaf field below `model`, in the order a reader meets them."""
    for name, info in model.model_fields.items():
        path = f"{prefix}.{name}" if prefix else name
        kind = info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from walk(kind, path, info)
        else:
            yield _facts(path, info, parent)
