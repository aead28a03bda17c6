"""A plan on its way out, in three steps: read inside the transaction, made outside it, so that
nobody waits for our paper, and noted before anybody gets it."""

from caseapp.cases.models import Case
from caseapp.documents.locking import lock
from caseapp.documents.plan_paper import PlanPaper, plan_html
from caseapp.documents.printer import printer
from caseapp.plans.models import Plan, PlanVersion
from caseapp.prints.actions import insist_on_leaving
from caseapp.prints.paper import paper_of
from caseapp.prints.rules import PaperCopy


def paper_to_leave(case: Case, plan: Plan, version: PlanVersion, copy: PaperCopy) -> PlanPaper:
    """The version as plain values, if it may leave; raises what insist_on_leaving raises."""
    paper = paper_of(case, plan, version, copy)
    insist_on_leaving(case, version, paper, copy)
    return paper


def print_plan(paper: PlanPaper, form: str, password: str = "") -> bytes:
    """The PDF, locked where there is a password. Call it after the commit.

    Raises DocumentProblem.
    """
    pdf = printer.print(plan_html(paper, form))
    return lock(pdf, password) if password else pdf
