"""When a plan is looked at again: on its day, or at once after something happened. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from caseapp.clock import LOCAL
from caseapp.plans.models import CallHead, PlanHead
from caseapp.reference import label_of


@dataclass(frozen=True)
class Review:
    """The day by which a plan is reviewed, and what calls for it before its time.

    `reasons`: codes of the list plan_review_reason, each once, the first call first.
    """

    on: date
    reasons: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """In one line; empty where nothing but its day calls for it."""
        return ". ".join(label_of("plan_review_reason", code) for code in self.reasons)

    def days_late(self, today: date) -> int:
        """Nothing is late on its day."""
        return max(0, (today - self.on).days)

    def lateness(self, today: date) -> str:
        days = self.days_late(today)
        return f"{days} {'day' if days == 1 else 'days'} late" if days else ""

    def is_overdue(self, today: date) -> bool:
        return self.days_late(today) > 0


def review_of(plan: PlanHead, calls: Iterable[CallHead]) -> Review:
    """Whichever comes first: its own day, or that of the oldest call that nobody answered."""
    waiting = sorted(unanswered(calls, known_until(plan)), key=lambda call: call.called_at)
    days = [call.called_at.astimezone(LOCAL).date() for call in waiting[:1]]
    reasons = dict.fromkeys(call.reason for call in waiting)
    return Review(min([plan.review_on, *days]), tuple(reasons))


def known_until(plan: PlanHead) -> datetime:
    """When whoever wrote the newest version last looked at what had happened."""
    return plan.knew_until or plan.written_at


def unanswered(calls: Iterable[CallHead], known_until: datetime) -> list[CallHead]:
    """Those that nobody knew of who wrote a plan; a version written later answers them. One of
    the very same moment is not answered: nobody can have thought of it."""
    return [call for call in calls if call.called_at >= known_until]
