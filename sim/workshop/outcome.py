"""The official result of a round, and how it is kept as JSON in the session's file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite, nan
from typing import Any

import numpy as np

from sim.experiment import Results
from sim.measures import Summary
from sim.scenario import scenario_from


@dataclass(frozen=True)
class RoundResult:
    """What came of all plans of a round on the same customers, `replications` weeks each.

    `plan_of` tells which of `results` is a team's, by team number; `choice_of` the same for the choices of the round;
    `asked_of` tells those that a prediction's own question is about, by prediction; `today` is the one of the operation
    left as it is. Plans that are the same were simulated once. Two results are
    equal when their content is.
    """

    content: Mapping[str, Any]

    @classmethod
    def made_of(
        cls,
        results: Sequence[Results],
        plan_of: Mapping[int, int],
        choice_of: Mapping[str, int],
        today: int,
        seed: int,
        asked_of: Mapping[str, Sequence[int]] | None = None,
    ) -> "RoundResult":
        """A result of what was simulated."""
        made = cls(
            {
                "seed": seed,
                "today": today,
                "plan_of": {str(team): at for team, at in plan_of.items()},
                "choice_of": dict(choice_of),
                "asked_of": {name: list(places) for name, places in (asked_of or {}).items()},
                "results": [_plain(each) for each in results],
            }
        )
        made.__dict__["results"] = tuple(results)  # known already, so not read back from the content
        return made

    @classmethod
    def from_content(cls, content: Any) -> "RoundResult":
        """A result as the session's file has it; raises BadInput, KeyError, TypeError or ValueError if it is none."""
        made = cls(content)
        asked = [at for places in made.asked_of.values() for at in places]
        places = [*made.plan_of.values(), *made.choice_of.values(), *asked, made.today]
        if not all(0 <= at < len(made.results) for at in places):
            raise ValueError("a plan without its result")
        return made

    @cached_property
    def results(self) -> tuple[Results, ...]:
        """The replications of every different plan; charts of one scenario take them as they are."""
        return tuple(_results(each) for each in self.content["results"])

    @cached_property
    def plan_of(self) -> dict[int, int]:
        """Which of `results` is a team's, by the team's number."""
        return {int(team): int(at) for team, at in self.content["plan_of"].items()}

    @cached_property
    def choice_of(self) -> dict[str, int]:
        """Which of `results` is a choice's, by its id."""
        return {str(name): int(at) for name, at in self.content["choice_of"].items()}

    @cached_property
    def asked_of(self) -> dict[str, tuple[int, ...]]:
        """Which of `results` a prediction's own question is about, by its id."""
        known = self.content["asked_of"] if "asked_of" in self.content else {}  # noqa: SIM401  # files of before have none
        return {str(name): tuple(int(at) for at in places) for name, places in known.items()}

    @property
    def today(self) -> int:
        """Which of `results` is today's operation."""
        return int(self.content["today"])

    @property
    def seed(self) -> int:
        """The seed of all luck of this round."""
        return int(self.content["seed"])

    @property
    def replications(self) -> int:
        """Weeks simulated for each plan."""
        return len(self.results[0].summaries)

    def of(self, team: int) -> Results | None:
        """The weeks of a team's plan; None for a team that joined after it was computed."""
        at = self.plan_of.get(team)
        return None if at is None else self.results[at]


def _plain(results: Results) -> dict[str, Any]:
    return {
        "scenario": results.scenario.model_dump(mode="json"),
        "weeks": [_plain_week(summary) for summary in results.summaries],
    }


def _plain_week(summary: Summary) -> dict[str, Any]:
    return {
        "values": {name: _finite(value) for name, value in summary.values.items()},
        "wait_counts": summary.wait_counts.tolist(),
        "slot_start": summary.slot_start.tolist(),
        "slot_wait": [_finite(wait) for wait in summary.slot_wait.tolist()],
        "teams": list(summary.teams),
        "kept": summary.kept.tolist(),
        "issues": summary.issues.tolist(),
        "journey": dict(summary.journey),
        "day_kept": summary.day_kept.tolist(),
        "day_issues": summary.day_issues.tolist(),
    }


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def _number(value: float | None) -> float:
    return nan if value is None else float(value)


def _results(content: Mapping[str, Any]) -> Results:
    weeks = tuple(_week(week) for week in content["weeks"])
    if not weeks:
        raise ValueError("a plan without a week")
    return Results(scenario_from(content["scenario"]), weeks)


def _week(content: Mapping[str, Any]) -> Summary:
    return Summary(
        values={name: _number(value) for name, value in content["values"].items()},
        wait_counts=np.array(content["wait_counts"], np.int64),
        slot_start=np.array(content["slot_start"], np.float64),
        slot_wait=np.array([_number(wait) for wait in content["slot_wait"]], np.float64),
        teams=tuple(content["teams"]),
        kept=np.array(content["kept"], np.int64),
        issues=np.array(content["issues"], np.int64),
        journey=dict(content["journey"]),
        day_kept=np.array(content["day_kept"], np.int64),
        day_issues=np.array(content["day_issues"], np.int64),
    )
