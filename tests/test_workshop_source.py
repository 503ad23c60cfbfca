"""Is a workshop's source sound, and is what is amiss in one told in a sentence?"""

from pathlib import Path
from typing import Any

import pytest
from small_workshop import CONTENT, small

from sim.scenario import BadInput
from sim.workshop.source import PHASES, load_workshop, workshop, workshop_names


@pytest.mark.parametrize("name", workshop_names())
def test_every_workshop_of_the_kit_is_sound(name: str) -> None:
    found = workshop(name)
    assert found.name == name
    assert found.steps[0].at == 0
    for where in found.rounds:
        phases = [step.phase for step in found.steps if step.round == where.id]
        assert [PHASES.index(phase) for phase in phases if phase] == sorted(
            PHASES.index(p) for p in phases if p
        )
        assert {"predict", "decide", "frozen", "reveal", "debrief"} <= set(phases)
        assert all(step.say for step in found.steps)


def test_the_first_workshop_is_what_its_run_sheet_says() -> None:
    w1 = workshop("w1")
    assert (w1.title, w1.minutes, len(w1.rounds)) == ("Meet the bar before you beat it", 90, 2)
    assert w1.today.value("plan.staffing.agents") == 9
    assert w1.today.value("plan.promise.bar") == 0.75
    staff, buy = w1.rounds
    assert not staff.delight_counts
    assert buy.delight_counts
    assert {choice.id: dict(choice.plan) for choice in buy.choices} == {
        "agent": {"plan.staffing.agents": 10},
        "wow": {"plan.delight.share": 0.1},
        "story": {"plan.teamwork.context_kept": 0.9},
    }
    debrief = sum(
        after.at - step.at
        for step, after in zip(w1.steps, [*w1.steps[1:], None], strict=True)
        if after and step.phase in ("reveal", "debrief")
    )
    assert debrief >= w1.minutes / 3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rounds": []}, "rounds"),
        ({"minutes": 0}, "minutes"),
        ({"title": None}, "title"),
        ({"sub": 1}, "sub: no such field; choose from kit, name,"),
        ({"base": "todya"}, "todya: no code begins from there; nearest is today."),
        ({"steps": [{"at": 9, "title": "x"}, {"at": 3, "title": "y"}]}, "not in the order of the clock"),
        ({"steps": [{"at": 99, "title": "x"}]}, "within 30 minutes"),
        ({"steps": [{"at": 1, "title": "x", "round": "staf"}]}, "staf is no round; nearest is staff"),
    ],
)
def test_what_is_amiss_in_a_source_is_told_in_a_sentence(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput) as told:
        small(**changes)
    assert words in str(told.value)
    assert str(told.value).endswith(".")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"levers": [{"path": "plan.staffing.agnets"}]}, "no such field of the plan; nearest is plan.staffing.agents"),
        ({"levers": [{"path": "assumptions.demand.issues_per_day"}]}, "no such field of the plan"),
        ({"levers": [{"path": "plan.staffing.agents", "access": "limited"}]}, "give low and high, or options"),
        ({"levers": [{"path": "plan.staffing.agents", "access": "locked"}]}, "teams have nothing to decide"),
        ({"reveal": []}, "the reveal has no stage"),
        ({"choices": [{"id": "x", "title": "X", "plan": {"plan.bar": 1}}]}, "plan.bar is no field of the plan"),
        ({"choices": [{"id": "x", "title": "X", "plan": {"plan.delight.share": 3}}]}, "3 is outside 0 to 1"),
        (
            {"predictions": [{"id": "a", "kind": "number", "ask": "?", "measure": "kept"}]},
            "kept is no measure",
        ),
        (
            {"predictions": [{"id": "a", "kind": "choice", "ask": "?", "measure": "promise_kept"}]},
            "a choice needs two options or more",
        ),
        (
            {
                "predictions": [
                    {
                        "id": "a", "kind": "ranking", "ask": "?", "measure": "promise_kept",
                        "options": [{"id": "x", "title": "X"}, {"id": "y", "title": "Y"}],
                    }
                ]
            },
            "x is no choice of round staff",
        ),
    ],
)  # fmt: skip
def test_what_is_amiss_in_a_round_is_told_in_a_sentence(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput) as told:
        small(rounds=[{**CONTENT["rounds"][0], **changes}], steps=[])
    assert words in str(told.value)
    assert "\n" not in str(told.value)


def test_a_workshop_is_found_by_name_or_the_nearest_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"^w11: no workshop has this name; nearest is w1\.$"):
        workshop("w11")
    with pytest.raises(BadInput, match="no workshop has this name"):
        workshop("../w1")
    assert workshop_names(tmp_path) == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"- 1\n- 2", "holds no workshop"),
        (b"a: 1\na: 2", "line 2: a stands twice"),
        (b"a: [", "is not YAML"),
        (None, "could not be read"),
    ],
)
def test_a_file_that_is_no_workshop_is_told_by_name(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "w9" / "workshop.yaml"
    path.parent.mkdir()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInput, match=r"^w9/workshop\.yaml: ") as told:
        load_workshop(path)
    assert words in str(told.value)
