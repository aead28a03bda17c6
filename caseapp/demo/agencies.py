"""The invented directory of services: names that nobody has, numbers and addresses kept free."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from caseapp.demo.lives import ServiceTold
from caseapp.directory.entries import Entry

ALL, NORTH, SOUTH = "Whole borough", "North of the borough", "South of the borough"
YOUNG, ADULT, ANY = (10, 25), (18, None), (None, None)
CLOSED = {"Saltmarsh Helpline"}

# name, organisation, needs, ages, languages, access, area, weeks to wait (None: not known)
SERVICES = (
    ("Multi-agency safeguarding hub", "Council", "mash", ANY, "", "interpreters", ALL, 0),
    ("MARAC coordinator", "Council", "other", ANY, "", "interpreters", ALL, 0),
    ("First responder, children's services", "Council", "nrm", ANY, "", "interpreters", ALL, 0),
    ("Youth justice service", "Council", "youth_justice", YOUNG, "", "easy_read", ALL, 1),
    ("Turning Tide programme", "Turning Tide", "perpetrator_programme", ADULT, "Arabic, Portuguese",
     "interpreters", ALL, 5),
    ("Housing options team", "Council", "housing", ADULT, "", "wheelchair interpreters", ALL, 1),
    ("Virtual school", "Council", "education", YOUNG, "", "easy_read quiet_space", ALL, 2),
    ("Hollinbeck Surgery", "Hollinbeck Surgery", "health", ANY, "Arabic, Farsi",
     "wheelchair hearing_loop", NORTH, 1),
    ("Community speech and language therapy", "Quillstone Health", "speech_and_language", YOUNG, "",
     "easy_read home_visits", ALL, 14),
    ("Lanternfield Counselling", "Lanternfield", "counselling", ANY, "French, Spanish, Portuguese",
     "wheelchair quiet_space online", ALL, 9),
    ("Harbourlight ISVA service", "Harbourlight", "isva", ANY, "Somali, Arabic",
     "interpreters quiet_space", ALL, 2),
    ("Fernhollow Community Trust", "Fernhollow Community Trust", "other", ANY, "", "wheelchair",
     NORTH, 1),
    ("Bramwick Refuge", "Bramwick Homes", "housing", ADULT, "Arabic, Bengali, Farsi",
     "childcare interpreters", ALL, 0),
    ("Marlstead Young Women's Space", "Marlstead", "counselling", (13, 21), "", "quiet_space",
     SOUTH, 3),
    ("Corvane Boxing and Mentoring", "Corvane Boys and Girls", "education", (11, 19), "",
     "wheelchair", NORTH, 0),
    ("Otters Debt Advice", "Ottersfield Advice", "debt", ADULT, "Somali", "online", ALL, 3),
    ("Pennyhithe Law Clinic", "Pennyhithe", "nrpf", ADULT, "French, Tigrinya", "interpreters", ALL,
     4),
    ("Silverlode Recovery", "Silverlode", "substance_use", ANY, "", "wheelchair online", ALL, 2),
    ("Yarnbury Maternity Outreach", "Quillstone Health", "pregnancy", ANY, "Arabic, Somali",
     "home_visits", NORTH, 0),
    ("Wexcombe Missing and Return", "Wexcombe", "missing_episodes", YOUNG, "", "home_visits", ALL,
     0),
    ("Thistlebourne Stammer Group", "Thistlebourne", "stammer", YOUNG, "", "quiet_space", SOUTH, 6),
    ("Farrowdale Autism Circle", "Farrowdale", "autism", ANY, "", "quiet_space easy_read", ALL, 10),
    ("Elverstoke ADHD Clinic", "Quillstone Health", "adhd", YOUNG, "", "online", ALL, 26),
    ("Gannetrise Deaf Women's Advocacy", "Gannetrise", "hearing", ADULT, "", "bsl hearing_loop",
     ALL, 2),
    ("Dunmarrow Night Stop", "Dunmarrow", "housing", (16, 25), "", "", NORTH, 0),
    ("Ashlarby Therapy for Young Men", "Ashlarby", "counselling", (14, 25), "", "online", SOUTH, 7),
    ("Velloway Exit from Exploitation", "Velloway", "exploitation", YOUNG, "Portuguese, Spanish",
     "home_visits", ALL, 1),
    ("Rookhampton Trauma Clinic", "Quillstone Health", "mental_health", ADULT, "Farsi",
     "wheelchair interpreters", ALL, 18),
    ("Larkmoor Leaving Care", "Council", "care_status", (16, 25), "", "", ALL, 1),
    ("Saltmarsh Helpline", "Saltmarsh", "counselling", ANY, "", "online", ALL, None),
)  # fmt: skip
LISTS = {  # of the needs that are not kinds of referral
    "debt": "other_need", "nrpf": "other_need", "substance_use": "other_need",
    "pregnancy": "other_need", "missing_episodes": "other_need", "exploitation": "other_need",
    "care_status": "other_need", "stammer": "slcn", "autism": "slcn", "adhd": "slcn",
    "hearing": "disability", "mental_health": "disability",
}  # fmt: skip


def directory(last: date) -> Iterator[Entry]:
    """Every service as it was checked by that day; some a long time ago."""
    for number, row in enumerate(SERVICES):
        name, organisation, need, (youngest, oldest), languages, access, area, weeks = row
        site = f"{organisation.lower().replace(' ', '-').replace(chr(39), '')}.example.org"
        yield Entry(
            id=uuid5(NAMESPACE_URL, f"https://{site}/{number}"),
            name=name,
            organisation=organisation,
            description=f"An invented service of {organisation}.",
            minimum_age=youngest,
            maximum_age=oldest,
            sexes="female" if "Women" in name else "male" if "Young Men" in name else "",
            takes_from_outside=None if number % 7 == 3 else number % 3 != 0,
            waiting_time=_in_words(weeks),
            phone=f"020 7946 0{number + 100:03}",  # kept free by Ofcom for drama
            email=f"hello@{site}",
            url=f"https://{site}/",
            last_checked_on=None if weeks is None else last - timedelta(days=number * 37 % 260),
            is_open=name not in CLOSED,
            needs=(f"{LISTS.get(need, 'referral_kind')}/{need}",) if need != "other" else (),
            areas=(area,),
            languages=tuple(filter(None, languages.split(", "))),
            access=tuple(access.split()),
        )


def services_told(entries: Iterable[Entry]) -> list[ServiceTold]:
    """The same, as the truth file has them."""
    return [
        ServiceTold(name=each.name, organisation=each.organisation, is_open=each.is_open)
        for each in entries
    ]


def _in_words(weeks: int | None) -> str:
    if weeks is None:
        return ""
    return f"About {weeks} weeks" if weeks > 1 else "About a week" if weeks else "No wait"
