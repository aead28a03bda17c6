"""The questionnaires of an analyst: versions in use, and the one that is being written.

Nothing of a case, but sealed: whoever changes by SQL what victims are asked is found."""

from datetime import date

from msgspec import Struct
from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.questionnaires.asked import Question
from caseapp.vault.sealed_rows import SealedDocument, SealedRow

LONGEST_CODE = 40


class VersionHead(Struct, frozen=True, kw_only=True):
    """What a version asks. `stage`: a code of survey_stage."""

    title: str
    stage: str
    questions: tuple[Question, ...] = ()


class QuestionnaireVersion(SealedRow, Base):
    """A version of a questionnaire. Once it is no draft it never changes."""

    __tablename__ = "questionnaire_versions"
    __table_args__ = (UniqueConstraint("code", "version"),)
    __label__ = "questionnaire_version"
    __key_owner__ = "id"
    __key_kind__ = "questionnaire"
    __bound_columns__ = ("code", "version", "is_draft")

    code: Mapped[str] = mapped_column(String(LONGEST_CODE))
    version: Mapped[int]
    is_draft: Mapped[bool] = mapped_column(default=True)

    head = SealedDocument(VersionHead)


class RetiredQuestionnaire(Base):
    """A questionnaire, one of ours or of the analyst, that is given to nobody any more."""

    __tablename__ = "retired_questionnaires"

    code: Mapped[str] = mapped_column(String(LONGEST_CODE), unique=True)
    retired_on: Mapped[date]
