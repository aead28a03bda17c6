"""Our macros are quick; the library's are right. What both draw must be the same page."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask, render_template_string

from caseapp.web.forms import (
    ChoiceCheckboxes,
    ChoiceRadios,
    ChoiceSelect,
    Confirm,
    DateParts,
    Form,
    TimeOfDay,
)
from caseapp.web.library_macros import library_macro

Ask = Callable[..., Any]
Params = dict[str, Any]
PAIRS = [("red", "Red"), ("blue", "Blue & green")]
BESIDE = "govuk-radios--small govuk-radios--inline"
SMALL = "govuk-checkboxes--small"


class Flat(HTMLParser):
    """A page as a list of tags with sorted attributes, and texts without spare white space."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.parts: list[object] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tidy = sorted((name, " ".join((value or "").split())) for name, value in attrs)
        self.parts.append((tag, tidy))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.parts.append(words)


class Questions(Form):
    colour = ChoiceRadios("Colour", PAIRS, hint="Of the door", required="Choose a colour")
    several = ChoiceCheckboxes("Colours", PAIRS)
    one = ChoiceSelect("Colour", PAIRS, required="Choose a colour")
    born = DateParts("Date of birth", hint="", required="Enter the date of birth")
    at = TimeOfDay("Time", hint="")
    safe = Confirm("It is safe", required="Confirm it")


def same(ours: str, component: str, name: str, params: Params) -> None:
    assert Flat(ours).parts == Flat(library_macro(component, name)(params)).parts


def items(chosen: str = "") -> list[Params]:
    return [{"value": v, "text": t, "checked": v == chosen} for v, t in PAIRS]


def legend(text: str, size: str = "s") -> Params:
    return {"legend": {"text": text, "classes": f"govuk-fieldset__legend--{size}"}}


def label(text: str) -> Params:
    return {"text": text, "classes": "govuk-label--s"}


def test_radios_with_hint_and_error(asked: Ask) -> None:
    params = {
        "name": "colour",
        "classes": BESIDE,
        "fieldset": legend("Colour"),
        "hint": {"text": "Of the door"},
        "errorMessage": {"text": "Choose a colour"},
        "items": items(),
    }
    same(asked(Questions, {}).colour(), "radios", "govukRadios", params)


def test_radios_with_an_answer_as_the_heading_of_the_page(asked: Ask) -> None:
    heading = legend("Which colour?", "l")
    heading["legend"]["isPageHeading"] = True
    params = {
        "name": "colour",
        "classes": BESIDE,
        "fieldset": heading,
        "hint": {"text": "Of the door"},
        "items": items("blue"),
    }
    drawn = asked(Questions, {"colour": "blue"}).colour(
        size="l", heading=True, label="Which colour?"
    )
    same(drawn, "radios", "govukRadios", params)


def test_checkboxes(asked: Ask) -> None:
    params = {
        "name": "several",
        "classes": SMALL,
        "fieldset": legend("Colours"),
        "items": items("red"),
    }
    same(asked(Questions, {"several": "red"}).several(), "checkboxes", "govukCheckboxes", params)


def test_select(asked: Ask) -> None:
    offered = [{"value": "", "text": "Choose one", "selected": True}]
    params = {
        "id": "one",
        "name": "one",
        "label": label("Colour"),
        "errorMessage": {"text": "Choose a colour"},
        "items": offered + [{"value": v, "text": t} for v, t in PAIRS],
    }
    same(asked(Questions, {}).one(), "select", "govukSelect", params)


def test_date(asked: Ask) -> None:
    def box(part: str, value: str, width: int, wrong: str = "") -> Params:
        return {
            "name": part,
            "value": value,
            "autocomplete": "off",
            "classes": f"govuk-input--width-{width}{wrong}",
        }

    params = {
        "id": "born",
        "namePrefix": "born",
        "fieldset": legend("Date of birth"),
        "errorMessage": {"text": "Date of birth must be a real date"},
        "items": [
            box("day", "32", 2, " govuk-input--error"),
            box("month", "1", 2),
            box("year", "2009", 4),
        ],
    }
    sent = {"born-day": "32", "born-month": "1", "born-year": "2009"}
    # A month may be typed as a word, so it gets no keyboard of numbers alone.
    expected = library_macro("date-input", "govukDateInput")(params).split('id="born-month"')
    expected[1] = expected[1].replace('inputmode="numeric"', "", 1)
    assert Flat(asked(Questions, sent).born()).parts == Flat('id="born-month"'.join(expected)).parts


def test_time(asked: Ask) -> None:
    params = {
        "id": "at",
        "name": "at",
        "label": label("Time"),
        "classes": "govuk-input--width-5",
        "autocomplete": "off",
        "value": "2pm",
    }
    same(asked(Questions, {"at": "2pm"}).at(), "input", "govukInput", params)


def test_one_checkbox(asked: Ask) -> None:
    params = {
        "name": "safe",
        "classes": SMALL,
        "errorMessage": {"text": "Confirm it"},
        "items": [{"value": "yes", "text": "It is safe"}],
    }
    same(asked(Questions, {}).safe(), "checkboxes", "govukCheckboxes", params)


LIBRARY: dict[str, tuple[str, str, Params]] = {
    '{% from "components/tag.html" import tag %}{{ tag("New & old", "blue") }}': (
        "tag", "govukTag", {"text": "New & old", "classes": "govuk-tag--blue"},
    ),
    '{% from "components/messages.html" import warning_text %}{{ warning_text("<Mind> it") }}': (
        "warning-text", "govukWarningText", {"text": "<Mind> it"},
    ),
    '{% from "components/messages.html" import inset %}{{ inset("Words") }}': (
        "inset-text", "govukInsetText", {"text": "Words"},
    ),
    '{% from "components/messages.html" import details %}'
    '{% call details("What is it?") %}This.{% endcall %}': (
        "details", "govukDetails", {"summaryText": "What is it?", "text": "This."},
    ),
    '{% from "components/messages.html" import notification_banner %}'
    '{{ notification_banner("Saved", "success") }}': (
        "notification-banner", "govukNotificationBanner",
        {"text": "Saved", "type": "success", "titleId": "banner-1"},
    ),
    '{% from "components/messages.html" import panel %}{{ panel("Done", "YV-1") }}': (
        "panel", "govukPanel", {"titleText": "Done", "text": "YV-1"},
    ),
    '{% from "components/navigation.html" import back_link %}{{ back_link("/a?b=1&c=2") }}': (
        "back-link", "govukBackLink", {"href": "/a?b=1&c=2"},
    ),
    '{% from "components/navigation.html" import breadcrumbs %}'
    '{{ breadcrumbs([("Cases", "/cases"), ("This one", none)]) }}': (
        "breadcrumbs", "govukBreadcrumbs",
        {
            "collapseOnMobile": True,
            "items": [{"text": "Cases", "href": "/cases"}, {"text": "This one"}],
        },
    ),
    '{% from "components/buttons.html" import button %}{{ button("Close", "warning") }}': (
        "button", "govukButton",
        {"text": "Close", "classes": "govuk-button--warning", "preventDoubleClick": True,
         "type": "submit"},
    ),
    '{% from "components/buttons.html" import button_link %}{{ button_link("Start", "/s") }}': (
        "button", "govukButton", {"text": "Start", "href": "/s"},
    ),
    '{% from "components/summary_list.html" import summary_list %}'
    '{{ summary_list([("Sex", "Female", "/sex", "Change"), ("Age", 17)]) }}': (
        "summary-list", "govukSummaryList",
        {
            "rows": [
                {
                    "key": {"text": "Sex"},
                    "value": {"text": "Female"},
                    "actions": {
                        "items": [{"href": "/sex", "text": "Change", "visuallyHiddenText": "sex"}]
                    },
                },
                {"key": {"text": "Age"}, "value": {"text": "17"}},
            ]
        },
    ),
    '{% from "components/summary_list.html" import summary_list %}'
    '{{ summary_list([("Sex", "Female")]) }}': (
        "summary-list",
        "govukSummaryList",
        {"rows": [{"key": {"text": "Sex"}, "value": {"text": "Female"}}]},
    ),
    '{% from "components/table.html" import table %}'
    '{{ table("Cases", ["Name", "Notes"], [["Zoë", 3]], numeric=[1]) }}': (
        "table", "govukTable",
        {
            "caption": "Cases",
            "captionClasses": "govuk-table__caption--m",
            "firstCellIsHeader": True,
            "head": [{"text": "Name"}, {"text": "Notes", "format": "numeric"}],
            "rows": [[{"text": "Zoë"}, {"text": "3", "format": "numeric"}]],
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("source", LIBRARY)
def test_component(gallery: Flask, source: str) -> None:
    with gallery.test_request_context("/"):
        ours = render_template_string(source)
    if "table.html" in source:
        ours = ours.strip().removeprefix('<div class="app-table">').removesuffix("</div>")
    same(ours.replace(' dir="auto"', ""), *LIBRARY[source])
