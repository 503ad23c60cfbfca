"""A refusal that says in one sentence what was amiss, and of which sort it was."""

from typing import Literal

from sim.scenario import BadInput

Sort = Literal[
    "late", "unknown team", "mistyped code", "locked", "out of limits", "name", "not understood", "not now"
]


class Refused(BadInput):
    """What a session does not take; `str()` is the sentence, `sort` is for whoever counts or colours refusals."""

    def __init__(self, sort: Sort, words: str) -> None:
        super().__init__(words)
        self.sort: Sort = sort
