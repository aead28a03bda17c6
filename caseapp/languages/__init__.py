"""The languages that people outside the service read, and our own phrases in each of them."""

from caseapp.languages.catalogues import Catalogue, State, catalogue, insist_on_every_language
from caseapp.languages.speaker_reviews import SpeakerReview, speaker_review_of
from caseapp.languages.spoken import LANGUAGES, Language, language_for

__all__ = [
    "LANGUAGES",
    "Catalogue",
    "Language",
    "SpeakerReview",
    "State",
    "catalogue",
    "insist_on_every_language",
    "language_for",
    "speaker_review_of",
]
