"""The session's report in Markdown: boards, forecasters' cup, and what the debrief looked at."""

from sim.workshop.session import Session


def report(session: Session) -> str:
    """Everything worth keeping of a session; team names are shown as the plain text they are."""
    raise NotImplementedError
