"""What is around an invented person: streets, schools, agencies, and how to reach them safely."""

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
