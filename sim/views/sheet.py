"""A comparison on a sheet of A4, complete in one file that any browser opens and prints."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from sim.experiment import Comparison
from sim.experiment.verdict import MOST_MORE
from sim.measures import MEASURES
from sim.views import formats, looks, sentences
from sim.views.months import notes
from sim.views.months.still import SeasonStill
from sim.views.still import FAMILY, ROWS, Still, basis, data_of, pictures_of, table_html, titles_of

PICTURES = ("consistency", "cost")
NOT_IN_THE_MODEL = (
    "E-mail, and chat with a person.",
    "Holidays and new products.",
)
PAGE_STYLE = f"""
@page {{ size: A4; margin: 0; }}
body {{ margin: 0 auto; width: 794px; box-sizing: border-box; padding: 16px 52px 10px; font: 13px/1.35 {FAMILY};
  color: {looks.INK}; background: {looks.PAPER}; }}
header, footer {{ display: flex; justify-content: space-between; color: {looks.INK_2}; }}
header {{ border-bottom: 2px solid {looks.INK}; padding-bottom: 8px; }}
footer {{ border-top: 1px solid {looks.INK}; padding-top: 8px; margin-top: 4px; position: relative; }}
h1 {{ font-size: 24px; line-height: 1.2; margin: 10px 0 4px; }}
h2 {{ font-size: 14px; margin: 14px 0 4px; }}
ul {{ margin: 0; padding-left: 16px; }}
p {{ margin: 4px 0 8px; color: {looks.INK_2}; }}
main {{ display: flex; gap: 24px; }}
main img {{ width: 432px; display: block; margin: 0 0 -8px; }}
table {{ font-size: 13px !important; }}
table th, table td {{ padding: 1px 8px !important; }}
"""


def report_html(
    comparison: Comparison, plan_in_words: str, demand: str, seed: int, season: SeasonStill | None = None
) -> str:
    """A comparison on one page of A4, complete in one file: finding, verdicts, two pictures, and what is left out.

    With a `season`, the customers who stay and the horizons of profit stand in the table too.
    """
    still = Still(comparison)
    lived = season if season and season.found else None
    before, after = comparison.before, comparison.after
    titles = titles_of(data_of(comparison), comparison)
    pictures = "".join(
        f'<h2>{escape(titles[name])}</h2><img alt="{escape(alt)}" src="{source}">'
        for name, (alt, source) in zip(PICTURES, pictures_of(comparison, PICTURES, titled=False), strict=True)
    )
    day = datetime.now().astimezone().date()
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(still.headline)}</title>'
        f"<style>{PAGE_STYLE}</style></head><body>"
        f"<header><span>{escape(before.scenario.title)}</span>"
        f"<span>plan: {escape(after.scenario.title)}, {day.day} {day:%B %Y}</span></header>"
        f"<h1>{escape(still.headline)}</h1><p>{escape(plan_in_words)}</p>"
        f"{table_html([*still.lines(), *(lived.in_short() if lived else [])])}"
        f"<p>{escape(basis(comparison))} {escape(_basis_of_months(lived))}</p>"
        f"<main><div>{pictures}</div><aside>{_aside(comparison, demand, lived)}</aside></main>"
        f"<footer><span>seed {seed}, {len(after.summaries)} replications</span>"
        "<span>Meet the Bar</span></footer></body></html>"
    )


def _basis_of_months(season: SeasonStill | None) -> str:
    if season is None:
        return ""
    count = len(season.seasons.summaries)
    return f"Months: {count} season{'s' if count > 1 else ''} of {season.weeks} weeks from the same settled operation."


def _aside(comparison: Comparison, demand: str, season: SeasonStill | None) -> str:
    """What was promised and met, what is still open, what the months rest on, and what the model leaves out."""
    promise = comparison.after.scenario.plan.promise
    within = formats.short(promise.answer_within)
    kept = [
        f"Every contact answered within {within} minutes.",
        f"Settled in {promise.contacts} contacts.",
        f"Decided within {formats.short(promise.decision_within)} minutes of opening time.",
        *(["The story told once."] if promise.story_once else []),
        f"The bar: {formats.of_hundred(promise.bar)} of 100 issues on a day.",
    ]
    settle = [
        f"{MEASURES[name].title}: {_more(one.more)}."
        for name in ROWS
        if (one := sentences.finding(comparison, name)).word == sentences.CANNOT_TELL and one.more
    ]
    parts = [("The promise", kept), ("Demand", [demand]), ("Not in this model", NOT_IN_THE_MODEL)]
    parts += [("To settle what is open", settle)] if settle else []
    parts += [("Months: keep in mind", _reminders(season))] if season else []
    return "".join(f"<h2>{title}</h2>{_list(lines)}" for title, lines in parts)


def _reminders(season: SeasonStill) -> list[str]:
    scenarios = season.seasons.plans[:2]
    return [notes.short(panel, *scenarios, most=1) for panel in ("loyalty", "customers", "profit")]


def _more(replications: int) -> str:
    if replications >= MOST_MORE:
        return f"more than {formats.number(MOST_MORE)} replications would be needed"
    return f"run {'1 more replication' if replications == 1 else f'about {replications} more replications'}"


def _list(lines: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
