"""What is done to questionnaires: each with its entry in the audit; the caller commits."""

from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import select

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.clock import today
from caseapp.database import db
from caseapp.questionnaires.asked import Questionnaire
from caseapp.questionnaires.models import (
    QuestionnaireVersion,
    RetiredQuestionnaire,
    VersionHead,
)
from caseapp.questionnaires.writing import CannotBeAsked, Questions
from caseapp.vault.owner_keys import destroy_key


def begin(
    draft_id: UUID, code: str, head: VersionHead, by: Actor, version: int = 1
) -> QuestionnaireVersion:
    """A questionnaire that is being written; nobody is given it yet."""
    draft = QuestionnaireVersion(id=draft_id, code=code, version=version, is_draft=True, head=head)
    db.session.add(draft)
    _note(by, "begun", draft)
    return draft


def begin_next(draft_id: UUID, newest: Questionnaire, by: Actor) -> QuestionnaireVersion:
    """The version after the newest one, which it begins as a copy of."""
    head = VersionHead(title=newest.title, stage=newest.stage, questions=newest.questions)
    return begin(draft_id, newest.code, head, by, newest.version + 1)


def rename(draft: QuestionnaireVersion, title: str, by: Actor) -> None:
    draft.head = replace(draft.head, title=title)
    _note(by, "renamed", draft)


def write_questions(draft: QuestionnaireVersion, questions: Questions, by: Actor) -> None:
    """Raises StaleDataError where somebody saved the draft in between."""
    if questions != draft.head.questions:
        draft.head = replace(draft.head, questions=questions)
        _note(by, "questions_written", draft)


def put_into_use(draft: QuestionnaireVersion, by: Actor) -> None:
    """From now on it is given, and never changes. Raises CannotBeAsked."""
    if not draft.head.questions:
        raise CannotBeAsked("Add a question first")
    draft.is_draft = False
    _note(by, "put_into_use", draft)


def drop_draft(draft: QuestionnaireVersion, by: Actor) -> None:
    """Nobody was given it, so nothing of it is kept."""
    db.session.delete(draft)
    _note(by, "draft_dropped", draft)
    destroy_key(db.session.connection(), db.session.info["vault"], draft.id)


def retire(newest: Questionnaire, by: Actor) -> None:
    """It is given to nobody from now on; codes that were given still open it."""
    if _retired(newest.code) is None:
        db.session.add(RetiredQuestionnaire(code=newest.code, retired_on=today()))
        _note(by, "retired", newest)


def bring_back(newest: Questionnaire, by: Actor) -> None:
    if row := _retired(newest.code):
        db.session.delete(row)
        _note(by, "brought_back", newest)


def _retired(code: str) -> RetiredQuestionnaire | None:
    return db.session.scalar(select(RetiredQuestionnaire).filter_by(code=code))


def _note(by: Actor, what: str, of: QuestionnaireVersion | Questionnaire) -> None:
    record(
        Kind.QUESTIONNAIRE_CHANGED,
        actor=by,
        subject_id=of.id if isinstance(of, QuestionnaireVersion) else None,
        reason=decide(by, Permission.KEEP_QUESTIONNAIRES),
        detail={"what": what, "questionnaire": of.code, "version": of.version},
    )
