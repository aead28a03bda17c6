"""What the pages about accounts ask."""

from caseapp.access.actors import Role
from caseapp.accounts.rules import MAX_PASSWORD, MIN_PASSWORD
from caseapp.web.forms import (
    ChoiceRadios,
    ChoiceSelect,
    CodeRadios,
    EmailLine,
    Form,
    PasswordLine,
    TextLine,
)

ROLES = (
    (Role.ADVOCATE, "Advocate: works the cases of a team"),
    (Role.MANAGER, "Manager: supervises the cases of a team"),
    (Role.ANALYST, "Analyst: sees anonymised figures, no case"),
    (Role.ADMINISTRATOR, "Administrator: accounts and keys, no case"),
)
PASSWORD_HINT = (
    f"{MIN_PASSWORD} characters or more. Four or more words that do not belong together are easy to"
    " remember and hard to guess"
)
CODE_REQUIRED = "Enter the code from your app"


class SignInForm(Form):
    email = EmailLine("Email address", required="Enter your email address", autocomplete="username")
    password = PasswordLine("Password", required="Enter your password", limit=MAX_PASSWORD)


class CodeForm(Form):
    secret_code = TextLine(
        "Code",
        required="Enter the code from your app, or a recovery code",
        hint="Six digits from the app on your phone. If you do not have your phone, use a recovery"
        " code",
        limit=40,
        width="10",
        autocomplete="one-time-code",
    )


class FirstCodeForm(Form):
    secret_code = TextLine(
        "Code that the app shows",
        required=CODE_REQUIRED,
        hint="Six digits",
        limit=20,
        width="10",
        autocomplete="one-time-code",
    )


class NewPasswordForm(Form):
    new_password = PasswordLine(
        "New password",
        required="Enter a new password",
        hint=PASSWORD_HINT,
        limit=MAX_PASSWORD,
        autocomplete="new-password",
    )


class ChangePasswordForm(NewPasswordForm):
    present_password = PasswordLine(
        "Your present password", required="Enter your present password", limit=MAX_PASSWORD
    )


class ChangeSecondFactorForm(FirstCodeForm):
    present_password = PasswordLine(
        "Your password", required="Enter your password", limit=MAX_PASSWORD
    )


class PresentPasswordForm(Form):
    present_password = PasswordLine(
        "Your password", required="Enter your password", limit=MAX_PASSWORD
    )


class AccountForm(Form):
    name = TextLine("Name", required="Enter the person’s name")
    email = EmailLine(
        "Work email address",
        required="Enter the person’s work email address",
        hint="They sign in with it",
    )
    role = ChoiceRadios("Role", ROLES, required="Choose a role")
    team = ChoiceSelect("Team", (), hint="For advocates and managers alone")


class TeamForm(Form):
    name = TextLine("Name of the team", required="Enter the name of the team")
    service = CodeRadios("Service", "service", required="Choose a service")
