"""Is a telephone system's report read as it was meant, and does a bad one get one clear sentence?"""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.report import Report, delimited, read, workbooks
from sim.report.amounts import count, duration, number, share
from sim.report.columns import column
from sim.report.moments import moment, time_alone
from sim.scenario import BadInput

SHARED = Path(__file__).parents[2] / "shared" / "data"

HEADER = (
    "Interval start", "Offered", "Answered", "Abandoned", "Answered in 20 s", "AHT (s)", "ASA (s)", "Agents",
)  # fmt: skip
MONDAY = datetime(2024, 2, 5)  # noqa: DTZ001  a report's times are local and have no zone
START, OFFERED, ANSWERED, ABANDONED, IN_TARGET, HANDLE, SPEED, AGENTS = range(8)

Row = list[str]
Write = Callable[..., Path]


def good(
    days: int = 6, *, first: datetime = MONDAY, step: int = 30, each: int = 4, at: str = "%Y-%m-%d %H:%M"
) -> list[Row]:
    """Rows of a report that nothing is wrong with: `each` intervals a day from nine o'clock on."""
    rows = []
    for day in range(days):
        for slot in range(each):
            start = first + timedelta(days=day, hours=9, minutes=step * slot)
            answered, abandoned = 20 + 3 * slot + day, slot
            handle, speed = 170 + 7 * slot + day, 10.5 + slot
            counts = (answered + abandoned, answered, abandoned, answered - 5)
            rows.append([start.strftime(at), *map(str, (*counts, handle, speed, 6))])
    return rows


def changed(row: int, position: int, value: str, rows: list[Row] | None = None) -> list[Row]:
    """The rows with one cell replaced; `row` counts as a spreadsheet does, the header being row 1."""
    rows = [list(each) for each in rows or good()]
    rows[row - 2][position] = value
    return rows


def each(position: int, change: Callable[[Row], str], rows: list[Row] | None = None) -> list[Row]:
    """The rows with one column replaced."""
    return [[*row[:position], change(row), *row[position + 1 :]] for row in rows or good()]


def text(rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER, delimiter: str = ",") -> str:
    """The report as a file in text."""
    return "".join(delimiter.join(cells) + "\n" for cells in (header, *rows))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a report and return where."""

    def written(content: str | bytes, name: str = "report.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    return written


def book(rows: Iterable[Iterable[object]], *, cover: bool = False) -> bytes:
    """A workbook with these rows."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    if cover:
        sheet.append(["Printed for the board"])
        sheet = workbook.create_sheet("Half-hours")
    for row in rows:
        sheet.append(list(row))
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read(path)
    return str(caught.value)


def same(report: Report, other: Report) -> None:
    pd.testing.assert_frame_equal(report.intervals, other.intervals)


# What a plain report holds


def test_a_plain_report_is_read_as_it_stands(write: Write) -> None:
    report = read(write(text(good())))
    frame = report.intervals
    assert list(frame) == [
        "start", "minutes", "offered", "answered", "abandoned", "answered_in_target", "handle_time", "speed_of_answer",
        "agents",
    ]  # fmt: skip
    assert frame.iloc[1].to_dict() == {
        "start": pd.Timestamp("2024-02-05 09:30"),
        "minutes": 30,
        "offered": 24,
        "answered": 23,
        "abandoned": 1,
        "answered_in_target": 18,
        "handle_time": pytest.approx(177 / 60),
        "speed_of_answer": pytest.approx(11.5 / 60),
        "agents": 6,
    }
    assert len(frame) == 24
    assert (report.target, report.repairs, report.source) == (20.0, (), "report.csv")


@pytest.mark.skipif(not SHARED.exists(), reason="the real months are not in this checkout")
@pytest.mark.parametrize(
    ("month", "offered", "abandoned", "missing"),
    [
        ("february", 28_642, 3_758, "1999-02-21 17:30, 1999-02-21 18:00 and 1999-02-21 18:30"),
        ("october", 29_713, 1_843, "1999-10-06 22:30, 1999-10-06 23:00 and 1999-10-06 23:30"),
    ],
)
def test_real_months_keep_their_totals_and_their_gap_is_told(
    month: str, offered: int, abandoned: int, missing: str
) -> None:
    report = read(SHARED / f"bank_1999_{month}.csv")
    assert report.intervals["offered"].sum() == offered
    assert report.intervals["abandoned"].sum() == abandoned
    assert report.repairs == (
        f"Intervals missing from the report are left open: the other days stand in for them: {missing}.",
    )


# Which column is which


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Interval Start", "start"), ("StartInterval", "start"), ("starttime", "start"), ("HALF HOUR", "start"),
        ("Interval start (made, not measured)", "start"), ("DATE", "date"), ("row_date", "date"),
        ("Calls Offered", "offered"), ("Offer", "offered"), ("Contacts queued", "offered"),
        ("CALLS count", "offered"),
        ("Calls presented", "offered"), ("callsoffered", "offered"), ("ACD Calls", "answered"),
        ("acdcalls", "answered"),
        ("Contacts handled", "answered"), ("Answer", "answered"), ("Aban Calls", "abandoned"),
        ("Abandon_Cnt", "abandoned"), ("abncalls", "abandoned"), ("Lost calls", "abandoned"),
        ("% Aban Calls", "abandoned_share"), ("Abandon %", "abandoned_share"), ("Abandon Rate", "abandoned_share"),
        ("Calls ans within 20 secs", "in_target"), ("Ans w/in SL", "in_target"),
        ("% Within Service Level", "in_target_share"), ("Service Level %", "in_target_share"),
        ("80/20", "in_target_share"), ("% answered <= 20s", "in_target_share"), ("TSF (20)", "in_target_share"),
        ("AHT", "handle"), ("Avg. handle time", "handle"), ("HANDLE TIME (Average)", "handle"),
        ("Avg Handle", "handle"),
        ("Total handling time", "handle_total"), ("Avg ACD Time", "talk"), ("ATT", "talk"), ("ACD Time", "talk_total"),
        ("Average customer hold time", "hold"), ("Avg ACW Time", "wrap"), ("Average after contact work time", "wrap"),
        ("ACW Time", "wrap_total"), ("Avg Speed Ans", "speed"), ("Average queue answer time", "speed"),
        ("Average SPEED OF ANSWER", "speed"), ("Staffed", "agents"), ("AVG POS STAF", "agents"),
        ("Agents logged-in", "agents"), ("Total staffed time", "staffed_time"), ("Split/Skill", "queue"),
        ("CSQ Name", "queue"),
    ],
)  # fmt: skip
def test_usual_names_are_recognised(name: str, role: str) -> None:
    found = column(name)
    assert found is not None
    assert found.role == role


@pytest.mark.parametrize(
    "name", ["Interval End", "Answer %", "Answered (%)", "Max delay", "Transferred", "ASA (max)", ""]
)
def test_other_names_are_left_alone(name: str) -> None:
    assert column(name) is None


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("Answered in 20 s", 20),
        ("Service level 30 seconds", 30),
        ("SL 80/20", 20),
        ("Answered within 1 min", 60),
    ],
)
def test_the_answer_target_is_in_the_name(name: str, target: float) -> None:
    found = column(name)
    assert found is not None
    assert found.target == target


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("AHT", None),
        ("AHT (s)", 1),
        ("asa_secs", 1),
        ("AHT (min)", 60),
        ("Handle time [ms]", 0.001),
        ("ASA hours", 3600),
    ],
)
def test_the_unit_is_in_the_name(name: str, unit: float | None) -> None:
    found = column(name)
    assert found is not None
    assert found.unit == unit


def test_of_several_thresholds_the_one_nearest_20_seconds_counts(write: Write) -> None:
    rows = [[*row[:IN_TARGET], "1", *row[HANDLE:], row[IN_TARGET], "0"] for row in good()]
    header = (*HEADER[:IN_TARGET], "Ans in 10 s", *HEADER[HANDLE:], "Ans in 20 s", "Ans in 60 s")
    report = read(write(text(rows, header)))
    assert report.target == 20
    assert report.intervals["answered_in_target"].iloc[0] == 15


def test_columns_stand_in_any_order(write: Write) -> None:
    plain = read(write(text(good())))
    turned = text([row[::-1] for row in good()], [name.upper() for name in HEADER[::-1]])
    same(read(write(turned, "turned.csv")), plain)


# Ways of writing a file


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_usual_text_file_reads_the_same(write: Write, delimiter: str, encoding: str) -> None:
    content = text(good(), (*HEADER[:-1], "Agents (Köln)"), delimiter)
    report = read(write(content, "other.csv", encoding))
    same(report, read(write(text(good()))))
    told = ("The file is not in UTF-8: its letters were read as Windows text.",)
    assert report.repairs == (told if encoding == "cp1252" else ())


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_any_line_ending_reads_the_same(write: Write, ending: str) -> None:
    content = text(good()).replace("\n", ending)
    same(read(write(content, "other.csv")), read(write(text(good()))))


def test_titles_above_the_names_are_passed_over_and_rows_still_count_from_the_top(write: Write) -> None:
    above = 'Queue report\n"Filter: sales, support"\n\n'
    same(read(write(above + text(good()), "titled.csv")), read(write(text(good()))))
    assert refusal(write(above + text(changed(5, OFFERED, "x")))).startswith('Row 8, column "Offered"')


def test_a_line_that_only_names_the_delimiter_is_no_row_in_a_spreadsheet(write: Write) -> None:
    content = "sep=;\n" + text(changed(5, OFFERED, "x"), delimiter=";")
    assert refusal(write(content)).startswith('Row 5, column "Offered"')


def test_decimal_commas_and_thousands_are_understood(write: Write) -> None:
    rows = changed(3, OFFERED, "1.024")
    rows = changed(3, ANSWERED, "1.023", rows)
    rows = [[*row[:SPEED], row[SPEED].replace(".", ","), row[AGENTS]] for row in rows]
    frame = read(write(text(rows, delimiter=";"))).intervals
    assert frame["offered"].iloc[1] == 1024
    assert frame["speed_of_answer"].iloc[1] == pytest.approx(11.5 / 60)


@pytest.mark.parametrize(
    ("written", "point", "comma"),
    [
        ("1,234", 1234, 1.234), ("1.234", 1.234, 1234), ("1.234,5", 1234.5, 1234.5), ("1,234.5", 1234.5, 1234.5),
        ("1 234", 1234, 1234), ("1'234'567", 1234567, 1234567), ("12,5", 12.5, 12.5), ("1,234,567", 1234567, 1234567),
        ("-5", -5, -5), ("1e3", 1000, 1000), ("12,34,56", None, None), ("5%", None, None), ("inf", None, None),
        ("0x10", None, None), ("1_000", None, None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_written(written: str, point: float | None, comma: float | None) -> None:
    assert number(written) == point
    assert number(written, comma=True) == comma


@pytest.mark.parametrize("written", ["", " ", "-", "–", "n/a", "NaN", "#DIV/0!"])
def test_an_empty_cell_is_missing_not_zero(written: str) -> None:
    assert np.isnan(number(written) or 0.0)


def test_a_count_with_a_point_that_is_not_whole_is_in_thousands() -> None:
    assert count("1.234") == 1234
    assert count("45.000") == 45


def test_a_percent_sign_makes_a_share() -> None:
    assert share("85 %") == pytest.approx(0.85)
    assert share("85") == 85


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("185", 185), ("3:05", 185), ("0:03:05", 185), (":45", 45), ("125:30", 7530), ("00:03:05.50", 185.5),
        ("185 s", 185), ("3 min 5 s", 185), ("3m5s", 185), ("1h", 3600), ("3.5 min", 210), ("500 ms", 0.5),
        ("3:75", None), ("-0:05", None), ("soon", None),
    ],
)  # fmt: skip
def test_a_length_of_time_is_read_as_written(written: str, seconds: float | None) -> None:
    assert duration(written) == (None if seconds is None else pytest.approx(seconds))


def test_hours_and_minutes_where_the_header_says_so() -> None:
    assert duration("3:05", hours_minutes=True) == 3 * 3600 + 5 * 60


# Dates and times


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-31 07:30", "2024-01-31T07:30:00", "2024-01-31T07:30:00.000Z", "2024-01-31T07:30-05:00",
        "2024/1/31 7:30", "20240131 07:30", "31/01/2024 7:30", "31.01.2024 07:30", "1/31/2024 7:30 AM",
        "1/31/24 7:30am", "31-Jan-2024 07:30", "Jan 31, 2024 7:30 AM", "Wed 31 Jan 2024 07:30:00",
        "Wednesday, January 31, 2024 7:30 a.m.", "45322.3125", "45322,3125", "31/01/2024 07:30 - 08:00",
        "2024-01-31 07:30-08:00",
    ],
)  # fmt: skip
def test_a_date_and_time_is_read_however_written(written: str) -> None:
    found = moment(written)
    day = np.datetime64(max(found.day_first, found.month_first), "D")
    assert (str(day), found.second) == ("2024-01-31", 7.5 * 3600)


@pytest.mark.parametrize(
    "written",
    [
        "31/31/2024 07:00",
        "2024-02-30 07:00",
        "1979-12-31 07:00",
        "2100-01-01",
        "2024-01-31 24:30",
        "13:00 PM",
        "soon",
    ],
)
def test_what_is_no_date_or_time_is_not_read(written: str) -> None:
    found = moment(written)
    assert found.style < 0
    assert found.second < 0


@pytest.mark.parametrize(
    "written", ["07:30", "7:30 AM", "0730", "730", "7.30", "0.3125", "1900-01-01 07:30:00"]
)
def test_a_time_of_day_in_a_column_of_its_own(written: str) -> None:
    assert time_alone(written).second == 7.5 * 3600


def test_the_hour_alone_is_a_time_only_in_a_column_of_hours() -> None:
    assert time_alone("7", hours=True).second == 7 * 3600
    assert time_alone("7").second < 0


@pytest.mark.parametrize(
    "at", ["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p", "%d.%m.%y %H:%M", "%d %b %Y %H:%M:%S"]
)
def test_day_or_month_first_is_decided_on_the_whole_column(write: Write, at: str) -> None:
    local = read(write(text(good(10, at=at)), "local.csv"))
    same(local, read(write(text(good(10)))))
    assert local.repairs == ()


def test_dates_that_fit_both_ways_are_read_close_together_and_said(write: Write) -> None:
    report = read(write(text(good(at="%m/%d/%Y %H:%M"))))
    assert report.intervals["start"].iloc[-1] == pd.Timestamp("2024-02-10 10:30")
    assert report.repairs == (
        (
            'The dates in "Interval start" can be read with the day or the month first: the month was taken as first, '
            "which gives 2024-02-05 to 2024-02-10."
        ),
    )


def test_date_and_time_may_stand_apart(write: Write) -> None:
    rows = [[*row[START].split(), *row[OFFERED:]] for row in good()]
    same(read(write(text(rows, ("Date", "Time", *HEADER[OFFERED:])), "apart.csv")), read(write(text(good()))))


def test_a_date_left_out_below_its_first_row_is_repeated(write: Write) -> None:
    rows = [[*row[START].split(), *row[OFFERED:]] for row in good()]
    rows = [[row[0] if at % 4 == 0 else "", *row[1:]] for at, row in enumerate(rows)]
    report = read(write(text(rows, ("Date", "Half hour", *HEADER[OFFERED:])), "merged.csv"))
    same(report, read(write(text(good()))))
    assert report.repairs == ("Date repeated from the row above: rows 3, 4, 5 and 15 more.",)


# Units and parts of times


def _clock(seconds: str) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda row: _clock(row[HANDLE]), ()),
        (lambda row: "0:" + _clock(row[HANDLE]).zfill(5), ()),
        (
            lambda row: str(int(row[HANDLE]) / 60),
            (
                'The times in "AHT" were taken as minutes: the middle one, 3.05, would make no sense in seconds.',
            ),
        ),
        (
            lambda row: f"{row[HANDLE]}000",
            (
                (
                    'The times in "AHT" were taken as milliseconds: '
                    "the middle one, 183,000, would make no sense in seconds."
                ),
            ),
        ),
        (
            lambda row: str(int(row[HANDLE]) / 86400),
            (
                (
                    'The times in "AHT" were taken as fractions of a day, as spreadsheets keep times: '
                    "the middle one, 0.00211806, would make no sense in seconds."
                ),
            ),
        ),
        (
            lambda row: _clock(row[HANDLE]) + ":00",
            (
                (
                    'The times in "AHT" were taken as minutes and seconds: the middle one would be 3 h 3 min '
                    "otherwise, and none has any seconds, as when a spreadsheet reads 3:05 as hours."
                ),
            ),
        ),
    ],
)
def test_a_handle_time_without_unit_is_understood_and_said(
    write: Write, change: Callable[[Row], str], said: tuple[str, ...]
) -> None:
    header = (*HEADER[:HANDLE], "AHT", *HEADER[SPEED:])
    report = read(write(text(each(HANDLE, change), header), "other.csv"))
    plain = read(write(text(good())))
    np.testing.assert_allclose(report.intervals["handle_time"], plain.intervals["handle_time"])
    np.testing.assert_allclose(report.intervals["speed_of_answer"], plain.intervals["speed_of_answer"])
    assert report.repairs == said


def test_milliseconds_are_shared_by_a_speed_of_answer_that_makes_sense_in_them(write: Write) -> None:
    header = (*HEADER[:HANDLE], "Avg Handle", "ASA", "Agents")
    rows = each(
        SPEED, lambda row: f"{float(row[SPEED]) * 1000:.0f}", each(HANDLE, lambda row: f"{row[HANDLE]}000")
    )
    report = read(write(text(rows, header), "other.csv"))
    same(report, read(write(text(good()))))
    assert report.repairs[1] == 'The times in "ASA" were taken in the same unit.'


def test_talk_hold_and_wrap_up_make_the_handle_time(write: Write) -> None:
    header = (*HEADER[:HANDLE], "Avg talk time (s)", "Avg hold time (s)", "Avg ACW time (s)")
    rows = [[*row[:HANDLE], "120", "20", "40"] for row in good()]
    report = read(write(text(rows, header)))
    assert report.intervals["handle_time"].unique().tolist() == [3.0]
    assert report.repairs[0] == (
        'Handle time is the sum of "Avg talk time (s)", "Avg hold time (s)" and "Avg ACW time (s)".'
    )


def test_talk_without_wrap_up_is_said(write: Write) -> None:
    report = read(write(text(good(), (*HEADER[:HANDLE], "Avg talk time (s)", *HEADER[SPEED:]))))
    assert report.repairs == ('No column for wrap-up time: the handle time is "Avg talk time (s)" alone.',)


@pytest.mark.parametrize("name", ["Total handle time (s)", "Handle time (s)"])
def test_totals_are_shared_out_among_those_answered(write: Write, name: str) -> None:
    rows = each(HANDLE, lambda row: str(int(row[HANDLE]) * int(row[ANSWERED])))
    report = read(write(text(rows, (*HEADER[:HANDLE], name, *HEADER[SPEED:])), "totals.csv"))
    plain = read(write(text(good())))
    np.testing.assert_allclose(report.intervals["handle_time"], plain.intervals["handle_time"])
    told = ('"Handle time (s)" grows with the contacts answered: it was taken as their total time.',)
    assert report.repairs == (told if name == "Handle time (s)" else ())


def test_staffed_time_gives_agents(write: Write) -> None:
    rows = each(AGENTS, lambda _: str(6 * 1800))
    same(
        read(write(text(rows, (*HEADER[:AGENTS], "Staffed time (s)")), "staffed.csv")),
        read(write(text(good()))),
    )


# Counts that follow from others


@pytest.mark.parametrize("left_out", ["Offered", "Answered", "Abandoned"])
def test_two_counts_give_the_third(write: Write, left_out: str) -> None:
    header = tuple("note" if name == left_out else name for name in HEADER)
    report = read(write(text(good(), header), "two.csv"))
    same(report, read(write(text(good()))))
    others = '" and "'.join(name for name in ("Offered", "Answered", "Abandoned") if name != left_out)
    assert report.repairs == (f'No column for contacts {left_out.lower()}: worked out from "{others}".',)


def test_a_share_abandoned_gives_the_number(write: Write) -> None:
    rows = each(ABANDONED, lambda row: f"{100 * int(row[ABANDONED]) / int(row[OFFERED]):.1f}%")
    header = ("Interval start", "Offered", "x", "Abandonment rate", *HEADER[IN_TARGET:])
    report = read(write(text(rows, header), "share.csv"))
    same(report, read(write(text(good()))))
    assert report.repairs == ('Contacts abandoned were worked out from the shares in "Abandonment rate".',)


@pytest.mark.parametrize("written", ["75.0%", "75", "0.75"])
def test_a_service_level_becomes_a_count(write: Write, written: str) -> None:
    header = (*HEADER[:IN_TARGET], "SL 80/20", *HEADER[HANDLE:])
    report = read(write(text(each(IN_TARGET, lambda _: written), header)))
    expected = np.minimum(np.round(0.75 * report.intervals["offered"]), report.intervals["answered"])
    assert report.intervals["answered_in_target"].tolist() == expected.tolist()
    assert report.target == 20
    assert report.repairs == (
        'The shares in "SL 80/20" were turned into counts: share times contacts offered.',
    )


def test_what_the_report_does_not_tell_is_said(write: Write) -> None:
    report = read(
        write(text(([*row[:IN_TARGET], row[HANDLE]] for row in good()), (*HEADER[:IN_TARGET], "AHT")))
    )
    assert report.target is None
    assert report.intervals[["answered_in_target", "speed_of_answer", "agents"]].isna().all(axis=None)
    assert report.repairs == (
        'No column for the speed of answer (such as "ASA"): it cannot be compared with the model\'s.',
        'No column for agents (such as "Staffed"): the report does not tell the staffing.',
        'No column for contacts answered in target (such as "Answered in 20 s"): no service level.',
    )


# Intervals


def test_quarter_hours_are_added_to_half_hours(write: Write) -> None:
    frame = read(write(text(good(step=15)))).intervals
    assert frame["minutes"].unique().tolist() == [30]
    first = frame.iloc[0]
    assert (first["offered"], first["answered"], first["abandoned"]) == (44, 43, 1)
    assert first["handle_time"] * 60 == pytest.approx((170 * 20 + 177 * 23) / 43)
    assert first["speed_of_answer"] * 60 == pytest.approx((10.5 * 20 + 11.5 * 23) / 43)
    assert first["agents"] == 6


def test_hours_stay_hours(write: Write) -> None:
    frame = read(write(text(good(step=60)))).intervals
    assert frame["minutes"].unique().tolist() == [60]
    assert len(frame) == 24


def test_queues_are_added_together_and_their_total_is_not_added_again(write: Write) -> None:
    rows = [[queue, *row] for row in good() for queue in ("Sales", "Support", "All queues")]
    report = read(write(text(rows, ("Queue", *HEADER)), "queues.csv"))
    plain = read(write(text(good())))
    assert (report.intervals["offered"] == 2 * plain.intervals["offered"]).all()
    np.testing.assert_allclose(report.intervals["handle_time"], plain.intervals["handle_time"])
    assert report.repairs == (
        "Left out as totals of all queues: rows 4, 7, 10 and 21 more.",
        (
            "The report has 3 queues (Sales, Support and All queues): their contacts were added together; "
            "agents too, so one who serves two queues counts twice."
        ),
    )


def test_a_quiet_interval_left_out_counts_as_none_and_a_busy_one_is_left_open(write: Write) -> None:
    rows = good(14)
    quiet = [
        ["1", "1", "0", "1", "180", "0", "2"] if row[START].endswith("10:30") else row[1:] for row in rows
    ]
    rows = [[row[START], *cells] for row, cells in zip(rows, quiet, strict=True)]
    gone = ("2024-02-06 09:30", "2024-02-07 10:30")
    report = read(write(text(row for row in rows if row[START] not in gone)))
    busy, empty = (report.intervals[report.intervals["start"] == start] for start in gone)
    assert busy.empty
    assert not empty[["offered", "answered", "abandoned", "answered_in_target"]].any(axis=None)
    assert empty["handle_time"].isna().tolist() == [True]
    assert report.repairs == (
        (
            "Intervals missing from the report count as no contacts, because few come then on other days: "
            "2024-02-07 10:30."
        ),
        "Intervals missing from the report are left open: the other days stand in for them: 2024-02-06 09:30.",
    )


def test_a_day_left_out_is_taken_as_closed(write: Write) -> None:
    report = read(write(text(row for row in good(21) if not row[START].startswith("2024-02-14"))))
    assert report.repairs == ("Days without any row were taken as closed: 2024-02-14 (Wednesday).",)


def test_blocks_read_apart_give_what_one_block_gives(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[*row[START].split(), *row[OFFERED:]] for row in good(at="%d/%m/%Y %H:%M")]
    rows = [[row[0] if at % 4 == 0 else "", *row[1:]] for at, row in enumerate(rows)]
    path = write(text(rows, ("Date", "Time", *HEADER[OFFERED:])))
    sheet = write(book([("Date", "Time", *HEADER[OFFERED:]), *rows]), "report.xlsx")
    whole = read(path)
    for module in (delimited, workbooks):
        monkeypatch.setattr(module, "BLOCK_ROWS", 3)
    same(read(path), whole)
    same(read(sheet), whole)
    assert read(path).repairs == whole.repairs


# Repaired, and said so


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([*good()[:5], [], [""] * 8, *good()[5:], [], []], "Left out as blank: rows 7 and 8."),
        ([*good(), ["Total", "900", "800", "100", "500", "180", "12", "6"]], "Left out as totals: row 26."),
        ([*good(), ["", "900", "800", "100", "500", "180", "12", "6"]], "Left out as totals: row 26."),
        ([*good()[:6], list(HEADER), *good()[6:]], "Left out as column names again: row 8."),
        ([*good(), ["Printed on 2024-03-01"]], "Left out as remarks: row 26."),
        ([*good()[:5], good()[4], *good()[5:]], "Left out as the same row again: row 7."),
        ([*good()[5:], *good()[:5]], "Sorted, because a row starts before the one above it: row 21."),
        (changed(6, OFFERED, ""), "An empty number of contacts worked out from the other columns: row 6."),
        (
            changed(6, OFFERED, "#DIV/0!"),
            "An empty number of contacts worked out from the other columns: row 6.",
        ),
    ],
)
def test_a_slip_that_is_safe_to_repair_is_repaired_and_said(write: Write, rows: list[Row], said: str) -> None:
    report = read(write(text(rows), "slip.csv"))
    assert report.repairs == (said,)
    same(report, read(write(text(good()))))


def test_an_empty_abandoned_cell_is_none_abandoned(write: Write) -> None:
    rows = changed(6, ABANDONED, "")
    header = ("Interval start", "Offered", "x", *HEADER[ABANDONED:])
    report = read(write(text(rows, header)))
    assert report.intervals["abandoned"].iloc[4] == 0
    assert "No contacts abandoned where the cell is empty: row 6." in report.repairs


def test_24_00_is_midnight_at_the_start_of_the_next_day(write: Write) -> None:
    report = read(write(text([*good(), ["2024-02-10 24:00", "5", "5", "0", "5", "180", "1", "3"]])))
    assert report.intervals["start"].iloc[-1] == pd.Timestamp("2024-02-11 00:00")
    assert report.repairs == ("24:00 taken as midnight at the start of the next day: row 26.",)


def test_the_hour_that_comes_twice_as_clocks_go_back_counts_once(write: Write) -> None:
    night = ["2024-11-03 01:00", "2024-11-03 01:30"]
    twice = [
        [start, str(5 + at), str(5 + at), "0", "1", "180", "1", "3"] for at, start in enumerate(night * 2)
    ]
    rows = sorted(good(8, first=datetime(2024, 11, 1)))  # noqa: DTZ001
    report = read(write(text([*rows[:8], *twice, *rows[8:]])))
    frame = report.intervals.set_index("start")
    assert frame.loc[night, "offered"].tolist() == [5, 6]
    assert report.repairs == (
        "Left out as the second of an hour that comes twice as clocks go back: rows 12 and 13.",
    )


def test_a_few_more_answered_than_offered_spilled_over_from_the_interval_before(write: Write) -> None:
    report = read(write(text(changed(5, ANSWERED, "34"))))
    assert report.intervals["answered"].iloc[3] == 34
    assert report.repairs == (
        "More contacts answered than offered, as happens when one waits into the next interval: row 5.",
        (
            "Offered is not answered plus abandoned in row 5; over the whole report 684 were offered and 689 answered "
            "or abandoned. All were kept as reported."
        ),
    )


def test_a_broken_count_is_rounded(write: Write) -> None:
    report = read(write(text(changed(3, IN_TARGET, "17.6"))))
    assert report.intervals["answered_in_target"].iloc[1] == 18
    assert report.repairs == ('Contacts in "Answered in 20 s" rounded to whole numbers: row 3.',)


def test_a_missing_handle_time_is_left_open(write: Write) -> None:
    report = read(write(text(changed(6, HANDLE, ""))))
    assert np.isnan(report.intervals["handle_time"].iloc[4])
    assert report.repairs == (
        "No handle time though contacts were answered; left out of its average: row 6.",
    )


def test_times_with_their_distance_from_utc_are_taken_as_they_stand(write: Write) -> None:
    report = read(write(text(good(at="%Y-%m-%dT%H:%M:%S.000-07:00")), "offset.csv"))
    same(report, read(write(text(good()))))
    assert report.repairs == (
        "The times tell their distance from UTC: they were taken as they stand, as local time.",
    )


# Refused, with one sentence


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (changed(5, OFFERED, "-5"), 'Row 5, column "Offered": -5 contacts is outside 0 to 100,000.'),
        (changed(5, OFFERED, "250000"), 'Row 5, column "Offered": 250,000 contacts is outside 0 to 100,000.'),
        (changed(5, ANSWERED, "300"), 'Row 5, column "Answered": 300 contacts answered of 32 offered.'),
        (changed(5, ABANDONED, "90"), 'Row 5, column "Abandoned": 90 contacts abandoned of 32 offered.'),
        (
            changed(5, IN_TARGET, "80"),
            'Row 5, column "Answered in 20 s": 80 contacts answered in target of 29 answered.',
        ),
        (changed(5, OFFERED, "many"), 'Row 5, column "Offered": "many" is not a number.'),
        (
            changed(5, OFFERED, "85%"),
            'Row 5, column "Offered": "85%" is a share; a number of contacts is needed.',
        ),
        (
            changed(5, HANDLE, "long"),
            'Row 5, column "AHT (s)": "long" is not a length of time such as 185, 3:05 or 0:03:05.',
        ),
        (changed(5, HANDLE, "32400"), 'Row 5, column "AHT (s)": 9 h for a contact is outside 0 to 4 h.'),
        (changed(5, HANDLE, "9:00:00"), 'Row 5, column "AHT (s)": 9 h for a contact is outside 0 to 4 h.'),
        (changed(5, HANDLE, "-20"), 'Row 5, column "AHT (s)": -20 s for a contact is outside 0 to 4 h.'),
        (changed(5, SPEED, "90000"), 'Row 5, column "ASA (s)": 25 h for a contact is outside 0 to 4 h.'),
        (changed(5, AGENTS, "10000"), 'Row 5, column "Agents": 10,000 agents is outside 0 to 5,000.'),
        (changed(5, AGENTS, "six"), 'Row 5, column "Agents": "six" is not a number.'),
        (
            changed(5, START, "2024-02-31 10:30"),
            'Row 5, column "Interval start": "2024-02-31 10:30" is not a date between 1980 and 2099.',
        ),
        (
            changed(5, START, "2024-02-05"),
            (
                'Row 5, column "Interval start": "2024-02-05" has no time of day; a report by intervals of 15, 30 or '
                "60 minutes is needed."
            ),
        ),
        (
            changed(5, START, ""),
            'Row 5, column "Interval start": the cell is empty, but the row has numbers.',
        ),
        (
            changed(9, START, "13/02/2024 10:30"),
            (
                'Row 9, column "Interval start": the date (2024-02-13) is written as day and month by number, in row 2 '
                "as year, month, day; write all dates one way, such as 2024-01-31."
            ),
        ),
        (
            changed(5, START, "02/13/2024 10:30", good(12, at="%d/%m/%Y %H:%M")),
            (
                'Row 5, column "Interval start": the month must come first (2024-02-13), but in row 34 the day must '
                "come first (2024-02-13); write all dates one way."
            ),
        ),
        (
            changed(5, START, "2024-02-05 10:37"),
            (
                'Row 5, column "Interval start": 2024-02-05 10:37 is no start of an interval of 30 minutes, as the '
                "other rows have."
            ),
        ),
        (
            [*good()[:5], changed(6, OFFERED, "25")[4], *good()[5:]],
            (
                'Row 7, column "Interval start": 2024-02-06 09:00 is already in row 6, with other numbers in '
                '"Offered"; keep one of the two.'
            ),
        ),
        (
            [*good()[:5], ["2024-02-06 09:30", "1", *good()[5][1:]], *good()[6:]],
            "Row 7 has 9 cells, but row 1 names 8 columns: a number such as 1,234 may have been cut in two.",
        ),
        ([*good(12)[:45], ["1"] * 60], "Row 47 has 60 cells, but row 1 names 8 columns."),
        (
            [*good()[:5], ['"2024-02-06 09:30', *good()[5][1:]], *good()[6:]],
            "Row 7 opens a quotation mark that is never closed.",
        ),
        (
            good()[:2],
            (
                "The report holds 2 intervals on 1 day; a scenario needs at least one full week, 5 days or more, and "
                "four weeks show how days differ."
            ),
        ),
        (
            good(each=1),
            "The report has one row a day; a report by intervals of 15, 30 or 60 minutes is needed.",
        ),
        (good(step=20), "The rows are 20 minutes apart; intervals of 15, 30 or 60 minutes are needed."),
        ([], "The report names its columns in row 1 but has no intervals below them."),
        (
            [[row[START], "0", "0", "0", "0", *row[HANDLE:]] for row in good()],
            'No contacts offered in column "Offered": a scenario needs some.',
        ),
        (
            each(HANDLE, lambda row: row[HANDLE] if row[START] < "2024-02-06 10" else ""),
            'Column "AHT (s)" has no handle time in 18 of 24 rows with answered contacts, the first being row 8.',
        ),
    ],
)
def test_a_bad_report_gets_one_sentence(write: Write, rows: list[Row], sentence: str) -> None:
    assert refusal(write(text(rows))) == sentence


def test_a_service_level_above_100_percent_is_refused(write: Write) -> None:
    rows = changed(4, IN_TARGET, "140", each(IN_TARGET, lambda _: "80"))
    header = (*HEADER[:IN_TARGET], "SL 80/20", *HEADER[HANDLE:])
    assert refusal(write(text(rows, header))) == 'Row 4, column "SL 80/20": 140% is outside 0% to 100%.'


def test_a_count_nothing_else_tells_is_refused(write: Write) -> None:
    header = ("Interval start", "Offered", "Answered", "x", *HEADER[IN_TARGET:])
    sentence = 'Row 5, column "Offered": the cell is empty and no other column tells its number.'
    assert refusal(write(text(changed(5, OFFERED, ""), header))) == sentence


def test_a_time_that_is_none_is_named_with_its_own_column(write: Write) -> None:
    rows = [[*row[START].split(), *row[OFFERED:]] for row in good()]
    path = write(text(changed(5, 1, "late", rows), ("Date", "Time", *HEADER[OFFERED:])))
    assert refusal(path) == 'Row 5, column "Time": "late" is not a time of day such as 07:30.'


@pytest.mark.parametrize(
    ("position", "lacks"),
    [
        (START, 'the start of the interval (such as "Interval start", or "Date" and "Time")'),
        (HANDLE, 'the handle time (such as "AHT", or "Average talk time" and "Average wrap-up time")'),
    ],
)
def test_a_missing_column_is_named_with_those_there_are(write: Write, position: int, lacks: str) -> None:
    header = list(HEADER)
    header[position] = "Mood"
    there = ", ".join(f'"{name}"' for name in header[:-1]) + ' and "Agents"'
    assert (
        refusal(write(text(good(), header))) == f"The report has no column for {lacks}; row 1 names {there}."
    )


def test_one_count_of_three_is_too_few(write: Write) -> None:
    header = ("Interval start", "Offered", "x", "y", *HEADER[IN_TARGET:])
    assert 'no column for answered or abandoned contacts (such as "Calls answered")' in refusal(
        write(text(good(), header))
    )


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", b"", '"empty.csv" is empty.'),
        ("blank.csv", b" \n\n", '"blank.csv" is empty.'),
        ("scan.csv", b"%PDF-1.7\n", ('"scan.csv" is a PDF, whose columns cannot be read; export the report again and '
         "save it as CSV or XLSX.")),
        ("old.xls", OLD, '"old.xls" is an old XLS; save it as CSV or XLSX.'),
        ("locked.xlsx", OLD + "EncryptedPackage".encode("utf-16-le"), ('"locked.xlsx" is protected by a password; take '
         "the password off, or save it as CSV or XLSX.")),
        ("page.xls", b"\xef\xbb\xbf\n<html><table>", ('"page.xls" is a web page, whatever its name ends in; open it in '
         "a spreadsheet and save it as CSV or XLSX.")),
        ("picture.csv", bytes(range(256)) * 4, ('"picture.csv" is not a table in text; export the report as CSV or '
         "XLSX.")),
        ("packed.csv", b"\x1f\x8b\x08\x00", '"packed.csv" is compressed; unpack it first.'),
        ("cut.xlsx", b"PK\x03\x04 and no more", '"cut.xlsx" is damaged and cannot be opened; export it again.'),
        ("letter.csv", b"Dear all,\nsee you on Monday\n", ('"letter.csv" names no columns of an interval report in its '
         'first 40 rows, such as "Interval start", "Offered", "Answered" and "AHT"; it begins with "Dear all |".')),
    ],
)  # fmt: skip
def test_a_file_that_is_no_report_is_told_from_one(
    write: Write, name: str, content: bytes, sentence: str
) -> None:
    assert refusal(write(content, name)) == sentence


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.csv") == 'There is no file "none.csv".'
    assert refusal(tmp_path) == f'"{tmp_path.name}" is a folder; name the report file in it.'


def _archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (
            ["report.csv"],
            '"report.xlsx" is an archive, not a workbook; unpack it, or save it as CSV or XLSX.',
        ),
        (
            ["content.xml"],
            '"report.xlsx" is a workbook of another kind (XLSB or ODS); save it as CSV or XLSX.',
        ),
        (
            ["xl/workbook.xml"],
            '"report.xlsx" is damaged and cannot be read; export it again, or save it as CSV.',
        ),
    ],
)
def test_an_archive_that_is_no_workbook_is_said(write: Write, names: list[str], sentence: str) -> None:
    assert refusal(write(_archive(*names), "report.xlsx")) == sentence


# Workbooks


def cells(
    start: Callable[[datetime], object] = lambda at: at, handle: Callable[[int], object] = int
) -> list[list[object]]:
    """The good report with the cells a spreadsheet would have."""
    rows = good()
    starts = (datetime.strptime(row[START], "%Y-%m-%d %H:%M") for row in rows)  # noqa: DTZ007
    return [
        [start(at), *map(int, row[OFFERED:HANDLE]), handle(int(row[HANDLE])), float(row[SPEED]), 6]
        for at, row in zip(starts, rows, strict=True)
    ]


@pytest.mark.parametrize(
    "start",
    [lambda at: at, lambda at: (at - datetime(1899, 12, 30)) / timedelta(days=1), str],  # noqa: DTZ001
    ids=["date", "serial", "text"],
)
@pytest.mark.parametrize(
    "handle",
    [int, lambda s: timedelta(seconds=s), lambda s: time(0, s // 60, s % 60), lambda s: f"{s} s"],
    ids=["number", "timedelta", "time", "text"],
)
def test_a_workbook_reads_as_its_text_would(
    write: Write, start: Callable[[datetime], object], handle: Callable[[int], object]
) -> None:
    report = read(write(book([HEADER, *cells(start, handle)]), "report.xlsx"))
    same(report, read(write(text(good()))))
    assert report.repairs == ()


@pytest.mark.parametrize(
    "day", [datetime.date, lambda at: datetime.combine(at, time())], ids=["date", "midnight"]
)
def test_a_workbook_may_hold_date_and_time_apart(write: Write, day: Callable[[datetime], date]) -> None:
    rows = [[day(at), at.time(), *rest] for at, *rest in cells() if isinstance(at, datetime)]
    report = read(write(book([("Date", "Time", *HEADER[OFFERED:]), *rows]), "report.xlsx"))
    same(report, read(write(text(good()))))


def test_the_sheet_with_the_report_is_found(write: Write) -> None:
    report = read(write(book([HEADER, *cells()], cover=True), "report.xlsx"))
    same(report, read(write(text(good()))))
    assert report.repairs == ('The workbook has 2 sheets: "Half-hours" was read.',)


def test_dates_that_a_spreadsheet_took_for_text_are_refused(write: Write) -> None:
    rows = cells()
    rows[7][START] = "02/13/2024 09:00"
    assert refusal(write(book([HEADER, *rows]), "report.xlsx")) == (
        'Row 9, column "Interval start": the date (2024-02-13) is written as day and month by number, in row 2 as '
        "year, month, day; write all dates one way, such as 2024-01-31."
    )


def test_a_damaged_sheet_is_said(write: Write) -> None:
    with zipfile.ZipFile(io.BytesIO(book([HEADER, *cells()]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:3000]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert refusal(write(file.getvalue(), "report.xlsx")) == (
        '"report.xlsx" is damaged and cannot be read; export it again, or save it as CSV.'
    )


def test_an_empty_workbook_is_said(write: Write) -> None:
    assert refusal(write(book([]), "report.xlsx")) == '"report.xlsx" is empty.'


# Whatever comes


def outcome(path: Path) -> tuple[pd.DataFrame | None, str]:
    """The intervals read, or None and the sentence."""
    try:
        return read(path).intervals, ""
    except BadInput as refused:
        return None, str(refused)


def attempt(path: Path, content: bytes) -> None:
    """Reading gives a sound report or one sentence, and nothing else."""
    path.write_bytes(content)
    frame, sentence = outcome(path)
    if frame is None:
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert len(sentence) < 1000
        return
    assert frame["start"].is_monotonic_increasing
    assert frame["start"].is_unique
    assert (frame[["offered", "answered", "abandoned"]] >= 0).all(axis=None)
    assert not (frame[["handle_time", "speed_of_answer", "agents"]] < 0).any(axis=None)


WRITTEN = st.one_of(
    st.text(max_size=12),
    st.floats().map(str),
    st.integers().map(str),
    st.datetimes().map(str),
    st.sampled_from(
        ["", '"', ",", "\n", "\r", "Total", "24:00", "-", "%", "85%", "1.234", "1,5", "31/12/2024", "12/31/2024 07:00",
         "1:75", "3:05", "2024-02-05 09:00", "45322.5", "é", "1e308", "-0", "١٢", "²", "inf"]
    ),
)  # fmt: skip
ANYTHING = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ANYTHING
@given(content=st.binary(max_size=400))
def test_any_bytes_give_a_sentence(tmp_path: Path, content: bytes) -> None:
    attempt(tmp_path / "any.csv", content)


@ANYTHING
@given(
    slips=st.lists(st.tuples(st.integers(0, 24), st.integers(0, 7), WRITTEN), min_size=1, max_size=6),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_any_cells_give_a_report_or_a_sentence(
    tmp_path: Path, slips: list[tuple[int, int, str]], delimiter: str, encoding: str
) -> None:
    table = [list(HEADER), *good()]
    for row, position, value in slips:
        table[row][position] = value
    attempt(tmp_path / "any.csv", text(table[1:], table[0], delimiter).encode(encoding, "replace"))


@ANYTHING
@given(position=st.integers(0, 7), value=WRITTEN)
def test_any_column_gives_a_report_or_a_sentence(tmp_path: Path, position: int, value: str) -> None:
    attempt(tmp_path / "any.csv", text(each(position, lambda _: value)).encode("utf-8", "replace"))


@ANYTHING
@given(header=st.lists(st.text(max_size=20), min_size=1, max_size=10))
def test_any_names_give_a_report_or_a_sentence(tmp_path: Path, header: list[str]) -> None:
    attempt(tmp_path / "any.csv", text(good(), header).encode("utf-8", "replace"))


@ANYTHING
@given(at=st.integers(0, 5000), junk=st.binary(min_size=1, max_size=8))
def test_any_damage_to_a_workbook_gives_a_report_or_a_sentence(tmp_path: Path, at: int, junk: bytes) -> None:
    whole = book([HEADER, *cells()])
    at %= len(whole)
    attempt(tmp_path / "any.xlsx", whole[:at] + junk + whole[at + len(junk) :])


# Long reports

PEAK = """
import re, sys
from pathlib import Path
from sim.report import read

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

Path("/proc/self/clear_refs").write_text("5")
before = peak()
rows = len(read(sys.argv[1]).intervals)
print(rows, before, peak())
"""
"""Its own peak in KiB: a new process begins with that of the one it was started by, unless it is told to forget it."""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in other units elsewhere")
def test_two_million_rows_stay_below_a_gigabyte_and_a_half(write: Write) -> None:
    count = 100_000
    starts = pd.date_range("2010-01-01", periods=count, freq="30min").strftime("%Y-%m-%d %H:%M")
    week = [row[1:] for row in good(1, each=336)]
    path = write(text([start, *week[at % 336]] for at, start in enumerate(starts)))
    told = subprocess.run([sys.executable, "-c", PEAK, path], capture_output=True, text=True, check=True)
    rows, before, after = map(int, told.stdout.split())
    assert rows == count
    assert (before + (after - before) * 2_000_000 / count) / 1024**2 < 1.5
