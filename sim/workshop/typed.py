"""A number somebody typed at the desk, or a refusal of the sort that such things have there."""

from sim.exercise import numbers
from sim.scenario import BadInput
from sim.workshop.refused import Refused


def number(typed: object) -> numbers.Number:
    """The one number in what was typed; raises Refused with one sentence where there is none, or more than one."""
    try:
        return numbers.number(typed)
    except BadInput as error:
        raise Refused("not understood", str(error)) from error
