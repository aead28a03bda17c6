"""Reading a file of figures: each fault beside its line, and nothing brings the reader down."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.figures.catalogue import figure_specs
from caseapp.figures.csv_file import COLUMNS, LARGEST, MOST_LINES, FileProblem, read_file
from caseapp.figures.typed_figures import TypedFigure

TODAY = date(2026, 5, 20)
HEAD = ",".join(COLUMNS)
GOOD = "police_da_victims,2025-26,812,Police dashboard,2026-05-04"


def faults(*lines: str, head: str = HEAD) -> list[tuple[str, ...]]:
    text = "\n".join([head, *lines])
    return [line.faults for line in read_file(text.encode(), TODAY)]


def problem(data: bytes) -> str:
    """Why the file is refused as a whole, "" where it is not: then a line is right or says why."""
    try:
        lines = read_file(data, TODAY)
    except FileProblem as refused:
        return str(refused) or "without a word"
    assert all((line.figure is None) == bool(line.faults) for line in lines)
    return ""


def test_a_file_is_read_as_it_stands() -> None:
    (line,) = read_file(f"{HEAD}\n{GOOD}\n".encode(), TODAY)
    day = date(2026, 5, 4)
    assert line.figure == TypedFigure("2025-26", "police_da_victims", 812, "Police dashboard", day)
    assert line.number == 2


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (GOOD.replace("812", '"1,234.5"'), "value must be a number without commas"),
        (GOOD.replace("812", "n/a"), "value must be a number, like"),
        (GOOD.replace("812", "5th"), "value must be a number, like"),
        (GOOD.replace("812", ""), "value must be a number, like"),
        (GOOD.replace("2025-26", "2025"), "year must be a financial year"),
        (GOOD.replace("2025-26", "2027-28"), "year must not be in the future"),
        (GOOD.replace("2026-05-04", "2026-05-21"), "dated_on must be today or in the past"),
        (GOOD.replace("2026-05-04", "2026-02-30"), "dated_on must be a real date"),
        (GOOD.replace("2026-05-04", ""), "dated_on must be the date of the source"),
        (GOOD.replace("Police dashboard", "=cmd|' /C calc'!A0"), "source must not begin with ="),
        (GOOD.replace("Police dashboard", "@x"), "source must not begin with @"),
        (GOOD.replace("Police dashboard", ""), "source must say who counted"),
        (GOOD.replace("Police dashboard", "a\x07"), "It must not include control characters"),
        (GOOD.replace("police_da_victims", "police_cats"), "code must be one of the list"),
        (f"{GOOD},one more", "It has more cells"),
        ("police_da_victims", ""),
    ],
)
def test_each_fault_is_named_with_its_column(line: str, fault: str) -> None:
    if not fault:  # nothing is answered, as in a template that was filled in half
        assert faults(line, GOOD) == [()]
        return
    (found,) = faults(line)
    assert [each for each in found if each.startswith(fault)]


def test_a_line_with_many_faults_names_them_all() -> None:
    (found,) = faults("police_cats,never,n/a,,soon")
    assert [each.split()[0] for each in found] == ["code", "year", "source", "dated_on"]


def test_a_figure_that_stands_there_twice_is_refused_both_times() -> None:
    found = faults(GOOD, GOOD.replace("812", "813"), GOOD.replace("2025-26", "2024-25"))
    assert [bool(each) for each in found] == [True, True, False]


def test_columns_come_in_any_order_and_separated_as_spreadsheets_do() -> None:
    swapped = "Dated_On;SOURCE;value;year;code\n4 May 2026;Police;812;2025/26;police_da_victims"
    (line,) = read_file(b"\xef\xbb\xbf" + swapped.encode(), TODAY)
    assert line.figure is not None
    assert (line.figure.year, line.figure.dated_on) == ("2025-26", date(2026, 5, 4))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Missing: code, year, value, source, dated_on"),
        (b"code,year,value\n1,2,3", "Missing: source, dated_on"),
        (HEAD.encode(), "no figure"),
        (f"{HEAD}\n,,,,\n".encode(), "no figure"),
        (f"{HEAD},note\n{GOOD},x".encode(), "do not know: note"),
        (f"{HEAD},code\n{GOOD},x".encode(), "more than once: code"),
        (b"PK\x03\x04rest", "is a workbook"),
        (b"\xd0\xcf\x11\xe0rest", "is a workbook"),
        (f"{HEAD}\n{GOOD}".encode("utf-16"), "letters of the file cannot be read"),
        (b"caf\xe9", "letters of the file cannot be read"),
        (f"{HEAD}\n\x00".encode(), "no CSV file"),
        (f'{HEAD}\n"{GOOD}'.encode(), "Line 2 cannot be read"),
        (b"x" * (LARGEST + 1), "too large"),
        (f"{HEAD}\n{GOOD}\n".encode() + b"a,,1,,\n" * MOST_LINES, "more than 1,000"),
    ],
)
def test_what_is_no_file_of_figures_is_refused_in_one_sentence(data: bytes, message: str) -> None:
    found = problem(data)
    assert message in found
    assert "\n" not in found


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_no_bytes_bring_the_reader_down(data: bytes) -> None:
    for start in (b"", f"{HEAD}\n".encode(), f"{HEAD}\n{GOOD}\n".encode()):
        assert problem(start + data) != "without a word"


@settings(max_examples=300)
@given(st.lists(st.lists(st.text(max_size=30), max_size=7), max_size=6))
def test_no_cells_bring_the_reader_down(rows: list[list[str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    assert problem(out.getvalue().encode("utf-8", "replace")) != "without a word"


FIGURES = st.fixed_dictionaries(
    {code: st.integers(spec.least, min(spec.most, 10**6)) for code, spec in figure_specs().items()}
)


@given(FIGURES, st.text("abc é“”,;\"'\t", max_size=40))
def test_what_is_written_into_a_file_is_what_is_read(values: dict[str, int], words: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    source = f"Police {words}"
    writer.writerows((code, "2025-26", n, source, "2026-05-04") for code, n in values.items())
    lines = read_file(out.getvalue().encode(), TODAY)
    assert {line.figure.code: line.figure.value for line in lines if line.figure} == values
    assert {line.figure.source for line in lines if line.figure} == {" ".join(source.split())}
