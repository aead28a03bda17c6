"""Caseloads as spreadsheets, with as many faulty rows as a test asks for."""

import csv
import io

COLUMNS = ["Ref", "First name", "Surname", "DOB", "Opened", "Risk", "Ward", "Notes"]
FAULTS = (
    {"DOB": "31/2/2009"}, {"Risk": "purple"}, {"First name": ""}, {"Opened": "tomorrow"},
    {"Ward": "Atlantis"},
)  # fmt: skip


def row(number: int) -> dict[str, str]:
    return {
        "Ref": f"YV-{number:05}",
        "First name": f"Zoë{number}",
        "Surname": "O'Quill, =1+1" if number % 50 == 0 else f"Heron{number}",
        "DOB": ("27/3/2009", "2009-03-27", "39899")[number % 3],
        "Opened": "1 October 2026",
        "Risk": ("High", "medium", "Standard")[number % 3],
        "Ward": "Colville",
        "Notes": f"Came with her aunt, {number}.",
    }


def caseload(rows: int, *, faulty: int = 0, notes: str = "") -> bytes:
    """A CSV as a spreadsheet saves it; the faulty rows are spread over it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    wrong = {place * rows // faulty for place in range(faulty)} if faulty else set()
    for number in range(rows):
        told = row(number) | (FAULTS[number % len(FAULTS)] if number in wrong else {})
        writer.writerow(told | ({"Notes": notes} if notes else {}))
    return text.getvalue().encode("utf-8-sig")
