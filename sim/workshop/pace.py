"""The clock against the run sheet: where the workshop is, where it was to be, and the next line to say."""

from dataclasses import dataclass

from sim.workshop.source import PHASES, Step, Workshop
from sim.workshop.state import Clock, State, minutes_between


@dataclass(frozen=True)
class Pace:
    """Minutes since the start, the run sheet's step for where the workshop is, the next one, and minutes behind.

    `behind` is negative when ahead of the plan, and 0 before the clock starts.
    """

    minutes: float
    step: Step | None
    next: Step | None
    behind: float

    @property
    def sentence(self) -> str:
        """How it stands, in words."""
        late = round(abs(self.behind))
        how = f"{late} min {'behind' if self.behind > 0 else 'ahead'}" if late else "on time"
        return f"{int(self.minutes)} min since the start, {how}."


def elapsed(clock: Clock, now: str) -> float:
    """Minutes on the workshop's clock at a moment (ISO 8601, UTC); 0 before it starts."""
    if clock.started is None:
        return 0.0
    return max(0.0, minutes_between(clock.started, clock.paused or now) - clock.left_out)


def pace(workshop: Workshop, state: State, now: str) -> Pace:
    """How the workshop stands against its run sheet.

    The step is the one the clock asks for among those of the phase under way; behind is counted from when the next
    phase was to begin, ahead from when this one was.
    """
    minutes = elapsed(state.clock, now)
    here = [step for step in workshop.steps if _place(workshop, step) <= _of_state(workshop, state)]
    if not here:
        return Pace(minutes, None, workshop.steps[0] if workshop.steps else None, 0.0)
    last = _place(workshop, here[-1])
    phase = [step for step in here if _place(workshop, step) == last]
    step = next((each for each in reversed(phase) if each.at <= minutes), phase[0])
    at = workshop.steps.index(step)
    following = workshop.steps[at + 1] if at + 1 < len(workshop.steps) else None
    behind = _behind(workshop, minutes, phase, state.clock.started is not None)
    return Pace(minutes, step, following, behind)


def _behind(workshop: Workshop, minutes: float, phase: list[Step], started: bool) -> float:
    after = [step.at for step in workshop.steps if step.at > phase[-1].at]
    ends = after[0] if after else workshop.minutes
    if not started:
        return 0.0
    return minutes - ends if minutes > ends else min(0.0, minutes - phase[0].at)


def _place(workshop: Workshop, step: Step) -> tuple[int, int]:
    """Where a step stands: the number of its round and of its phase; those of neither count as before everything."""
    rounds = [each.id for each in workshop.rounds]
    round_ = rounds.index(step.round) if step.round else 0
    return round_, PHASES.index(step.phase) if step.phase else 0


def _of_state(workshop: Workshop, state: State) -> tuple[int, int]:
    rounds = [each.id for each in workshop.rounds]
    return (rounds.index(state.round) if state.round in rounds else 0), PHASES.index(state.phase)
