"""The sentences of invented casework beside the notes. {gaps} are filled by the story."""

from collections.abc import Mapping

PROGRAMME = "Turning Tide programme"
FIRST_RESPONDER = "Children's services of the council"
WHY_NOT_TOLD = "To tell them now would put them in danger; they will hear when it is safe."

CONCERNS: Mapping[str, tuple[str, ...]] = {
    "harm_to_self": ("Says that it would not matter if something happened.",),
    "harm_from_others": (
        "Named in a video; two boys from near {place} are looking for them.",
        "Attacked twice on the way to {school}.",
    ),
    "harm_to_others": ("Says that they will get even with whoever did it.",),
    "exploitation": (
        "Owes money for a phone, and runs errands near {place}.",
        "New trainers, no explanation; away from {day} to the next morning.",
    ),
    "weapons": ("Carries a blade for protection, by their own account.",),
    "places": ("Not safe at {place} or on the bus after {hour}.",),
    "peers": ("Friends from primary school are now on two sides.",),
    "online": ("Threats in a group chat since {day}.",),
    "protective_factors": ("Few adults they trust; boxing and an aunt are two.",),
}

FACTS_OF_THEM: Mapping[str, tuple[str, ...]] = {
    "address": (),
    "bail": (
        "Not to make contact or go within 100 metres of {place}, until the hearing.",
        "To live and sleep at a relative's address outside the borough.",
    ),
    "order": ("Non-molestation order, runs for 12 months.", "Restraining order until spring."),
    "charge": ("Charged with assault; first hearing on {day}.",),
    "sentence": ("18-month community order with a programme requirement.",),
    "work": ("Drives deliveries in the evenings, often near {place}.",),
    "vehicle": ("White van, a dent in the near side door.",),
    "weapon": ("Has kept a knife in the car, said somebody who saw it.",),
    "other": ("Drinks from Friday on; things are worse then.", "Knows the way to {school}."),
}

SHARED = (
    "That {name} is safe where they are, and the name of their worker.",
    "That {name} needs a safe way into the building.",
    "The risk level and what has changed since {day}.",
    "How {name} wants to be spoken to.",
)
PURPOSES = ("To keep them safe at home", "One plan instead of two", "To find them a safe address")
NECESSITY = (
    "Without the address the agency cannot act; no more than that was given.",
    "The risk is of serious harm; a summary would not let them judge it.",
    "A child is in the household, and the school alone sees them each day.",
)

OUR_ACTIONS = (
    "Go through the safety plan again and order an alarm",
    "Meet her with the housing officer",
    "Ask for the locks to be changed",
    "Support with the application for an order",
)
THEIR_ACTIONS: Mapping[str, str] = {
    "housing": "Offer a managed move outside the borough",
    "mash": "Speak with the school and see the children alone",
    "health": "Put a marker on the record, and ask about injuries",
    "perpetrator_programme": "Offer the other party a place",
}
DONE = ("Done, they were told on {day}.", "Done by phone.", "In place since {day}.")
HEARD = (
    "All agencies share one plan; the risk was agreed as high.",
    "Police will put a marker on the address; housing looks for a move.",
    "The plan holds for three months; to come back if anything new happens.",
)
FED_BACK = (
    "Told what each agency will do. Glad about the locks, worried about the school.",
    "Told in short sentences; asked who will know the new address.",
)
WISHES = "To stay in the borough near family, and to be left alone."
RISKS = (
    "Separation is recent; he knows where the children go to school. Worse after drinking, and"
    " on the days of contact."
)

TASKS_NOW = (
    ("", "Send the housing officer the letter of support"),
    ("phone", "Ring about how the night was"),
    ("", "Chase the date of the hearing"),
    ("in_person_at_ours", "Meet about the safety plan"),
)

OWN_WORDS = (
    "I sleep when my sister is here.",
    "I know who to ring now.",
    "I still look behind me at {place}.",
    "College is the best part of the week.",
    "It is quieter. I do not trust it yet.",
)
AGREED_TO_CLOSE = (
    "Agreed. The plan stays with them and they know how to come back.",
    "Agreed after supervision.",
    "Agreed; thank you for the last visit.",
)
SENT_BACK = (
    "Please try once more at a different hour, and ask the school.",
    "The exit measures are missing; please ask before we close.",
)
WHILE_WAITING = (
    "Rang whoever referred them; somebody will be free on Monday.",
    "Told them that we will call within the week, and whom to ring until then.",
)
DECLINED_WORDS = "Spoke with whoever referred them; they were told where to go instead."
