"""Do printed pages hold every word, inside their margins, large enough to read, in grey too, on both papers?"""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytest
import yaml
from pypdfium2 import raw
from typer.testing import CliRunner, Result

from sim.cli import app as cli_app
from sim.cli import printing
from sim.scenario import BadInput
from sim.views import looks
from sim.views.print import KINDS, PAPERS, print_pack
from sim.views.print import booklet as booklets
from sim.views.print.styles import SMALLEST, STYLES
from sim.workshop import guide as guides
from sim.workshop import paper as papers
from sim.workshop.customers import followed
from sim.workshop.guide import Guide, Quoting

W1 = Path(__file__).resolve().parent.parent / "workshops" / "w1"
MOST_PAGES = {
    "say-guide": 6, "see-booklet": 8, "cards-person": 3, "cards-team": 6, "lookup-booklet": 6, "take-away": 1,
}  # fmt: skip
"""How many pages of each kind there may be; where a kind's pages are fixed, there are as many."""
UNPRINTABLE = 18.0
"""Points at a page's edge that some printers leave white."""


class Printed:
    """A file as a reader sees it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.document = pdfium.PdfDocument(path)
        self.pages = [page.get_textpage().get_text_bounded() for page in self.document]
        self.size = self.document[0].get_size()

    def words(self) -> str:
        """All words, one space between."""
        return flat(" ".join(self.pages))

    def letters(self) -> Iterator[tuple[int, str, float, tuple[float, ...]]]:
        """Page, letter, size in points, and its box (left, bottom, right, top) of every letter that shows."""
        for number, page in enumerate(self.document, start=1):
            text = page.get_textpage()
            for at in range(text.count_chars()):
                letter = chr(raw.FPDFText_GetUnicode(text, at))
                if letter.strip():
                    yield number, letter, raw.FPDFText_GetFontSize(text, at), text.get_charbox(at)

    def grey(self, number: int) -> Any:
        """A page as a grey printer sees it: 0 black to 255 white."""
        return np.asarray(self.document[number].render(scale=1, grayscale=True).to_numpy()).squeeze()


def flat(text: str) -> str:
    """Words with one space between, whatever broke the line."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def guide() -> Guide:
    return guides.read(W1 / guides.FILE)


@pytest.fixture(scope="module")
def quote(guide: Guide) -> Quoting:
    return guides.quoting(W1, guide)


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Printed]]:
    folder = tmp_path_factory.mktemp("printed")
    return {
        paper: dict(zip(KINDS, map(Printed, print_pack(W1, folder, paper)), strict=True)) for paper in PAPERS
    }


@pytest.fixture(params=sorted(PAPERS))
def pack(request: pytest.FixtureRequest, packs: dict[str, dict[str, Printed]]) -> dict[str, Printed]:
    return packs[request.param]


# -------------------------------------------------------------------------------------------------- the paper


def test_each_file_says_its_workshop_kind_and_paper(packs: dict[str, dict[str, Printed]]) -> None:
    for paper, pack in packs.items():
        assert [each.path.name for each in pack.values()] == [f"w1-{kind}-{paper}.pdf" for kind in MOST_PAGES]
        for each in pack.values():
            assert each.size == pytest.approx(PAPERS[paper], abs=0.5)


def test_pages_are_as_many_as_they_may_be(pack: dict[str, Printed], guide: Guide) -> None:
    count = {kind: len(each.pages) for kind, each in pack.items()}
    assert {**count, "say-guide": 6} == MOST_PAGES
    assert 1 + guide.front.minutes / 30 <= count["say-guide"] <= MOST_PAGES["say-guide"]


def test_the_same_guide_prints_the_same_bytes(packs: dict[str, dict[str, Printed]], tmp_path: Path) -> None:
    again = print_pack(W1, tmp_path, "a4")
    assert [path.read_bytes() for path in again] == [each.path.read_bytes() for each in packs["a4"].values()]


def test_no_letter_comes_near_the_edge(pack: dict[str, Printed]) -> None:
    for kind, each in pack.items():
        width, height = each.size
        for page, letter, _, (left, bottom, right, top) in each.letters():
            assert UNPRINTABLE < left <= right < width - UNPRINTABLE, (kind, page, letter)
            assert UNPRINTABLE < bottom <= top < height - UNPRINTABLE, (kind, page, letter)


def test_no_letter_is_smaller_than_nine_points(pack: dict[str, Printed]) -> None:
    for kind, each in pack.items():
        smallest = min((size, page, letter) for page, letter, size, _ in each.letters())
        assert smallest[0] >= SMALLEST, (kind, smallest)


def test_letters_stand_beside_each_other_not_on_each_other(pack: dict[str, Printed]) -> None:
    """Two letters whose middles coincide were printed over each other."""
    for kind, each in pack.items():
        seen: set[tuple[int, int, int]] = set()
        for page, letter, _, (left, bottom, right, top) in each.letters():
            if letter in "□.,":
                continue
            place = (page, round((left + right) / 2), round((bottom + top) / 2))
            assert place not in seen, (kind, page, letter)
            seen.add(place)


def test_every_page_shows_something_in_grey_and_is_mostly_white(pack: dict[str, Printed]) -> None:
    for kind, each in pack.items():
        for number in range(len(each.pages)):
            grey = each.grey(number)
            assert 0.002 < (grey < 140).mean() < 0.2, (kind, number + 1)
            assert (grey > 245).mean() > 0.6, (kind, number + 1)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_style_of_words_can_be_read_on_white() -> None:
    for style in STYLES.values():
        colour = f"#{style.textColor.hexval()[2:].upper()}"
        assert colour in looks.COLOURS.values()
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5, style.name
        assert style.fontSize >= SMALLEST


def test_files_tell_their_title_and_language_and_where_things_are(
    pack: dict[str, Printed], guide: Guide
) -> None:
    for kind, each in pack.items():
        assert guide.title in each.document.get_metadata_value("Title")
        assert (
            b"/Lang (en)" in each.path.read_bytes() or b"/Lang (\xfe\xff\x00e\x00n)" in each.path.read_bytes()
        )
        named = [mark.get_title() for mark in each.document.get_toc()]
        assert len(named) == len(each.pages), kind
    assert [mark.get_title() for mark in pack["see-booklet"].document.get_toc()] == [
        page.title for page in guide.see
    ]


def test_letters_come_with_the_file(pack: dict[str, Printed]) -> None:
    for each in pack.values():
        content = each.path.read_bytes()
        assert b"/FontFile2" in content
        assert len(content) < 150_000


# -------------------------------------------------------------------------------------------------- the words


def missing(texts: list[str], printed: str) -> list[str]:
    return [text for text in texts if flat(text) not in printed]


def test_the_facilitator_reads_every_word_of_the_guide(
    pack: dict[str, Printed], guide: Guide, quote: Quoting
) -> None:
    texts = [quote(text) for step in guide.steps for text in (step.title, step.at, *step.words()) if text]
    front = guide.front
    texts += [*front.before, *front.print, *front.machine, front.audience, front.room]
    assert missing(texts, pack["say-guide"].words()) == []


def test_participants_read_every_word_of_theirs(
    pack: dict[str, Printed], guide: Guide, quote: Quoting
) -> None:
    for page, text in zip(guide.see, pack["see-booklet"].pages, strict=True):
        assert missing([quote(words) for words in page.words()], flat(text)) == []
    assert missing([quote(text) for text in guide.takeaway.words()], pack["take-away"].words()) == []


def test_cards_have_every_word(pack: dict[str, Printed], guide: Guide, quote: Quoting) -> None:
    for kind in guide.cards:
        printed = pack[f"cards-{kind.each}"].words()
        texts = [quote(text) for card in kind.cards for text in card.words()]
        assert missing(texts, printed) == []
    printed = pack["cards-team"].words()
    assert missing([text for role in guide.roles for text in (role.name, *role.does)], printed) == []
    assert missing([each.person.who for each in followed(guide)], printed) == []


def test_a_step_is_never_torn_apart(pack: dict[str, Printed], guide: Guide, quote: Quoting) -> None:
    """Its clock, its first word and its last one stand on one page."""
    for step in guide.steps:
        last = flat(quote(step.cut or step.fails))
        pages = [flat(text) for text in pack["say-guide"].pages[1:]]
        (page,) = [text for text in pages if last in text and f"{step.minutes} min" in text]
        assert flat(quote(step.do[0])) in page
        assert f"{step.at} " in page


def test_no_note_for_facilitators_reaches_participants(
    pack: dict[str, Printed], guide: Guide, quote: Quoting
) -> None:
    notes = [quote(text) for step in guide.steps for text in (*step.expect, *step.say)]
    notes += [quote(each.reply) for step in guide.steps for each in step.watch]
    for kind in ("see-booklet", "cards-person"):
        printed = pack[kind].words()
        assert [text for text in notes if flat(text) in printed] == []
        assert not re.search(r"±|Expect\b|If it fails|✂", printed)


def test_pages_are_named_as_screens_and_guide_name_them(pack: dict[str, Printed], guide: Guide) -> None:
    assert guide.paper is not None
    for kind, name in (("say-guide", "SAY"), ("see-booklet", "SEE"), ("lookup-booklet", "booklet")):
        for number, text in enumerate(pack[kind].pages, start=1):
            assert f"{name} page {number}" in text
    for page, text in zip(guide.paper.pages, pack["lookup-booklet"].pages, strict=True):
        assert flat(page.title) in flat(text)


# ------------------------------------------------------------------------------------------ numbers on paper


def test_the_booklet_shows_the_table_row_by_row(pack: dict[str, Printed], guide: Guide) -> None:
    for number, variant in enumerate(("as_now", "story_kept")):
        printed = flat(pack["lookup-booklet"].pages[number])
        for row in (row for row in papers.kept_rows(W1) if row.variant == variant):
            told = [booklets.shown(name, found) for name, found in row.told.items()]
            assert " ".join(told) in printed, (row.situation, row.value)
    assert booklets.bar_of(guide) == 0.75


def test_half_hours_and_dots_are_the_models(pack: dict[str, Printed]) -> None:
    printed = flat(pack["lookup-booklet"].pages[2])
    for hour in papers.kept_hours(W1):
        assert f"{hour.wait:.2f}" in printed
    dots = flat(pack["lookup-booklet"].pages[4])
    for cover in "ab":
        days = [day for day in papers.kept_days(W1) if day.cover == cover]
        assert f"{sum(day.kept >= 0.75 * day.issues for day in days)} of {len(days)} days at the bar" in dots


def test_backs_lie_behind_their_fronts(pack: dict[str, Printed], guide: Guide) -> None:
    """Turned over the long edge, what lies left on the front lies right on the back."""
    for name in ("Ana", "Bela", "Emil"):
        front, back = (side_of(pack["cards-team"], name, word) for word in (name, f"{name}, "))
        assert front != back, name
    told = followed(guide)
    assert {each.day for each in told} >= {"Monday", "Friday"}


def side_of(printed: Printed, name: str, starts: str) -> bool:
    """Whether a name stands in the right half of the first page on which it starts a card like this."""
    for page in printed.document:
        text = page.get_textpage()
        found = text.search(starts, match_case=True).get_next()
        if found and (", " in starts) == ("Promise, and what happened" in text.get_text_bounded()):
            left = text.get_charbox(found[0])[0]
            return bool(left > printed.size[0] / 2)
    raise AssertionError(name)


# -------------------------------------------------------------------------------------------------- bad input


def copied(tmp_path: Path, old: str, new: str) -> Path:
    """The workshop in a folder of its own, with words of its guide replaced."""
    folder = tmp_path / "workshops" / "w1"
    shutil.copytree(W1, folder)
    text = (folder / guides.FILE).read_text(encoding="utf-8")
    assert old in text
    (folder / guides.FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


TOO_MUCH = {
    "SEE page 7": ("Which assumption would you attack first?\n        lines: 3", "Which?\n        lines: 20"),
    "Minute card": ("One doubt I still have\n            lines: 3", "One doubt\n            lines: 20"),
    "TAKE-AWAY page 1": ("In a month I ask\n      lines: 1", "In a month\n      lines: 20"),
    "SAY": ("Paper is all it takes.", "Paper is all it takes. " * 400),
}


@pytest.mark.parametrize("where", TOO_MUCH)
def test_a_page_that_holds_too_much_is_refused_and_nothing_is_written(where: str, tmp_path: Path) -> None:
    source = copied(tmp_path, *TOO_MUCH[where])
    with pytest.raises(BadInput) as told:
        print_pack(source, tmp_path / "out", "letter")
    assert str(told.value).startswith(where)
    assert "letter; shorten it." in str(told.value)
    assert not (tmp_path / "out").exists()


def test_numbers_that_were_never_asked_stop_the_press(tmp_path: Path) -> None:
    source = copied(tmp_path, "  wait: {measure: wait_mean,", "  wait: {measure: wait_p50,")
    with pytest.raises(BadInput, match="--ask-again"):
        print_pack(source, tmp_path / "out")
    (source / papers.TABLE).unlink()
    shutil.copy(W1 / guides.FILE, source / guides.FILE)
    with pytest.raises(BadInput, match=r"paper\.csv: could not be read"):
        print_pack(source, tmp_path / "out")


def test_a_workshop_without_booklet_cards_and_customers_prints_the_rest(tmp_path: Path) -> None:
    source = copied(tmp_path, "workshop: w1", "workshop: w2")
    content = yaml.safe_load((source / guides.FILE).read_text(encoding="utf-8"))
    for part in ("paper", "fates", "cards"):
        del content[part]
    for step in content["steps"]:
        step.pop("booklet", None)
    (source / guides.FILE).write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    for name in (papers.TABLE, papers.DAYS, papers.HOURS):
        (source / name).unlink()
    made = [path.name for path in print_pack(source, tmp_path / "out")]
    assert made == [f"w2-{kind}-a4.pdf" for kind in ("say-guide", "see-booklet", "cards-team", "take-away")]


def test_a_file_where_the_folder_was_to_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(BadInput, match="out: is no folder to write to"):
        print_pack(W1, tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_another_paper_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Paper: a5 is not one of a4, letter"):
        print_pack(W1, tmp_path, "a5")


# ---------------------------------------------------------------------------------------------- command line


def sim(*words: str) -> Result:
    return CliRunner(env={"COLUMNS": "80"}).invoke(cli_app, ["workshop", "print", *words])


def test_the_command_writes_the_files_and_tells_their_names(tmp_path: Path) -> None:
    told = sim("w1", "--paper", "letter", "--folder", str(tmp_path))
    assert told.exit_code == 0, told.output
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == len(KINDS)
    assert all(name in told.stdout.replace("\n", "") for name in names)
    assert "6 files for Letter:" in told.stdout


def test_the_command_tells_machines_too(tmp_path: Path) -> None:
    found = json.loads(sim("w1", "--folder", str(tmp_path), "--json").stdout)
    assert set(found) == {"workshop", "paper", "files"}
    assert all(Path(file).is_file() for file in found["files"])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("w9",), "w9: no such workshop; nearest is w1."),
        (("w1", "--paper", "a5"), "--paper: a5 is not one of a4, letter."),
    ],
)
def test_the_command_refuses_in_one_sentence(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    told = sim(*words, "--folder", str(tmp_path))
    assert told.exit_code == 2
    assert flat(told.stderr) == says
    assert list(tmp_path.iterdir()) == []


def test_the_command_knows_the_papers_there_are() -> None:
    assert tuple(PAPERS) == printing.PAPERS
