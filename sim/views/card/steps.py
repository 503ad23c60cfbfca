"""What the steps of a card have in common: the attempt they add to, a line that says what was refused, one run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from threading import Event, RLock
from typing import Any, Protocol

import ipywidgets as w

from sim.exercise.attempt import Attempt
from sim.experiment.expected import Questions, Told, ask
from sim.experiment.replications import Progress, Report
from sim.scenario import BadInput
from sim.views.card import words
from sim.views.card.asking import Asking
from sim.views.card.hands import Hands
from sim.views.room.log import log_file
from sim.views.room.parts import button, column, mark, tag, text
from sim.views.room.safely import safely
from sim.views.room.words import time_left


class Host(Protocol):
    """The card that a step belongs to."""

    attempt: Attempt
    lock: RLock

    @property
    def questions(self) -> Questions:
        """The lesson's."""

    def numbers(self) -> Mapping[str, Told]:
        """The lesson's kept numbers; raises BadInput where there are none."""

    def take(self, attempt: Attempt) -> None:
        """Go on with what a step made of the attempt."""


class Step:
    """One step: built when it opens, so that nothing of what comes later is in the page before."""

    name = ""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.line = text("", "kit-card-line")
        self.hands = Hands(self._changed, self.say, self.safely)
        self.widget = column(*self._parts(), self.line, classes=f"kit-step kit-step-{self.name}")
        self.say("")
        self.show()

    @property
    def attempt(self) -> Attempt:
        """The attempt as it stands."""
        return self.host.attempt

    def known(self) -> Mapping[str, Told]:
        """The numbers there are: those that were seen, and of the others those that are kept."""
        try:
            return {**self.host.numbers(), **self.attempt.seen}
        except BadInput:
            return self.attempt.seen

    def _parts(self) -> Sequence[w.Widget]:
        """The widgets of the step, in the order in which they are read."""
        raise NotImplementedError

    def show(self) -> None:
        """Be as the attempt says."""

    def leave(self) -> None:
        """Be shown no more."""
        self.widget.close()

    def _changed(self) -> None:
        """Something was given, or taken back."""
        self.show()

    def say(self, sentence: str) -> None:
        """Say something in the step's line; a refusal begins with its mark."""
        kind = "kit-error" if sentence.startswith("✕") else "kit-said"
        self.line.value = f'<div role="status" aria-live="polite">{tag("span", sentence, kind)}</div>'

    def safely(self, act: Callable[..., None]) -> Callable[..., None]:
        """A callback that loses nothing."""
        return safely(act, self.host.lock, lambda sentence: self.say(f"✕ {sentence}"), words.TROUBLE)


class RunningStep(Step):
    """A step that asks the model: its button turns into Stop meanwhile."""

    def __init__(self, host: Host) -> None:
        self.running = self.left = False
        self.asking = Asking(self._tell, self._says)
        self.go = button("", "kit-main")
        self.bar = text("", "kit-card-progress")
        super().__init__(host)
        self.go.on_click(self.safely(lambda _: self._pressed()))

    def leave(self) -> None:
        """End what runs, and tell nothing of it."""
        self.left = True
        self.asking.stop()
        super().leave()

    def _pressed(self) -> None:
        if self.running:
            self.asking.stop()
        else:
            self._act()

    def _act(self) -> None:
        """Do what the button says while nothing runs."""
        raise NotImplementedError

    def _run(
        self,
        work: Callable[[Report, Event], Any],
        found: Callable[[Any], None],
        failed: Callable[[str], None],
    ) -> None:
        """Ask the model; the step shows that it runs until one of both is told."""

        def over(then: Callable[[Any], None]) -> Callable[[Any], None]:
            def told(what: Any) -> None:
                if not self.left:
                    self.running, self.bar.value = False, ""
                    then(what)
                    self.show()

            return self.safely(told)

        self.say("")
        self.running = True
        self._tell(Progress(0, 0, None))
        self.show()
        self.asking.start(work, over(found), over(failed))

    def _ask(self, names: Sequence[str], found: Callable[[Any], None], failed: Callable[[str], None]) -> None:
        """Ask the model these questions of the lesson."""
        questions = {name: self.host.questions[name] for name in names}
        self._run(lambda report, stop: ask(questions, report, stop), found, failed)

    def _failed(self, refused: str) -> None:
        """Say why a run told nothing: it was stopped, or did not finish."""
        if self.asking.stopped:
            self.say(words.STOPPED)
        else:
            self._unfinished(refused)

    def _unfinished(self, refused: str) -> None:
        """Say what refused a run, or that it broke."""
        self.say(f"✕ {refused or words.NOT_FINISHED.format(log_file().name)}")

    def _label(self, label: str, *, ready: bool = True) -> None:
        """Say on the button what it does; dashed where it cannot be pressed yet."""
        self.go.description = "Stop" if self.running else label
        self.go.disabled = not (ready or self.running)
        mark(self.go, "kit-stop", self.running)
        mark(self.go, "kit-waiting", not (ready or self.running))

    def _tell(self, progress: Progress) -> None:
        share = 100 * progress.done / progress.total if progress.total else 0
        done = ", ".join(filter(None, [_far(progress), time_left(progress.seconds_left)]))
        if self.running or not progress.total:
            drawn = f'<div class="kit-bar"><div style="width:{share:.0f}%"></div></div>'
            self.bar.value = drawn + tag("span", done, "kit-help")

    def _says(self, sentence: str) -> None:
        with self.host.lock:
            self.say(sentence)


def _far(progress: Progress) -> str:
    return f"Replication {progress.done} of {progress.total}" if progress.total else "Starting"
