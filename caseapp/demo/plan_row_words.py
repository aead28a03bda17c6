"""The sentences that the rows of invented safety plans, and the children's own, are written in."""

from collections.abc import Mapping

# (if this happens, I will do that)
STEPS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "youth_violence": (
        ("They wait at {place}", "I go into the shop and call mum."),
        ("Somebody follows me home", "I stay on the bus and go to the next station."),
        ("They message me at night", "I do not answer. I show my worker in the morning."),
        ("I feel that I want to fight back", "I walk away and ring my cousin."),
    ),
    "domestic_abuse": (
        ("The shouting starts", "I go to the front room, near the door."),
        ("I hear the key in the lock", "I text the word {code_word} to my sister."),
        ("The children are at school", "I ring the school and they stay there."),
        ("I have to leave at night", "I go to {place} and call 999 from there."),
    ),
}
PLACES: Mapping[str, tuple[str, ...]] = {
    "safe_place": ("The library near {place}", "My nan's flat", "The leisure centre, at the desk"),
    "unsafe_place": ("The alley behind {place}", "The car park at {place}, after dark"),
    "safe_route": ("Along {place}, where the shops are open", "The bus to the front door"),
    "unsafe_route": ("The path by the canal", "Past the flats at {place}"),
}
# (who, how to reach them, whether they may know)
PEOPLE = (
    ("My sister", "Her mobile, at any time", True),
    ("My cousin", "Knock at number {number}", True),
    ("Coach", "On {day}s at training", False),
    ("My neighbour", "Number {number}, ring twice", False),
    ("My worker", "The safe number, until five", True),
    ("The lady at the desk in school", "In the office by the door", False),
)
CHILD_LINES: Mapping[str, tuple[str, ...]] = {
    "safe_place": ("I go to my room and close the door.", "I go next door to number {number}."),
    "people": ("My teacher. My auntie.", "Nan and my teacher."),
    "call_help": ("I call 999. I say my name. I live at number {number}.",),
    "code_word": ("Our word is {code_word}.",),
    "stay_away": ("I do not go in between. I wait in my room.",),
    "feel_better": ("I draw. I cuddle my bear.", "I play football with my friend."),
}
# A word of a sentence -> the picture that the person chose for it.
CHOSEN: Mapping[str, str] = {
    "999": "phone", "bag": "bag", "bus": "bus", "sister": "people", "mum": "people",
    "door": "door", "school": "school", "phone": "mobile", "order": "justice", "key": "key",
}  # fmt: skip
# What somebody says of who may know, as they write it themselves.
IN_OWN_LANGUAGE: Mapping[str, str] = {
    "Arabic": "لا أريد أن يعرف أحد.",
    "Farsi": "نمی‌خواهم کسی بداند.",
    "Somali": "Ma rabo in qof kale ogaado.",
    "Portuguese": "Não quero que ninguém saiba.",
    "Spanish": "No quiero que nadie lo sepa.",
    "French": "Je ne veux pas que ça se sache.",
}
