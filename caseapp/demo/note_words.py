"""The sentences that invented notes are written in. {gaps} are filled by the story."""

from collections.abc import Mapping

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
