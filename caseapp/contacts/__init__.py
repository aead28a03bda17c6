"""Contact with the person: making it safely, writing it down, and the tasks that it leads to."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import (
    CaseAction,
    CasePanel,
    CaseTab,
    register_action,
    register_contact,
    register_due,
    register_panel,
    register_tab,
    register_timeline,
)
from caseapp.web.navigation import register_navigation

QUICK_NOTE_KEY = "q"


def install(app: Flask) -> None:
    from caseapp.contacts import contact_routes, routes, task_routes  # noqa: F401
    from caseapp.contacts.blueprint import bp
    from caseapp.contacts.due import first_contacts_due, tasks_due
    from caseapp.contacts.last_contact import days_of_contact
    from caseapp.contacts.models import Note, Task
    from caseapp.contacts.panel import next_tasks
    from caseapp.contacts.timeline import entries_of

    app.register_blueprint(bp)
    register_timeline(entries_of, Note, Task)
    register_navigation(
        "Quick note", "contacts.find_case", Permission.SEE_CASES, key=QUICK_NOTE_KEY
    )
    register_action(CaseAction("Make contact", "contacts.make_contact", Permission.ADD_NOTE))
    register_action(CaseAction("Add a task", "contacts.add_task", Permission.ADD_NOTE))
    register_tab(CaseTab("Contact and tasks", "contacts.list_tasks", Permission.OPEN_CASE))
    register_panel(CasePanel("contacts/next_tasks.html", next_tasks))
    register_due(tasks_due)
    register_due(first_contacts_due)
    register_contact(days_of_contact)
