"""The sentences of an invented episode: incidents, risk, referrals, its end. {gaps} are filled."""

from collections.abc import Mapping

REASONS = (
    "Two incidents in a month and contact at {place}.",
    "Moved away from {place}; no contact since {day}.",
    "Threats have become more exact and name {place}.",
    "Support from family, and the order is kept.",
    "Carries something for protection, by their own account.",
    "Professional judgement: the score does not show the fear.",
)
SUMMARIES = (
    "Referred after an incident at {place}. Wants to feel safe on the way to {school}.",
    "Long history; the latest event was near {place}. Wants practical help first.",
    "First time that anybody has asked. Wants to know what the choices are.",
    "Came through {agency}. Unsure about the police. Wants one worker to talk to.",
)
ASKED_OF: Mapping[str, tuple[str, ...]] = {
    "mash": ("Child in the household saw what happened at {place}; please look at the risk.",),
    "marac": ("High risk of serious harm; safe contact and history are in the form.",),
    "nrm": ("Signs of being made to carry packages from {place}.",),
    "youth_justice": ("One plan instead of two; next meeting before {day}.",),
    "perpetrator_programme": ("A place for the other party, with support here at the same time.",),
    "housing": ("A safe address away from {place}, reachable from {school}.",),
    "education": ("A way back into lessons at {school}.",),
    "health": ("Sleep, pain in the hand, nobody has looked at it since {day}.",),
    "speech_and_language": (
        "Loses the thread in long talks; please assess understanding.",
        "Speaks little in meetings and says yes to all; please screen.",
    ),
    "counselling": ("Nightmares since {day}; wants to talk to somebody outside the family.",),
    "isva": ("Wants to understand what happens after a report.",),
    "other": ("Furniture and a new lock for the flat near {place}.",),
}
WHY_WITHOUT_CONSENT = (
    "Asking would have put them in danger; less than this would not let the agency act.",
    "A child is at risk and that outweighs the refusal, which we respect in all else.",
    "Threat to life; shared the least that makes sense of it, supervisor agreed.",
)
RESULTS = (
    "First appointment kept on {day}.", "Six sessions of eight so far.",
    "Report sent to {school}.", "Moved away from {place}.", "Says it helps to be asked first.",
)  # fmt: skip
CLOSING_NOTES: Mapping[str, tuple[str, ...]] = {
    "needs_met": (
        "Goals reached; knows how to come back. Last meeting at {place}.",
        "Feels safe on most days and has {agency} from now on.",
    ),
    "transferred": ("Handed over to {agency} with a joint meeting.",),
    "moved_area": ("Moved; the new borough's service has the papers.",),
    "disengaged": ("Three calls, two texts and a letter without reply; closed after supervision.",),
    "could_not_contact": ("Never reached: calls and texts at different hours for {weeks} weeks.",),
    "declined": ("Does not want support now. Knows that the door stays open.",),
    "custody": ("In custody since {day}; the worker there has been told what helps.",),
    "died": ("Died; the family has a named contact.",),
    "not_eligible": ("Not for this service; {agency} has agreed to see them.",),
}
WHAT_HELPS = (
    "Short sentences, one idea at a time.",
    "Time to answer; count to ten before asking again.",
    "Draw it. Use the map.",
    "Write down what was agreed.",
    "Quiet room, no strip light.",
    "A trusted adult beside them.",
)
INCIDENTS: Mapping[str, tuple[str, ...]] = {
    "grievous_bodily_harm": (
        "Attacked at {place} by {who} and badly hurt.",
        "Stabbed or cut near {place}; operated on the same night.",
    ),
    "actual_bodily_harm": (
        "Punched and kicked at {place} by {who}.",
        "Hit in the face at {place}.",
    ),
    "common_assault": ("Pushed and slapped at {place} by {who}.",),
    "personal_robbery": (
        "Phone and bag taken at {place} by {who}.",
        "Jacket and trainers taken near {place}; a blade was shown.",
    ),
    "threats_to_kill": ("{who} said at {place} that they would not see the summer.",),
    "exploitation": (
        "Made to carry packages from {place} for {who}.",
        "Taken out of London by {who} and left at {place}.",
    ),
    "sexual_assault": ("Touched against their will at {place} by {who}.",),
    "rape": ("Reported rape at {place} by {who}.",),
    "assault_by_penetration": ("Reported assault by penetration at {place} by {who}.",),
    "harassment_or_stalking": ("Followed to {place} and messaged all week by {who}.",),
    "violence_against_property": ("Door at {place} kicked in by {who}.",),
    "homicide": ("Survived an attempt on their life near {place}.",),
    "controlling_or_coercive": (
        "Phone, money and visits controlled by {who} since they lived at {place}.",
        "Made to ask {who} before leaving {place}.",
    ),
}
