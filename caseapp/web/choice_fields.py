"""Questions answered by choosing: from a code list, from a short list, yes or no."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from caseapp.reference import Entry, code_list, label_of
from caseapp.web.answers import Answer, lower_first, refuse
from caseapp.web.typed_text import is_blank

MANY = 6  # options: drawn in columns
FEW, SHORT = 5, 80  # options, and letters of all their labels: drawn side by side
YES_NO = {"yes": True, "no": False}
Pairs = Sequence[tuple[str, str]]


class Option(NamedTuple):
    """One thing to choose."""

    value: str
    label: str
    hint: str = ""
    group: str = ""  # the heading it stands under


class Choice(Answer):
    """One value of the options, or None. The value that the record holds can always stay."""

    data: Any  # a code; None where it was left blank
    alone: frozenset[str] = frozenset()

    def offered(self) -> list[Option]:
        """What may be chosen now; asked again for each request."""
        raise NotImplementedError

    def label_for(self, value: str) -> str:
        """The words for a value that is no longer offered."""
        return value

    def options(self) -> list[Option]:
        offered = self.offered()
        known = {option.value for option in offered}
        kept = [held for held in self._held() if held not in known]
        return offered + [Option(held, self.label_for(held)) for held in kept]

    def grouped(self) -> list[tuple[str, list[Option]]]:
        """(heading, options) in the order of the list; headings are "" where there are none."""
        groups: dict[str, list[Option]] = {}
        for option in self.options():
            groups.setdefault(option.group, []).append(option)
        return list(groups.items())

    @property
    def is_long(self) -> bool:
        return len(self.offered()) >= MANY

    @property
    def is_short(self) -> bool:
        offered = self.offered()
        letters = sum(len(option.label) + len(option.hint) for option in offered)
        return len(offered) <= FEW and letters <= SHORT

    def is_chosen(self, value: str) -> bool:
        return bool(self.data == value)

    def process_formdata(self, valuelist: list[str]) -> None:
        chosen = [value for value in valuelist[:1] if not is_blank(value)]
        self.data = chosen[0] if chosen else None

    def check(self) -> None:
        if self.data not in {option.value for option in self.options()}:
            refuse(f"Choose {lower_first(self.words)} from the list")

    def read_back(self) -> str:
        return ", ".join(option.label for option in self.options() if self.is_chosen(option.value))

    def _held(self) -> Iterator[str]:
        if isinstance(self.object_data, str) and self.object_data:
            yield self.object_data


class FromCodeList:
    """Options from a code list, as it counts today. `only` narrows the entries that are offered."""

    list_name: str
    only: Callable[[Entry], bool] | None

    def __init__(
        self,
        label: str,
        list_name: str,
        *,
        only: Callable[[Entry], bool] | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(label, **rest)  # type: ignore[call-arg]
        self.list_name = list_name
        self.only = only

    def offered(self) -> list[Option]:
        codes = code_list(self.list_name)
        return [
            Option(
                entry.code,
                entry.label,
                entry.attributes.get("hint", ""),
                codes.groups.get(entry.group or "", ""),
            )
            for entry in codes.active
            if self.only is None or self.only(entry)
        ]

    def label_for(self, value: str) -> str:
        return label_of(self.list_name, value)


class FromPairs:
    """Options given as (value, label) pairs, or by a function that is asked for each request."""

    def __init__(self, label: str, choices: Pairs | Callable[[], Pairs], **rest: Any) -> None:
        super().__init__(label, **rest)  # type: ignore[call-arg]
        self.choices = choices

    def offered(self) -> list[Option]:
        pairs = self.choices() if callable(self.choices) else self.choices
        return [Option(value, label) for value, label in pairs]


class Several(Choice):
    """A list of values in the order offered. A value of `alone` excludes all the others."""

    macro = "checkboxes"
    data: Any  # list[str]

    def __init__(self, label: str, *args: Any, alone: Sequence[str] = (), **rest: Any) -> None:
        super().__init__(label, *args, **rest)
        self.alone = frozenset(alone)

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        chosen = {value for value in valuelist if not is_blank(value)}
        order = [option.value for option in self.options()]
        self.data = [value for value in order if value in chosen]
        self.data += sorted(chosen.difference(order))

    def is_blank(self) -> bool:
        return not self.data

    def as_sent(self) -> list[tuple[str, str]]:
        return [(str(self.name), value) for value in self.data]

    def is_chosen(self, value: str) -> bool:
        return value in self.data

    def check(self) -> None:
        options = {option.value: option.label for option in self.options()}
        if not options.keys() >= set(self.data):
            refuse(f"Choose {lower_first(self.words)} from the list")
        alone = [options[value] for value in self.data if value in self.alone]
        if alone and len(self.data) > 1:
            refuse(f"{self.words}: choose “{alone[0]}” alone, or take its tick away")

    def _held(self) -> Iterator[str]:
        yield from self.object_data or ()


class CodeRadios(FromCodeList, Choice):
    """One code of a list by radio buttons; for up to some twenty codes."""

    macro = "radios"


class CodeSelect(FromCodeList, Choice):
    """One code of a list by a drop-down box; for long lists."""

    macro = "select"


class CodeCheckboxes(FromCodeList, Several):
    """Any number of codes of a list."""


class ChoiceRadios(FromPairs, Choice):
    macro = "radios"


class ChoiceSelect(FromPairs, Choice):
    macro = "select"


class ChoiceCheckboxes(FromPairs, Several):
    pass


class YesNo(Choice):
    """True, False, or None when it was not answered. Posts yes or no."""

    macro = "radios"
    data: Any  # bool or None

    def offered(self) -> list[Option]:
        return [Option("yes", "Yes"), Option("no", "No")]

    def is_chosen(self, value: str) -> bool:
        return self.data is YES_NO[value]

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = YES_NO.get(valuelist[0]) if valuelist else None

    def as_sent(self) -> list[tuple[str, str]]:
        return [(str(self.name), value) for value, data in YES_NO.items() if data is self.data]

    def check(self) -> None:
        """Whatever was understood is right."""


class Confirm(Answer):
    """One checkbox: True when it is ticked. `required` is the message for leaving it."""

    macro = "confirm"
    data: bool

    def process_data(self, value: Any) -> None:
        self.data = bool(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = "yes" in valuelist

    def is_blank(self) -> bool:
        return not self.data

    def as_sent(self) -> list[tuple[str, str]]:
        return [(str(self.name), "yes")] if self.data else []

    def read_back(self) -> str:
        return "Yes" if self.data else "No"
