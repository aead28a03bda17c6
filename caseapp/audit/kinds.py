"""The closed list of what can be written into the audit, one sentence each."""

from enum import StrEnum


class Kind(StrEnum):
    """What happened. There is no free text beside it."""

    CASES_LISTED = "cases_listed"  # somebody saw a list of cases
    CASES_SEARCHED = "cases_searched"  # somebody searched by name; the name is not kept
    CASE_OPENED = "case_opened"  # somebody read a case
    CASE_REFUSED = "case_refused"  # somebody asked for a case that the policy keeps from them
    CASE_CREATED = "case_created"
    CASE_CHANGED = "case_changed"
    CASE_ALLOCATED = "case_allocated"
    CASE_CLOSED = "case_closed"
    CASE_REOPENED = "case_reopened"
    CLOSURE_ASKED = "closure_asked"  # an advocate asked the manager to agree that a case closes
    CLOSURE_RETURNED = "closure_returned"  # the manager did not agree
    CLOSURE_WITHDRAWN = "closure_withdrawn"
    OUTCOMES_MEASURED = "outcomes_measured"
    RECORD_HELD = "record_held"  # a legal hold was put on a record, or taken off
    PERSON_CREATED = "person_created"
    PERSON_CHANGED = "person_changed"
    FLAG_RAISED = "flag_raised"
    FLAG_REVIEWED = "flag_reviewed"
    FLAG_ENDED = "flag_ended"
    CHILD_ADDED = "child_added"
    CHILD_CHANGED = "child_changed"
    CHILD_LEFT = "child_left"  # no longer in the household
    RELATIONSHIP_ADDED = "relationship_added"
    RELATIONSHIP_ENDED = "relationship_ended"
    CASES_LINKED = "cases_linked"
    CASE_LINK_ENDED = "case_link_ended"
    PEOPLE_MERGED = "people_merged"  # two records of one person became one
    MERGE_UNDONE = "merge_undone"
    PEOPLE_KEPT_APART = "people_kept_apart"  # records that look alike are of two people
    INCIDENT_ADDED = "incident_added"
    INCIDENT_CHANGED = "incident_changed"
    OUTCOME_RECORDED = "outcome_recorded"  # what the law did about an incident
    RIGHTS_RECORDED = "rights_recorded"  # where rights under the Victims' Code stand
    RISK_JUDGED = "risk_judged"
    DASH_RECORDED = "dash_recorded"
    YOUTH_RISK_JUDGED = "youth_risk_judged"
    NOTE_ADDED = "note_added"
    PERPETRATORS_READ = "perpetrators_read"  # who is said to have done it was read
    PERPETRATOR_ADDED = "perpetrator_added"
    PERPETRATOR_CHANGED = "perpetrator_changed"
    PROGRAMME_RECORDED = "programme_recorded"  # a perpetrator programme, or its result
    CONFLICT_CHECKED = "conflict_checked"  # the same entry, whether anything was found or not
    CONFLICT_READ = "conflict_read"  # a manager read whom to speak to
    CONFLICT_SETTLED = "conflict_settled"
    REFERRAL_MADE = "referral_made"
    REFERRAL_CHANGED = "referral_changed"
    PLAN_WRITTEN = "plan_written"  # a version of a safety plan was saved
    PLAN_READ = "plan_read"
    PLAN_PRINTED = "plan_printed"  # a safety plan left as a PDF
    RELEASE_MADE = "release_made"
    RELEASE_REFUSED = "release_refused"  # its certificate failed, so nothing left
    RELEASE_DOWNLOADED = "release_downloaded"
    CASES_COUNTED = "cases_counted"  # the monthly count opened cases; only totals left
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    SESSIONS_ENDED = "sessions_ended"  # every session of an account was ended
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    SECOND_FACTOR_CHANGED = "second_factor_changed"
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_DISABLED = "account_disabled"
    TEAM_CREATED = "team_created"
    LISTS_CHANGED = "lists_changed"  # a new edition of a code list was loaded
    AUDIT_READ = "audit_read"  # somebody looked through the audit
    AUDIT_VERIFIED = "audit_verified"
    HOME_CHECKED = "home_checked"  # every record was opened and verified
    KEYS_ROTATED = "keys_rotated"
    HOME_CREATED = "home_created"
    DEMO_FILLED = "demo_filled"
