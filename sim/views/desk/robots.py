"""Robot teams on the real page, one click at a time, so that one person can rehearse."""

from functools import partial

import ipywidgets as w

from sim.scenario import BadInput
from sim.views.desk.seen import Command, Do
from sim.views.room.parts import Safely, button, row
from sim.workshop import robots
from sim.workshop.session import Session


class Robots:
    """Buttons of a rehearsal: take in one robot team, all of them, or let them fill in their cards."""

    def __init__(self, do: Do, safely: Safely) -> None:
        self.one, self.all = button("Add a robot"), button("Add all")
        self.fill = button("Robots fill in", tooltip="Let the robot teams hand in what this phase asks")
        for each, act in ((self.one, add_one), (self.all, add_all), (self.fill, fill_in)):
            each.on_click(safely(partial(_pressed, do, act)))
        self.widget: w.HBox = row(self.one, self.all, self.fill, classes="kit-buttons kit-robots")


def _pressed(do: Do, act: Command, _button: w.Button) -> None:
    do(act)


def add_one(session: Session) -> str:
    """Take in the next robot team; raises BadInput when all are in."""
    names = {team.name for team in session.state.teams}
    robot = next((each for each in robots.ROBOTS if each.name not in names), None)
    if robot is None:
        raise BadInput("All robot teams are in.")
    return session.add_team(robot.name)


def add_all(session: Session) -> str:
    """Take in every robot team that is not in."""
    before = len(session.state.teams)
    robots.seat(session)
    return f"{len(session.state.teams) - before} robot teams came in."


def fill_in(session: Session) -> str:
    """Let the robots hand in what the phase asks; raises BadInput where it asks nothing."""
    phase = session.state.phase
    said: tuple[str, ...] = ()
    if phase == "predict":
        robots.predict(session)
    elif phase == "decide":
        robots.decide(session)
    elif phase == "frozen":
        said = robots.come_late(session)
    else:
        raise BadInput(f"Robots fill in nothing in {phase}; they do in predict, decide and frozen.")
    if said:
        return f"Late robots: {said[-1]}"
    there = {team.number for team in session.state.teams}
    made = session.state.now.predictions if phase == "predict" else session.state.now.decisions
    teams = {key[0] if isinstance(key, tuple) else key for key in made} & there
    return f"{len(teams)} of {len(there)} teams have {'predicted' if phase == 'predict' else 'decided'}."
