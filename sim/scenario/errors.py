"""The one kind of error a reader may see: a sentence."""


class BadInput(ValueError):
    """Something given to the kit does not fit; `str()` is one plain sentence that says what and what would."""
