"""Reading questionnaires: those to give, any version that was ever given, those being written."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select

from caseapp.database import db
from caseapp.questionnaires.asked import Questionnaire
from caseapp.questionnaires.models import QuestionnaireVersion, RetiredQuestionnaire
from caseapp.questionnaires.standard import standard_questionnaires
from caseapp.vault.owner_keys import warm


def offered() -> list[Questionnaire]:
    """The newest version of each that is not retired: ours first, then by title."""
    gone = retired()
    return [each for code, each in newest_versions().items() if code not in gone]


def questionnaire(code: str, version: int) -> Questionnaire | None:
    """A version, retired or not, so that a code that was given before still opens it; never one
    that is being written."""
    row = db.session.scalar(
        select(QuestionnaireVersion).filter_by(code=code, version=version, is_draft=False)
    )
    if row:
        return as_asked(row)
    ours = (each for each in standard_questionnaires() if each.code == code)
    return next((each for each in ours if each.version == version), None)


def newest_versions() -> Mapping[str, Questionnaire]:
    """By code, retired or not."""
    rows = _ready(_rows(is_draft=False))
    by_title = sorted(map(as_asked, rows), key=lambda each: each.title.casefold())
    newest: dict[str, Questionnaire] = {}
    for each in (*standard_questionnaires(), *by_title):
        known = newest.get(each.code)
        if known is None or known.version <= each.version:
            newest[each.code] = each
    return newest


def retired() -> Mapping[str, date]:
    """By code, when it was retired."""
    return {each.code: each.retired_on for each in db.session.scalars(select(RetiredQuestionnaire))}


def drafts() -> list[QuestionnaireVersion]:
    """Those that are being written, by title."""
    rows = _ready(_rows(is_draft=True))
    return sorted(rows, key=lambda row: (row.head.title.casefold(), row.code))


def find_draft(draft_id: UUID) -> QuestionnaireVersion | None:
    row = db.session.get(QuestionnaireVersion, draft_id)
    return row if row and row.is_draft else None


def draft_of(code: str) -> QuestionnaireVersion | None:
    """The next version of a questionnaire, where one is being written."""
    return db.session.scalar(select(QuestionnaireVersion).filter_by(code=code, is_draft=True))


def _rows(*, is_draft: bool) -> list[QuestionnaireVersion]:
    wanted = select(QuestionnaireVersion).filter_by(is_draft=is_draft)
    return list(db.session.scalars(wanted.order_by(QuestionnaireVersion.version)))


def as_asked(row: QuestionnaireVersion) -> Questionnaire:
    head = row.head
    return Questionnaire(
        code=row.code,
        version=row.version,
        stage=head.stage,
        title=head.title,
        questions=head.questions,
    )


def _ready(rows: Iterable[QuestionnaireVersion]) -> list[QuestionnaireVersion]:
    """With their keys at hand, which is one query instead of one a row."""
    found = list(rows)
    warm(db.session.connection(), db.session.info["vault"], [row.id for row in found])
    return found
