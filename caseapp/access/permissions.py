"""Everything that can be done in caseapp, one sentence each."""

from enum import StrEnum


class Permission(StrEnum):
    """A thing to do. One that the policy does not list is refused."""

    SEE_CASES = "see_cases"  # open the list of one's own or one's team's cases, and search them
    OPEN_NEW_CASE = "open_new_case"  # take a person into the service
    OPEN_CASE = "open_case"  # read a case: identity, timeline, incidents, notes, plans
    ADD_NOTE = "add_note"  # log a contact, also when covering for a colleague
    EDIT_CASE = "edit_case"  # change the person, flags, incidents, risk, referrals
    WRITE_PLAN = "write_plan"  # write the next version of a safety plan
    PRINT_PLAN = "print_plan"  # take a safety plan out as a PDF
    ALLOCATE_CASE = "allocate_case"  # give a case to another advocate of the team
    CLOSE_CASE = "close_case"  # close a case, or open it again
    SEE_RELEASES = "see_releases"  # read the anonymised releases and their certificates
    MAKE_RELEASE = "make_release"  # run the monthly anonymised release
    MANAGE_ACCOUNTS = "manage_accounts"  # add, change and remove accounts and teams
    READ_AUDIT = "read_audit"  # verify the audit chain and read what kinds of things happened
    KEEP_ACCOUNT = "keep_account"  # change one's own password and second factor, sign out
