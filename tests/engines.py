"""Which engines can be asked here: both, except where numba is not installed, as on Macs with an Intel processor."""

import os
from typing import Any

import pytest

from sim.flow import Engine


def _compiled() -> tuple[Any, Any]:
    try:
        from sim.flow import compiled, compiled_people
    except ImportError:
        if os.environ.get("CI") == "true":  # there both must be asked
            raise
        return None, None
    return compiled, compiled_people


compiled, compiled_people = _compiled()
HERE: tuple[Engine, ...] = ("simpy", "compiled") if compiled else ("simpy",)
needs_numba = pytest.mark.skipif(compiled is None, reason="numba is not installed")
