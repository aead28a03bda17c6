"""What stands in the filled plan: made-up sentences, by kind and section, the person's and the
worker's. A section that is not named here is left empty."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]

YOUTH: Words = {
    "home": (
        ("Mum is at home after six.", "My room is quiet and I can lock it."),
        ("Mum has the number of the team.",),
    ),
    "peers": (("I stay with my two friends from football.", "I mute the group chat at night."), ()),
    "school": (
        ("I go to Ms Okafor if I feel scared.", "I leave by the side gate."),
        ("The school lets him leave ten minutes early.", "Ms Okafor meets him at the gate."),
    ),
    "neighbourhood": (("The library is calm.", "I do not go past the shops after dark."), ()),
    "online": (("I turned off my location.", "I blocked four accounts."), ()),
    "travel": (("I get off the bus two stops early.", "My cousin walks with me."), ()),
    "warning_signs": (("My stomach goes tight.", "I keep looking behind me."), ()),
    "if_then": (("I say it out loud so that I remember.",), ()),
    "safe_people": (("I can ring any of them at any hour.",), ()),
    "who_may_know": (("Mum and my school may see this.", "My friends do not need to."), ()),
}
DOMESTIC: Words = {
    "emergency": (
        ("I call 999.", "If I cannot talk, I press 55.", "I go to the front room, near the door."),
        ("We practised the call together.",),
    ),
    "warning_signs": (("It goes very quiet.", "The car comes home early."), ()),
    "if_then": (("I keep my shoes by the door.",), ()),
    "at_home": (("The kitchen is not safe.", "I go to the room with the balcony."), ()),
    "neighbours": (("The code word is marmalade.", "Mrs Silva at number 12 calls the police."), ()),
    "escape_route": (("I go down the back stairs.", "I tried it in the dark."), ()),
    "leaving": (
        ("My bag is at my sister’s flat.", "I can go there day or night."),
        ("A place in a refuge was talked through.", "We ask again if she wants one."),
    ),
    "places": (("I take a different way each day.",), ()),
    "safe_people": (("They know that I may ring at night.",), ()),
    "who_may_know": (("Only my sister may see this.",), ()),
    "children": (("They go to number 12.", "Only my sister may collect them."), ()),
    "phone_online": (("My second phone is at work.", "I changed all of my passwords."), ()),
    "money_documents": (("Copies of our passports are with my sister.",), ()),
    "work_college": ((), ("Her manager walks her to the station.",)),
    "after_separation": (("The locks are changed.",), ()),
    "wellbeing": (("I swim on Sundays.", "I want my own key."), ()),
}
CHILD: Words = {
    "safe_place": (("I go to my room and shut the door.",), ()),
    "people": (("I can tell Auntie Rosa.", "I can tell my teacher."), ()),
    "call_help": (("I call 999.", "I say: 14 Elm Court."), ()),
    "code_word": (("Our word is marmalade.",), ()),
    "stay_away": (("I wait with my sister until it is quiet.",), ()),
    "feel_better": (("I draw and I cuddle the cat.",), ()),
}
# Said by the person in their own language, at the head of the first section.
SAID: Mapping[str, tuple[str, ...]] = {
    "en": (),
    "ar": ("أتصل بأختي زينب على الرقم 07700 900123.", "أذهب إلى المكتبة (Kensal Library) وأنتظر."),
    "fa": ("به خواهرم زینب زنگ می‌زنم: 07700 900123.", "به کتابخانه (Kensal Library) می‌روم."),
    "fr": ("J’appelle ma sœur Zaïnab.", "Je vais à la bibliothèque et j’attends."),
    "pt": ("Ligo à minha irmã Conceição.", "Vou para a biblioteca e espero."),
    "so": ("Waxaan wacayaa walaashay Xaawo.", "Waxaan tagayaa maktabadda, waana sugayaa."),
    "es": ("Llamo a mi hermana Begoña.", "Voy a la biblioteca y espero."),
}
