"""What is chosen and what is assumed: frozen, validated, with unit, range and source on every field."""

from sim.scenario.assumptions import Assumptions
from sim.scenario.errors import BadInput
from sim.scenario.fields import FieldFacts
from sim.scenario.files import load, parse, save, text_of
from sim.scenario.library import INDUSTRIES, bare, in_industry, industries, industry, named, names
from sim.scenario.plan import Hours, Plan
from sim.scenario.scenario import LEVERS, Scenario, fields, json_schema, path_of, scenario_from

__all__ = [
    "INDUSTRIES",
    "LEVERS",
    "Assumptions",
    "BadInput",
    "FieldFacts",
    "Hours",
    "Plan",
    "Scenario",
    "bare",
    "fields",
    "in_industry",
    "industries",
    "industry",
    "json_schema",
    "load",
    "named",
    "names",
    "parse",
    "path_of",
    "save",
    "scenario_from",
    "text_of",
]
