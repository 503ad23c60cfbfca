"""What takes seconds: one thing at a time, in a thread of its own, with its progress told and a way to stop it."""

from collections.abc import Callable
from threading import Event, Lock, Thread

from sim.experiment import Progress
from sim.scenario import BadInput
from sim.views.desk import words
from sim.views.room.log import log, log_file

Tell = Callable[[Progress], None]
Work = Callable[[Tell, Event], str]
"""Does it, telling how far it has come and heeding the stop; returns a sentence, raises BadInput with one."""


class Jobs:
    """Runs one piece of work at a time.

    Args:
        tell: Called from the work's thread with how far it has come.
        ended: Called from the work's thread with its sentence, and whether that is about trouble.
    """

    def __init__(self, tell: Tell, ended: Callable[[str, bool], None]) -> None:
        self._tell, self._ended = tell, ended
        self._lock, self._stop = Lock(), Event()
        self._thread: Thread | None = None
        self.title = ""

    @property
    def running(self) -> bool:
        """Whether something is under way."""
        return bool(self.title)

    def start(self, title: str, work: Work) -> None:
        """Begin; raises BadInput when something else is under way."""
        with self._lock:
            if self.title:
                raise BadInput(f"{self.title} is under way; stop it first, or wait a moment.")
            self.title, self._stop = title, Event()
            self._thread = Thread(target=self._run, args=(work, self._stop), name=title, daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Ask what runs to end."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Wait until nothing runs; whether that came true."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return not self.running

    def _run(self, work: Work, stop: Event) -> None:
        sentence, trouble = "", True
        try:
            sentence, trouble = work(self._tell, stop), False
        except BadInput as error:
            sentence = str(error)
        except Exception:  # noqa: BLE001  # a thread's exception reaches nobody: it is logged, and told in a sentence
            log().exception("work %s", self.title)
            sentence = words.TROUBLE.format(log_file().name)
        finally:
            self.title = ""
            self._ended(sentence, trouble)
