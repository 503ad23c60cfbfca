"""Does look inside show the very lines that a choice acts through, and explain them to people who cannot code?"""

import inspect
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.flow import journey, people, rules
from sim.scenario import LEVERS, BadInput, fields
from sim.season import feeling
from sim.views import inside as module
from sim.views import looks
from sim.views.inside import MARK, Inside, inside, names
from sim.views.inside_entries import ENTRIES, Place

ROOT = Path(sim.__file__).parent
NEEDED = (
    *LEVERS,
    "specialists",
    "supervisors",
    "routing_accuracy",
    "context_kept",
    "hold_limit",
    "time_standard",
    "delight",
)
IN_JOURNEY = ("sim/flow/journey.py", "sim/flow/people.py", "sim/flow/rules.py")
PLACES = [(name, place) for name, entry in ENTRIES.items() for place in entry.places]


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21, as the web's accessibility guidelines count it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


class Reading(HTMLParser):
    """What a page says, what of it lies in `mark` and `strong`, and every style in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.inside: dict[str, list[str]] = {}
        self.styles: list[str] = []
        self.named: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.open.append(tag)
        found = dict(attrs)
        self.styles += [found["style"]] if found.get("style") else []  # type: ignore[list-item]  # it has one
        self.named += [found["aria-label"]] if found.get("aria-label") else []  # type: ignore[list-item]  # as above

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in {*self.open}:
            self.inside.setdefault(tag, []).append(data)


# ---------------------------------------------------------------------------------------------- the very lines


@pytest.mark.parametrize("name", NEEDED)
def test_the_levers_and_what_goes_with_them_can_be_looked_inside(name: str) -> None:
    assert inside(name).snippets


@pytest.mark.parametrize(("name", "place"), PLACES, ids=lambda each: getattr(each, "function", each))
def test_every_piece_named_is_in_the_source_and_is_marked(name: str, place: Place) -> None:
    at = ENTRIES[name].places.index(place)
    snippet = inside(name).snippets[at]
    source = (ROOT / place.file).read_text(encoding="utf-8").splitlines()
    assert all(source[line.number - 1] == line.text for line in snippet.lines)
    marked = [line.text for line in snippet.lines if line.marked]
    assert all(any(text in line for line in marked) for text in place.marked)
    assert all(any(text in line for text in place.marked) for line in marked)


@pytest.mark.parametrize(
    ("name", "at", "function"),
    [
        ("staffing", 0, people.Centre._employ),
        ("staffing", 2, journey.talk),
        ("empowerment", 1, rules.decided_by),
        ("delight", 1, feeling.live_one),
    ],
)
def test_the_lines_lie_in_the_function_that_is_named(
    name: str, at: int, function: Callable[..., Any]
) -> None:
    lines, first = inspect.getsourcelines(function)
    snippet = inside(name).snippets[at]
    assert snippet.lines[0].number == first
    assert all(first <= line.number < first + len(lines) for line in snippet.lines)
    assert snippet.function == function.__qualname__


def test_what_is_shown_is_what_the_source_says_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "flow").mkdir()
    for file in {place.file for place in ENTRIES["specialists"].places}:
        text = (ROOT / file).read_text(encoding="utf-8")
        changed = "# one more line\n" + text.replace(
            "members.agents.append(Agent(", "members.agents.append(Agent(  0, "
        )
        (tmp_path / file).write_text(changed, encoding="utf-8")
    before = inside("specialists").snippets[0].lines
    monkeypatch.setattr(module, "files", lambda _package: tmp_path)
    after = inside("specialists").snippets[0].lines
    assert [line.number for line in after] == [line.number + 1 for line in before]
    assert any("Agent(  0, " in line.text and line.marked for line in after)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        (Place("flow/rules.py", "verdict", ("hurdle > ability",), ""), "no longer has the lines"),
        (Place("flow/rules.py", "verdict", ("hurdle < ability", "# gone"), ""), "no longer has the lines"),
        (Place("flow/rules.py", "judgement", ("hurdle",), ""), "there is no judgement any more"),
        (Place("flow/people.py", "Agent.vanish", ("self",), ""), "there is no Agent.vanish any more"),
    ],
)
def test_a_line_that_is_gone_is_told_not_made_up(place: Place, sentence: str) -> None:
    with pytest.raises(BadInput, match=re.escape(sentence)):
        module._snippet(place)


# --------------------------------------------------------------------------------------------------- honest


def files_of(found: Inside) -> set[str]:
    return {snippet.file for snippet in found.snippets}


@pytest.mark.parametrize("name", [name for name in ENTRIES if name != "delight"])
def test_what_acts_in_the_journey_shows_lines_of_it(name: str) -> None:
    found = inside(name)
    assert files_of(found) & {*IN_JOURNEY}
    assert found.in_journey
    assert "compiled twin" in found.closing


def test_delight_says_that_it_acts_on_no_line_of_the_journey_and_where_it_does() -> None:
    found = inside("delight")
    assert "acts on no line of the journey" in found.told
    assert "over months" in found.told
    assert all(file.startswith("sim/season/") for file in files_of(found))
    assert not found.in_journey
    assert found.closing == ""


@pytest.mark.parametrize("name", ENTRIES)
def test_what_is_said_needs_no_code(name: str) -> None:
    found = inside(name)
    told = [found.told, *(snippet.told for snippet in found.snippets)]
    for sentence in told:
        assert sentence.endswith(".")
        assert ". " not in sentence, "one sentence"
        assert not re.search(r"[`_=(){}\[\]]|\b(self|yield|def|None|True|False|deque|loop body)\b", sentence)
        assert not re.search(r"\b(wrong|should|optimal|significant)\b", sentence)


@pytest.mark.parametrize("name", ENTRIES)
def test_no_snippet_is_a_wall_of_code(name: str) -> None:
    assert all(len(snippet.lines) <= 16 for snippet in inside(name).snippets)


# ------------------------------------------------------------------------------------------------- as shown


@pytest.mark.parametrize("name", ENTRIES)
def test_the_page_says_all_of_it_and_marks_by_sign_and_weight(name: str) -> None:
    found = inside(name)
    page = Reading(found._repr_html_())
    assert page.open == []
    shown = [line for snippet in found.snippets for line in snippet.lines]
    code = "".join(page.inside["pre"])
    assert all(line.text in code for line in shown)
    marked = [line for line in shown if line.marked]
    assert len(page.inside["mark"]) == len(page.inside["strong"]) == len(marked)
    for line, text in zip(marked, page.inside["mark"], strict=True):
        assert text.startswith(MARK)
        assert line.text in text
    assert code.count(MARK) == len(marked)
    assert page.named == [snippet.where for snippet in found.snippets]


def test_signs_of_the_code_do_not_become_signs_of_the_page() -> None:
    page = inside("hold_limit")._repr_html_()
    assert "live_holds &lt; hold_limit" in page
    assert "live_holds < hold_limit" in unescape(page)
    odd = Inside("<b>", "a & b", (module.Snippet("f", "<g>", (module.Line(1, "x < '\"&", True),), "<i>"),))
    read = Reading(odd._repr_html_())
    assert "x < '\"&" in "".join(read.inside["pre"])
    assert "i" not in read.inside
    assert read.named == ["f, line 1, in <g>"]


def test_every_colour_is_a_token_and_all_text_can_be_read() -> None:
    styles = " ".join(Reading(inside("staffing")._repr_html_()).styles)
    assert {*re.findall(r"#[0-9A-Fa-f]{6}", styles)} <= {*looks.COLOURS.values()}
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast(looks.INK, looks.GRID) >= 7
    assert contrast(looks.INK, looks.PAGE) >= 7
    assert contrast(looks.INK_2, looks.PAPER) >= 4.5


@pytest.mark.parametrize("name", ENTRIES)
def test_the_words_alone_say_the_same(name: str) -> None:
    found = inside(name)
    for text in (repr(found), found._repr_markdown_()):
        assert found.title in text
        for snippet in found.snippets:
            assert snippet.told in text
            assert snippet.where in text
            for line in snippet.lines:
                sign = MARK if line.marked else " "
                assert f"{sign} {line.number:>4}  {line.text}".rstrip() in text
    assert found._repr_markdown_().count("````") == 2 * len(found.snippets)


# ---------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize("name", ENTRIES)
def test_name_title_and_path_all_lead_there(name: str) -> None:
    path = ENTRIES[name].path
    assert inside(path) == inside(name) == inside(fields()[path].title) == inside(name.upper())


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("stafing", "nearest is staffing"),
        ("holdlimit", "nearest is hold_limit"),
        ("xyzzy", "choose from staffing"),
        ("", "choose from"),
    ],
)
def test_an_unknown_lever_gets_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(BadInput, match=f"there is nothing of this name to look inside; {hint}"):
        inside(name)


def test_names_are_listed_with_the_levers_first() -> None:
    assert names()[: len(LEVERS)] == tuple(LEVERS)
