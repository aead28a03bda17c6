"""The sentences that invented safety plans are written in. {gaps} are filled by the story."""

from collections.abc import Mapping

BY_THE_WORKER = (
    "Walked the way together on {day}; it takes nine minutes.",
    "{agency} knows and has the number.",
    "Practised the call and the code word.",
    "Agreed to look at this again when the order ends.",
    "Drew it on the map that {name} keeps.",
)
PLAN_LINES: Mapping[str, tuple[str, ...]] = {
    "emergency": (
        "I call 999. If I cannot talk I press 55.",
        "I go to {place} and call from there.",
    ),
    "at_home": ("The kitchen is not safe. I go to the front room.", "I keep my shoes by the door."),
    "neighbours": ("My neighbour at number {number} knows the word {code_word}.",),
    "escape_route": ("The back stairs lead to {place}.", "I have tried the way out in the dark."),
    "leaving": (
        "My bag is at my friend's flat near {place}.",
        "I can go to {place}, day or night.",
    ),
    "places": ("I am safe near {place}.", "I do not shop at {place} any more."),
    "children": ("They know to go to number {number}.", "Only my sister may collect them."),
    "phone_online": ("I have turned off my location.", "My second phone is with a friend."),
    "money_documents": ("Copies are with my sister.", "I have twenty pounds in my shoe."),
    "work_college": ("My manager knows and walks me to {place}.",),
    "after_separation": ("We hand over the children at {place} and never at home.",),
    "court_orders": ("I keep the order in my bag. If it is broken I call 101 or 999.",),
    "wellbeing": (
        "Music, my sister, the pool on Sunday.",
        "I write it down before I sleep. I want to be the one who decides.",
        "I want my kids to sleep. I want my own key.",
    ),
    "home": ("My nan's place is the calmest.", "I tell mum when I am ten minutes away."),
    "peers": (
        "I stay with my two friends from football.",
        "I do not answer the group chat at night.",
    ),
    "school": ("I go to the safeguarding lead at {school}.", "I leave ten minutes early."),
    "neighbourhood": ("I do not go past {place} after dark.", "The library near {place} is fine."),
    "online": ("I blocked four accounts.", "I do not post where I am."),
    "travel": ("I get off two stops before {place}.", "My cousin comes with me on {day}s."),
    "warning_signs": (
        "My stomach goes tight.",
        "I go quiet and check my phone a lot.",
        "I keep looking behind me. I want to go to school and not do that.",
    ),
    "if_then": ("If they wait at {place}, I will go into the shop and call mum.",),
    "safe_people": ("Mum, my cousin, my worker.", "Coach, on his mobile."),
    "who_may_know": ("Mum and school. Not my brother.", "Nobody at home."),
    "after_incident": ("I ask the nurse to ring my worker.", "Mum comes with me to the police."),
}
CODE_WORDS = ("pineapple", "raincoat", "Tuesday", "marmalade", "lighthouse", "blue kettle")
