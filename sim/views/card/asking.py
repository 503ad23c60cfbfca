"""The model asked from a thread of its own, with progress and a way to stop; the page stays free meanwhile."""

from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Any

from sim.experiment.replications import Progress, Report
from sim.flow import prepare
from sim.scenario import BadInput
from sim.views.room.log import log

Work = Callable[[Report, Event], Any]
"""What is to be found out; raises BadInput."""


class Asking:
    """One run at a time.

    Args:
        tell: Called from the run's thread with how far it has come.
        says: Called from the run's thread with a sentence about how runs are run, empty when it no longer holds.
    """

    def __init__(self, tell: Callable[[Progress], None], says: Callable[[str], None]) -> None:
        self._tell, self._says = tell, says
        self._lock, self._stop, self._ended = Lock(), Event(), Event()
        self._ended.set()

    def start(self, work: Work, found: Callable[[Any], None], failed: Callable[[str], None]) -> None:
        """Begin; `found` is told what comes of it, `failed` the sentence of what was refused, empty if it broke.

        A run before it is stopped.
        """
        with self._lock:
            self._stop.set()
            self._stop, self._ended = Event(), Event()
            arguments = (work, found, failed, self._stop, self._ended)
            Thread(target=self._run, args=arguments, name="card run", daemon=True).start()

    def stop(self) -> None:
        """End the run; what it found so far is not told."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether the last run was told to stop."""
        return self._stop.is_set()

    def wait(self, seconds: float = 60.0) -> bool:
        """Wait until the run has ended; whether it has."""
        return self._ended.wait(seconds)

    def _run(
        self,
        work: Work,
        found: Callable[[Any], None],
        failed: Callable[[str], None],
        stop: Event,
        ended: Event,
    ) -> None:
        try:
            prepare(tell=self._says)
            answer = work(self._tell, stop)
        except BadInput as error:
            failed(str(error))
        except Exception:  # noqa: BLE001  # a thread's exception reaches nobody: it is logged, and told in a sentence
            log().exception("run of a card")
            failed("")
        else:
            found(answer)
        finally:
            ended.set()
