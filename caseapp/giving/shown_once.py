"""That a form has had its codes: sent again, by Back or a reload, it gets no others.

The session remembers the ids of the forms alone, which say nothing of a code.
"""

from flask import session

from caseapp.web.forms import Form

USED = "forms_that_gave"
REMEMBERED = 20  # of one sign-in; an older page asks for its codes anew


def is_used(form: Form) -> bool:
    return form.was_sent and str(form.record_id.data) in session.get(USED, [])


def let_again(form: Form) -> None:
    """What it gave has reached nobody: it may be sent once more."""
    session[USED] = [each for each in session.get(USED, []) if each != str(form.record_id.data)]


def use_up(form: Form) -> None:
    session[USED] = [*session.get(USED, []), str(form.record_id.data)][-REMEMBERED:]
