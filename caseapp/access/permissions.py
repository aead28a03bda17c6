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
    APPROVE_CLOSURE = "approve_closure"  # agree that a case closes
    SEE_PERPETRATORS = "see_perpetrators"  # read and record who is said to have done it
    SETTLE_CONFLICT = "settle_conflict"  # learn whom to speak to where a conflict check warned
    DECIDE_SHARING = "decide_sharing"  # as the senior, on what was shared against consent
    SEE_WHO_OPENED = "see_who_opened"  # read and print who opened the record
    BREAK_GLASS = "break_glass"  # open a case of another team in an emergency
    REVIEW_BREAK_GLASS = "review_break_glass"  # review who opened the team's cases in an emergency
    LEAD_TEAM = "lead_team"  # see the team's work, take cases over, merge people entered twice
    IMPORT_CASES = "import_cases"  # bring a caseload in from a spreadsheet
    MAKE_PACK = "make_pack"  # take the safety plans of many cases out at once
    SEE_DIRECTORY = "see_directory"  # search the services that a person can be referred to
    KEEP_DIRECTORY = "keep_directory"  # add and change those services
    SEE_RELEASES = "see_releases"  # read the anonymised releases and their certificates
    MAKE_RELEASE = "make_release"  # run the monthly anonymised release
    SIGN_RELEASE = "sign_release"  # agree, as the second person, that a release leaves
    CHOOSE_CATALOGUE = "choose_catalogue"  # say which tables the releases of a year hold
    CHOOSE_METHOD = "choose_method"  # say by which method the figures of a year are made safe
    KEEP_FIGURES = "keep_figures"  # enter police and other figures, and populations
    SEE_BOARD = "see_board"  # see the outcomes of the strategy, and its action plan
    KEEP_ACTION_PLAN = "keep_action_plan"  # add to the action plan, and say how far it is
    SEE_DATA_QUALITY = "see_data_quality"  # see what is missing from the records
    GIVE_SURVEY = "give_survey"  # hand a survey over: a link, a card, a code or the tablet
    KEEP_QUESTIONNAIRES = "keep_questionnaires"  # add and retire questionnaires
    CODE_ANSWERS = "code_answers"  # mask open answers and put them into themes
    SEE_VOICE = "see_voice"  # read what victims said, in themes and shares
    KEEP_FINDINGS = "keep_findings"  # write down what was done about what victims said
    MANAGE_ACCOUNTS = "manage_accounts"  # add, change and remove accounts and teams
    READ_AUDIT = "read_audit"  # verify the audit chain and read what kinds of things happened
    KEEP_ACCOUNT = "keep_account"  # change one's own password and second factor, sign out
