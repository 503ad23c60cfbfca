"""What this round asks and lets teams decide: predictions, levers with how each is set, and choices."""

from html import escape

from sim.views.desk.seen import Seen
from sim.views.room.parts import tag, text
from sim.workshop.source import Ask, Choice, Lever

ACCESS = {
    "hidden": "○ hidden, as today",
    "locked": "■ seen and locked",
    "open": "● open",
    "limited": "◐ open within limits",
}


class Setting:
    """The round as its source has it."""

    def __init__(self) -> None:
        self.widget = text("", "kit-setting")

    def show(self, seen: Seen) -> None:
        """Show the round under way."""
        where = seen.session.round
        parts = [tag("h4", where.title), tag("p", where.brief)]
        parts += [_ask(ask) for ask in where.predictions]
        parts.append(tag("h4", "Levers of this round"))
        today = seen.session.workshop.today
        rows = [_lever(lever, today.value(lever.path)) for lever in where.levers]
        parts.append(f"<table>{''.join(rows)}</table>")
        if where.choices:
            parts += [
                tag("h4", "One of"),
                f"<table>{''.join(_choice(choice) for choice in where.choices)}</table>",
            ]
        self.widget.value = "".join(parts)


def _ask(ask: Ask) -> str:
    options = " · ".join(f"{at} {option.title}" for at, option in enumerate(ask.options, 1))
    return tag("p", f"Asked: {ask.ask}{f' {options}.' if options else ''}")


def _lever(lever: Lever, today: object) -> str:
    return (
        f"<tr><th>{escape(lever.facts.title)}</th><td>{escape(ACCESS[lever.access])}{escape(_limits(lever))}</td>"
        f"<td>today {escape(_number(today))}{escape(_price(lever.price))}</td></tr>"
    )


def _limits(lever: Lever) -> str:
    if lever.access != "limited":
        return ""
    if lever.options:
        return f": {', '.join(_number(option) for option in lever.options)}"
    return f": {_number(lever.lowest)} to {_number(lever.highest)}"


def _choice(choice: Choice) -> str:
    note = f"<br>{escape(choice.note)}" if choice.note else ""
    price = f"${choice.price:,.0f} a week" if choice.price else "no price in the model"
    return f"<tr><th>{escape(choice.title)}</th><td>{price}{note}</td></tr>"


def _price(price: float) -> str:
    return f", ${price:,.0f} a week for one more" if price else ""


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
