"""What contacts adds to the timeline of a case."""

from collections.abc import Iterator

from caseapp.cases.contributions import TimelineEntry
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.contacts.models import Note
from caseapp.reference import label_of


def entries_of(case: Case) -> Iterator[TimelineEntry]:
    return (_of_note(note) for note in rows_in(case, Note))


def _of_note(note: Note) -> TimelineEntry:
    kind = label_of("note_type", note.head.type)
    return TimelineEntry(
        title=f"{kind}: {label_of('contact_outcome', note.head.contact_outcome)}",
        at=note.head.at,
        author_id=note.author_id,
        body=_texts(note),
        tag="Third-party information" if note.head.is_third_party else "",
        warning=_warning(note),
    )


def _warning(note: Note) -> str:
    body = note.body
    parts = (
        "It was not safe to talk." if body.safe_to_talk is False else "",
        f"Against what is known of safe contact: {body.why_not_safe}" if body.why_not_safe else "",
    )
    return " ".join(part for part in parts if part)


def _circumstances(note: Note) -> Iterator[str]:
    """That it was not safe to talk is a warning of its own."""
    if note.head.minutes is not None:
        yield f"{note.head.minutes} minute{'' if note.head.minutes == 1 else 's'}."
    if note.body.with_whom:
        yield f"With: {note.body.with_whom}."
    if note.body.safe_to_talk:
        yield "It was safe to talk."


def _texts(note: Note) -> str:
    body = note.body
    due = f" by {body.next_action_on:%-d %B %Y}" if body.next_action_on else ""
    parts = [
        body.fact,
        " ".join(_circumstances(note)),
        f"Worker's view: {body.opinion}" if body.opinion else "",
        f"Next: {body.next_action}{due}" if body.next_action else "",
    ]
    return "\n\n".join(part for part in parts if part)
