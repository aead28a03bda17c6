"""One record, two people, or one person in two tabs: what each question becomes when both saved.

What only one of them changed needs no question. Where both did, the page asks which answer to keep;
until it is told, neither is stored over the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from werkzeug.datastructures import MultiDict

from caseapp.web.answers import Answer
from caseapp.web.text_fields import TextArea

MINE, THEIRS, BOTH = "mine", "theirs", "both"
CHOICE, TYPED, STORED = "merge-", "merge-typed-", "merge-stored-"  # before the name of a field
BEFORE = "before-"  # before the names of the hidden fields: what they said when the page was new

Pairs = list[tuple[str, str]]


class Difference(NamedTuple):
    """A question that both answered."""

    name: str
    question: str
    typed: str
    stored: str
    ways: Pairs  # (value, words)
    hidden: Pairs  # what the page brings back, so that the choice needs no further look


class Meeting(NamedTuple):
    """What two people made of one record."""

    to_decide: list[Difference]
    taken_over: list[tuple[str, str]]  # (question, answer) that only the other one changed


def fingerprints(answers: Iterable[Answer]) -> str:
    """What the answers are, for telling later which of them were changed: "name:mark name:mark"."""
    return " ".join(f"{answer.name}:{fingerprint(answer)}" for answer in answers)


def fingerprint(answer: Answer) -> str:
    data = sorted(answer.data) if isinstance(answer.data, list) else answer.data
    data = "" if data is None else data  # a record may hold either for what was left blank
    return sha256(f"{answer.name}={data}".encode()).hexdigest()[:16]


def meet(mine: Sequence[Answer], theirs: Sequence[Answer], seen: str) -> Meeting:
    """Compare with what is stored now. `seen`: the fingerprints of what the page was made of."""
    before = dict(part.split(":") for part in seen.split() if part.count(":") == 1)
    met = Meeting([], [])
    for typed, stored in zip(mine, theirs, strict=True):
        if typed.read_back() == stored.read_back() or fingerprint(stored) == before.get(typed.name):
            continue
        if fingerprint(typed) == before.get(typed.name):
            take_over(typed, stored.as_sent())
            met.taken_over.append((typed.words, stored.read_back()))
        else:
            met.to_decide.append(_difference(typed, stored))
    return met


def take_over(answer: Answer, sent: Pairs) -> None:
    """Let the answer be what would have been sent for another one."""
    answer.process(MultiDict(sent), answer.object_data)


def merged(answers: Iterable[Answer], sent: Any) -> Any:
    """What was sent, with the choices of the merge page carried out."""
    result = MultiDict(sent.items(multi=True))
    for answer in answers:
        way = sent.get(f"{CHOICE}{answer.name}")
        if way == THEIRS:
            _replace(result, answer, stored_pairs(answer, sent))
        if way == BOTH:
            typed, stored = sent.get(answer.name, ""), sent.get(f"{STORED}{answer.name}", "")
            _replace(result, answer, [(answer.name, f"{typed}\n\n{stored}")])
    return result


def undecided(answers: Iterable[Answer], sent: Mapping[str, str]) -> list[Difference]:
    """Questions of the merge page that were left open: no way chosen, and nothing else written."""
    return [
        _difference(answer, _stored_answer(answer, sent))
        for answer in answers
        if sent.get(f"{TYPED}{answer.name}") == fingerprint(answer)
        and sent.get(f"{CHOICE}{answer.name}") not in {MINE, THEIRS, BOTH}
    ]


def stored_pairs(answer: Answer, sent: Any) -> Pairs:
    return [
        (name, text) for name in answer.sent_names() for text in sent.getlist(f"{STORED}{name}")
    ]


def _stored_answer(answer: Answer, sent: Any) -> Answer:
    other: Answer = object.__new__(type(answer))  # WTForms makes no field outside a form
    vars(other).update(vars(answer))
    other.process(MultiDict(stored_pairs(answer, sent)), answer.object_data)
    return other


def _difference(typed: Answer, stored: Answer) -> Difference:
    ways = [(MINE, "What you typed"), (THEIRS, "What is stored now")]
    if isinstance(typed, TextArea) and typed.data and stored.data:
        ways.append((BOTH, "Both, yours first"))
    hidden = [(f"{STORED}{name}", text) for name, text in stored.as_sent()]
    hidden.append((f"{TYPED}{typed.name}", fingerprint(typed)))
    return Difference(typed.name, typed.words, typed.read_back(), stored.read_back(), ways, hidden)


def _replace(sent: MultiDict[str, str], answer: Answer, pairs: Pairs) -> None:
    for name in answer.sent_names():
        sent.poplist(name)
    for name, text in pairs:
        sent.add(name, text)
