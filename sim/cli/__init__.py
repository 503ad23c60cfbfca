"""The command line: run, compare, sweep, bring in a report, check, and open the notebooks."""

from sim.cli.app import app, main

__all__ = ["app", "main"]
