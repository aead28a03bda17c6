"""What a form on a page would send if somebody pressed its button without a word."""

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

Answers = MultiDict[str, str]


class _Reader(HTMLParser):
    """Reads every form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Answers] = []
        self.select = self.area = ""
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(MultiDict())
        elif not self.forms:
            return
        elif tag == "input":
            self._input(given)
        elif tag == "select":
            self.select = given["name"]
        elif tag == "option" and "selected" in given:
            self.forms[-1].add(self.select, given.get("value", ""))
        elif tag == "textarea":
            self.area, self.text = given["name"], []

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.forms[-1].add(self.area, "".join(self.text).removeprefix("\n"))
            self.area = ""

    def _input(self, given: dict[str, str]) -> None:
        is_choice = given.get("type") in {"radio", "checkbox"}
        if given.get("name") and (not is_choice or "checked" in given):
            self.forms[-1].add(given["name"], given.get("value", ""))


def shown_form(page: TestResponse) -> Answers:
    """The longest form of the page, with its hidden fields."""
    reader = _Reader()
    reader.feed(page.text)
    return max(reader.forms, key=lambda form: len(list(form.items(multi=True))))


def with_answers(form: Answers, **answers: str | list[str]) -> Answers:
    """The same form with some answers changed."""
    changed = MultiDict(form)
    for name, answer in answers.items():
        changed.setlist(name, answer if isinstance(answer, list) else [answer])
    return changed
