"""A questionnaire in use and the next version of it, and what stands in the addresses of their
pages."""

from typing import Any
from uuid import uuid4

from caseapp.database import transaction
from caseapp.questionnaires import actions
from caseapp.questionnaires.asked import Question
from caseapp.questionnaires.models import VersionHead
from caseapp.questionnaires.queries import newest_versions
from tests.cast import Cast

FELT = Question(
    code="felt_welcome",
    words={"en": "I felt welcome.", "fr": "On m’a bien reçu."},
    easy={"en": "People were kind.", "fr": "Les gens étaient gentils."},
    picture="hug",
)
WHY = Question(  # it hangs on the first, which therefore cannot be removed
    code="why_not",
    kind="open",
    words={"en": "What was missing?"},
    easy={"en": "What was missing?"},
    picture="talk",
    only_if=("felt_welcome", frozenset({"disagree", "strongly_disagree"})),
)
HEAD = VersionHead(title="Welcome", stage="intake", questions=(FELT, WHY))


def keep_questionnaires(cast: Cast) -> dict[str, Any]:
    """In an app context; what the addresses of the room name."""
    with transaction():
        first = actions.begin(uuid4(), "welcome", HEAD, cast.analyst)
        actions.put_into_use(first, cast.analyst)
        draft = actions.begin_next(uuid4(), newest_versions()["welcome"], cast.analyst)
        return {
            "asked": "welcome",
            "draft_id": draft.id,
            "question": "felt_welcome",
            "spoken": "fr",
        }
