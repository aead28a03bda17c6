"""The sentences that invented casework is written in. {gaps} are filled by the story."""

from collections.abc import Mapping

STREET_STARTS = (
    "Larkmoor", "Quillstone", "Bramwick", "Ottersfield", "Hollinbeck", "Tamsin", "Wexcombe",
    "Farrowdale", "Silverlode", "Pennyhithe", "Marlstead", "Corvane", "Ashlarby", "Dunmarrow",
    "Velloway", "Thistlebourne", "Gannetrise", "Rookhampton", "Elverstoke", "Yarnbury",
)  # fmt: skip
STREET_ENDS = ("Gardens", "Row", "Mews", "Walk", "Place", "Terrace", "Crescent", "Lane", "Court")
OUTWARD = {
    "E05009391": "SW10", "E05009392": "W11", "E05009394": "W10", "E05009395": "SW5",
    "E05009396": "W10", "E05009399": "W11", "E05009404": "W10",
}  # fmt: skip
OUTWARD_ELSEWHERE = ("NW10", "W12", "SW6", "W2", "SE17", "N17", "E8", "CR0", "NW6", "W9", "SW11")
# No real postcode ends in these letters: Royal Mail leaves C, I, K, M, O and V out.
NEVER_IN_A_POSTCODE = "CIKMOV"

SCHOOLS = (
    "St Aldhelm's Academy", "Velloway Sixth Form", "Marlstead School", "Quillstone College",
    "The Bramwick Centre (alternative provision)", "Elverstoke Primary", "Thistlebourne High",
)  # fmt: skip
# Kept free for drama by Ofcom: mobiles, then London, Leeds, Sheffield and so on.
DRAMA_NUMBERS = (
    "07700 900", "020 7946 0", "0113 496 0", "0114 496 0", "0115 496 0", "0116 496 0",
    "0117 496 0", "0118 496 0", "0121 496 0", "0131 496 0", "0141 496 0", "0151 496 0",
    "0161 496 0", "0191 498 0", "01632 960 ",
)  # fmt: skip
GPS = ("Hollinbeck Surgery", "Corvane Practice", "Pennyhithe Health Centre", "Ottersfield Surgery")
AGENCIES: Mapping[str, str] = {
    "mash": "Multi-agency safeguarding hub",
    "marac": "MARAC coordinator",
    "nrm": "First responder, children's services",
    "youth_justice": "Youth justice service",
    "perpetrator_programme": "Turning Tide programme",
    "housing": "Housing options team",
    "education": "Virtual school",
    "health": "Hollinbeck Surgery",
    "speech_and_language": "Community speech and language therapy",
    "counselling": "Lanternfield Counselling",
    "isva": "Harbourlight ISVA service",
    "other": "Fernhollow Community Trust",
}
REFERRERS = (
    "duty social worker", "school safeguarding lead", "police sergeant on the domestic abuse team",
    "ward sister", "youth worker", "housing officer", "GP", "their aunt", "probation officer",
)  # fmt: skip
HOURS = (
    "weekdays after 4pm", "school days 3.30 to 5pm", "mornings before 11", "any time by text first",
    "Tuesday and Thursday lunchtime", "weekdays 10 to 2, when they are alone",
)  # fmt: skip
MAY_ANSWER = ("their mum", "their sister", "nobody else", "their older brother", "a flatmate")
WORDINGS = (
    "Say you are calling about the library card.",
    "Say it is the college about a course.",
    "Say it is the dentist and that you will ring again.",
    "Give your first name only.",
)
ALERTS = (
    "Do not send post to this address.",
    "Two workers on home visits.",
    "Dog in the flat.",
    "Phone may be looked at by somebody else.",
    "Will not meet near the canal.",
    "Ask before sitting with your back to the door.",
)

OPENINGS: Mapping[str, tuple[str, ...]] = {
    "phone_call": (
        "Called {name} on the safe number.", "{name} rang back after my message.",
        "Short call with {name}, who was on the way to {place}.",
        "Spoke with {name} for a quarter of an hour; they had privacy.",
    ),
    "text_message": (
        "{name} replied to my text.", "Exchanged texts with {name} about {place}.",
        "{name} texted first and asked me to ring.",
    ),
    "email": ("{name} wrote from the safe address.", "Answered {name}'s email."),
    "video_call": ("Video call with {name}, camera off as they asked.",),
    "home_visit": (
        "Visited {name} at home.", "Home visit with a colleague; {name} made tea.",
        "Called at {place}; {name} came down to the door.",
    ),
    "office_meeting": (
        "{name} came to the office.", "Met {name} here, quiet room, door open.",
        "{name} arrived early and waited with reception.",
    ),
    "community_meeting": (
        "Met {name} at the cafe near {place}.", "Walked round the park with {name}.",
        "Sat with {name} in the library by {place}.",
    ),
    "school_visit": ("Saw {name} at school with the safeguarding lead.", "Met {name} at college."),
    "hospital_visit": ("Visited {name} on the ward.", "Saw {name} in A and E with their mum."),
    "court": ("Went to court with {name}.", "Sat with {name} in the witness room."),
    "agency_contact": ("Rang {agency} about {name}.", "{agency} called about {name}."),
    "multi_agency_meeting": ("Meeting about {name} with {agency} and school.",),
    "supervision": ("Talked {name}'s case through in supervision.",),
    "case_record": ("Read the papers that {agency} sent about {name}.",),
}  # fmt: skip

FACTS: Mapping[str, tuple[str, ...]] = {
    "youth_violence": (
        "{name} said that three boys followed them from the bus stop to {place} on {day}.",
        "Somebody has put a video of the fight near {place} online again.",
        "{name} has not been to {school} since {day}.",
        "They travel by a longer way now and get off two stops before {place}.",
        "An older boy offered {name} new trainers and asked for nothing yet.",
        "{name} showed me messages that say they will be seen at {place}.",
        "Stitches came out on {day}; the hand still hurts when it is cold.",
        "{name}'s mum found a knife under the mattress and called us before the police.",
        "They were stopped by officers at {place} and say nobody told them why.",
        "{school} will let {name} leave ten minutes early.",
        "A cousin in another borough can take {name} in for the weekend.",
        "{name} went back to boxing on {day} and stayed for the whole hour.",
        "{name} owes eighty pounds and says it was for a phone.",
        "The phone was taken near {place}; {name} has a new number.",
    ),
    "idva": (
        "{name} said that he waited outside {place} on {day} and left when a neighbour came.",
        "He rang fourteen times on {day} from a withheld number.",
        "{name} has moved the passports to a sister's flat.",
        "The children heard shouting on {day}; the younger one hid in the bathroom.",
        "A tracker was found in the lining of the bag that he gave back.",
        "{name} has no money of their own; the card is declined at {place}.",
        "The locks at {place} were changed on {day}.",
        "He told {name} that they would never see the children again.",
        "{name} wore a scarf; there were marks on the neck from {day}.",
        "The order runs until spring; {name} keeps a copy in the car.",
        "His brother came to {place} and asked who {name} speaks to.",
        "{name} slept at a friend's near {place} for three nights.",
        "The school now has the list of who may collect the children.",
        "{name} wants to stay in the flat if it can be made safe.",
    ),
    "sexual_violence": (
        "{name} remembered more about the evening at {place} and wrote it down.",
        "The officer in the case has changed for the second time; {name} heard on {day}.",
        "{name} has not slept through a night since {day}.",
        "The clinic appointment is on {day}; {name} wants me to wait outside.",
        "A friend of his wrote to {name} and asked them to drop it.",
        "{name} crosses the road before {place} and cannot say why yet.",
        "They told their sister on {day}; it went better than they feared.",
        "{name} asked what happens to the phone if they hand it over.",
        "Counselling will start in {weeks} weeks.",
        "{name} left the course because he is in the same group.",
        "They do not want a report to the police now, and know that they can later.",
        "{name} managed the whole journey past {place} alone on {day}.",
    ),
}

MIDDLES = (
    "We went through the plan and changed who to call first.",
    "{name} asked me to repeat it in shorter sentences, then drew it.",
    "I explained what happens next and gave it in writing.",
    "We agreed a word that means: call the police.",
    "I said what I must pass on, and to whom, before {name} went on.",
    "The interpreter stayed on the line for all of it.",
    "{name} was quiet for a long time and then talked about {place}.",
    "There was a bag packed behind the door.",
    "We looked at the map and marked where it feels safe.",
    "{name} laughed once, about the dog from {place}.",
    "I rang {agency} while we were together.",
    "{name} would like the next meeting away from {place}.",
    "No new injury to be seen.",
    "Eating little, and up most nights until {hour}.",
)
ENDINGS = (
    "Next contact on {day}.",
    "They will text me when they are home.",
    "{agency} to call back by {day}.",
    "I will write to {agency}.",
    "Left the card with the number on it, folded small.",
    "Agreed to speak again in {weeks} weeks.",
    "Nothing else to note.",
    "I stayed until the lift came.",
)
ABOUT = (
    "{agency} will hold a place for {name} until {day}.",
    "They have not been able to reach {name} either since {day}.",
    "They will not share the address near {place} with anybody else.",
    "The worker there has changed; the new one starts on {day}.",
    "We compared what each of us knows about {place}.",
    "They asked for the risk level and I gave it, with the reason.",
    "No more than needed was shared; the log has the basis.",
    "Housing has found nothing yet outside {place}.",
)
# Type of note, how it went, what is written.
NO_CONTACT = (
    ("phone_call", "no_answer", "No answer on the safe number at {hour}. No voicemail left."),
    ("phone_call", "message_left", "Left the agreed words on the safe number at {hour}."),
    ("phone_call", "not_safe", "{name} could not talk, so we ended at {hour}."),
    ("phone_call", "no_answer", "Somebody else picked up. Used the agreed wording and rang off."),
    ("text_message", "no_answer", "Texted {name} the agreed wording; no reply by {hour}."),
    ("community_meeting", "did_not_attend", "{name} was not at {place}. Waited until {hour}."),
    ("office_meeting", "did_not_attend", "{name} did not come on {day}. Waited until {hour}."),
    ("office_meeting", "cancelled", "{name} cancelled an hour before and asked for {day}."),
    ("home_visit", "no_answer", "Rang at {place} at {hour}; nobody came to the door."),
)
OPINIONS = (
    "I think the risk is higher than the score shows.",
    "I believe that {name} is minimising what happened at {place}.",
    "My impression is that somebody was listening.",
    "It seems to me that things are calmer since {day}.",
    "I worry more about the weekend than about the week.",
    "I think {name} understood about half of the letter.",
    "In my view {name} is ready to do more alone.",
    "I am not sure that the flat near {place} is safe.",
)
OWN_TONGUE: Mapping[str, str] = {
    "Arabic": "كتبت بلغتها: «لا أريد أن يعرف أحد».",
    "Farsi": "خودش نوشت: «نمی‌خواهم کسی بداند».",
    "Somali": "Wuxuu qoray: “Ma rabo in qof kale ogaado.”",
    "Portuguese": "Escreveu: «Não quero que ninguém saiba.»",
    "Spanish": "Escribió: «No quiero que nadie lo sepa.»",
    "French": "A écrit : « Je ne veux pas que ça se sache. »",
    "Bengali": "নিজের ভাষায় লিখেছেন: “কাউকে বলবেন না।”",
    "Tigrinya": "ብቋንቋኡ ጽሒፉ፦ “ንማንም ኣይትንገሩ።”",
    "English": "Ended with a text: thank you 🙏🏽, will be ok ✌️",
}

NEXT_ACTIONS = (
    "Ring {agency}", "Send the letter in easy words", "Ask {agency} for a date",
    "Check the lock at {place}", "Book the interpreter", "Update the safety plan",
)  # fmt: skip
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
