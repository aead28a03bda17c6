"""What invented people say in their own words, and what was done about it. Nobody's words."""

from typing import NamedTuple

HIDDEN = "[hidden]"
SAID = {
    "being_believed": (
        "She believed me from the first day.",
        f"{HIDDEN} listened and did not ask why I had stayed.",
        "Nobody told me that it was my own fault.",
    ),
    "same_worker": (
        "It was the same person each time, so I did not have to begin again.",
        f"That {HIDDEN} rang each week, also when nothing had happened.",
    ),
    "safety_plan": (
        "The plan on paper. I know now which door to take.",
        "We wrote down who I ring first, and it worked.",
    ),
    "safer_home": (
        f"The new lock, and the light at {HIDDEN}.",
        "That somebody came to see to the windows.",
    ),
    "police_and_courts": (
        "Somebody sat beside me in court.",
        f"They told me what the letter from {HIDDEN} meant.",
    ),
    "justice_done": ("That he had to answer for it.",),
    "health_and_counselling": (
        "Talking once a week with the counsellor.",
        "I sleep again since I went to the group.",
    ),
    "money_and_housing": (
        "The form for the money was done in one morning.",
        f"A room of our own in {HIDDEN}.",
    ),
    "school_or_work": (f"My teacher at {HIDDEN} let me come later.",),
    "own_language": (
        "Somebody spoke my language when I rang.",
        "The letters with pictures. I could read them by myself.",
    ),
    "family_and_friends": ("My sister, once she knew.",),
    "something_else": ("A cup of tea and no hurry.",),
    "nothing_yet": ("Nothing yet. I am still waiting.",),
}

# (language, text) as people send them: nobody has hidden anything yet.
WAITING = (
    (
        "en",
        "My worker Sagal Warsame rang me each Friday. I live near Golborne Road.",
    ),
    ("en", "honestly it was mr okafor at my school, he let me sit in his room"),
    ("en", "Ring me on 07700 900 417 if you want to know more. The plan helped."),
    ("so", "Waxaa i caawisay marwo Hodan. Way i dhageysatay."),
    ("ar", "ساعدتني السيدة فاطمة كثيرا، واتصلت بي كل أسبوع."),
    ("pt", "A senhora Conceição falou português comigo."),
    ("en", "=SUM(1) <b>they</b> believed me, that is all"),
    ("en", "Being listened to."),
)

COMMUNITY_SAID = (
    "They should be there at the weekend too.",
    f"A sign at {HIDDEN}. I only heard of it from my neighbour.",
    "Somebody I can text. I cannot ring from home.",
    "A place where nobody sees me go in.",
)
COMMUNITY_WAITING = (
    ("en", "A poster at the surgery in Dalgarno, the one by Dr Mensah."),
    ("fa", "کسی که به زبان من حرف بزند، مثل خانم رضایی."),
    ("en", "open later please"),
)


class Found(NamedTuple):
    """`since`, `until`: months before the last one that is told; `action`: of the plan."""

    said: str
    done: str
    state: str
    stage: str
    theme: str
    since: int
    until: int
    action: str = ""


FINDINGS = (
    Found(
        "We have to tell the same story to each new worker.",
        "You keep the same worker until the end, and choose what we pass on.",
        "done", "exit", "same_worker", 5, 3,
    ),
    Found(
        "We do not always understand the letters that we get.",
        "You get letters in your language and with pictures, if you ask us for it.",
        "being_done", "review", "own_language", 4, 2,
        "Agree with Black-led groups how services reach their communities",
    ),
    Found(
        "We wait too long for somebody to ring us.", "", "heard", "exit", "", 2, 1,
        "Ask victims what helped at the start, at reviews and at the end",
    ),
    Found(
        "We want to choose whether it is a woman or a man who comes.",
        "We ask you first. At night there is one worker, so we cannot promise it then.",
        "cannot", "exit", "being_believed", 5, 2,
    ),
)  # fmt: skip
