"""From a stored version to paper, in two steps: read and noted inside the transaction, printed
outside it, so that nobody waits for our paper."""

from caseapp.access.actors import Actor
from caseapp.cases.models import Case
from caseapp.clock import LOCAL
from caseapp.documents.plan_paper import PlanPaper, PlanSection, plan_html
from caseapp.documents.printer import printer
from caseapp.plans.actions import take_out
from caseapp.plans.models import Plan, PlanVersion, SectionWords
from caseapp.plans.queries import newest_version, plans_of
from caseapp.plans.rules import Section, sections_of


class NoPlan(Exception):
    """This case has no safety plan yet."""


def read_newest_plan(case: Case, actor: Actor | None, *, copy_reason: str = "") -> PlanPaper:
    """The plan of the case that was written last; see read_plan. Raises NoPlan too."""
    plans = plans_of(case)
    if not plans:
        raise NoPlan
    return read_plan(case, plans[0], actor, copy_reason=copy_reason)


def read_plan(case: Case, plan: Plan, actor: Actor | None, *, copy_reason: str = "") -> PlanPaper:
    """The newest version as plain values, audited as taken out. Raises CopyNotSafe."""
    version = newest_version(plan)
    take_out(case, version, actor, copy_reason=copy_reason)
    return paper_of(plan, version)


def print_plan(paper: PlanPaper) -> bytes:
    """The PDF. Call it after the commit. Raises DocumentProblem."""
    return printer.print(plan_html(paper))


def paper_of(plan: Plan, version: PlanVersion) -> PlanPaper:
    written = {words.code: words for words in version.body.sections}
    return PlanPaper(
        sections=tuple(
            _section(section, written.get(section.code))
            for section in sections_of(plan.head.kind, version.body.sections)
        ),
        prepared_on=version.head.written_at.astimezone(LOCAL).date(),
        review_on=version.head.review_on,
    )


def _section(section: Section, words: SectionWords | None) -> PlanSection:
    return PlanSection(
        heading=section.heading,
        prompt=section.prompt,
        own_words=words.own if words else "",
        worker_words=words.worker if words else "",
    )
