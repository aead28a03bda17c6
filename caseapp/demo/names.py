"""Invented names in the scripts and shapes that a London service really meets.

Given and family names are drawn apart from each other, so a full name is nobody's on purpose.
"""

from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Any, NamedTuple

from faker import Factory

from caseapp.demo.borough import Weights, pick


class Name(NamedTuple):
    given: str
    family: str  # empty for somebody with one name
    script: str
    language: str


class Pool(NamedTuple):
    """Names that the Faker library does not have. Given names of women, of men; family names."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]


# culture: (script, first language, Faker locale or the name of a pool below)
CULTURES: Mapping[str, tuple[str, str, str]] = {
    "british": ("latin", "English", "en_GB"),
    "irish": ("latin", "English", "ga_IE"),
    "french": ("latin", "French", "fr_FR"),
    "spanish": ("latin", "Spanish", "es_ES"),
    "portuguese": ("latin", "Portuguese", "pt_PT"),
    "italian": ("latin", "Italian", "it_IT"),
    "czech": ("latin", "Czech", "cs_CZ"),
    "romanian": ("latin", "Romanian", "ro_RO"),
    "turkish": ("latin", "Turkish", "tr_TR"),
    "vietnamese": ("latin", "Vietnamese", "vi_VN"),
    "pakistani": ("latin", "Urdu", "en_PK"),
    "yoruba": ("latin", "Yoruba", "yo_NG"),
    "igbo": ("latin", "Igbo", "ig_NG"),
    "akan": ("latin", "Twi", "tw_GH"),
    "swahili": ("latin", "Swahili", "sw"),
    "russian": ("cyrillic", "Russian", "ru_RU"),
    "ukrainian": ("cyrillic", "Ukrainian", "uk_UA"),
    "bulgarian": ("cyrillic", "Bulgarian", "bg_BG"),
    "greek": ("greek", "Greek", "el_GR"),
    "georgian": ("georgian", "Georgian", "ka_GE"),
    "armenian": ("armenian", "Armenian", "hy_AM"),
    "hebrew": ("hebrew", "Hebrew", "he_IL"),
    "arab": ("arabic", "Arabic", "ar_AA"),
    "persian": ("arabic", "Farsi", "fa_IR"),
    "hindi": ("devanagari", "Hindi", "hi_IN"),
    "nepali": ("devanagari", "Nepali", "ne_NP"),
    "tamil": ("tamil", "Tamil", "ta_IN"),
    "bengali": ("bengali", "Bengali", "bn_BD"),
    "chinese": ("han", "Mandarin", "zh_CN"),
    "japanese": ("han", "Japanese", "ja_JP"),
    "korean": ("hangul", "Korean", "ko_KR"),
    "thai": ("thai", "Thai", "th_TH"),
    "amharic": ("ethiopic", "Amharic", "amharic"),
    "tigrinya": ("ethiopic", "Tigrinya", "tigrinya"),
    "somali": ("latin", "Somali", "somali"),
    "punjabi": ("gurmukhi", "Punjabi", "punjabi"),
    "one_name": ("latin", "Dari", "one_name"),
    "long_name": ("latin", "Portuguese", "long_name"),
    "joined_name": ("latin", "English", "joined_name"),
}

# Which culture's names go with which ethnic group: ours, a rough picture.
CULTURES_OF: Mapping[str, Weights] = {
    "white_british": {"british": 0.93, "joined_name": 0.07},
    "white_irish": {"irish": 0.5, "british": 0.4, "joined_name": 0.1},
    "white_gypsy_traveller": {"british": 1},
    "white_roma": {"romanian": 0.7, "czech": 0.3},
    "white_other": {
        "french": 0.17, "spanish": 0.13, "portuguese": 0.14, "italian": 0.15, "czech": 0.05,
        "turkish": 0.05, "russian": 0.08, "ukrainian": 0.07, "bulgarian": 0.03, "greek": 0.05,
        "georgian": 0.02, "armenian": 0.02, "hebrew": 0.01, "long_name": 0.03,
    },
    "mixed_white_black_caribbean": {"british": 0.9, "joined_name": 0.1},
    "mixed_white_black_african": {"british": 0.6, "yoruba": 0.2, "french": 0.2},
    "mixed_white_asian": {"british": 0.7, "vietnamese": 0.1, "pakistani": 0.1, "chinese": 0.1},
    "mixed_other": {"british": 0.4, "spanish": 0.2, "persian": 0.2, "long_name": 0.2},
    "asian_indian": {"hindi": 0.5, "tamil": 0.2, "punjabi": 0.3},
    "asian_pakistani": {"pakistani": 1},
    "asian_bangladeshi": {"bengali": 1},
    "asian_chinese": {"chinese": 1},
    "asian_other": {
        "nepali": 0.1, "vietnamese": 0.2, "thai": 0.1, "korean": 0.15, "japanese": 0.15,
        "tamil": 0.1, "one_name": 0.2,
    },
    "black_caribbean": {"british": 0.88, "joined_name": 0.12},
    "black_african": {
        "somali": 0.28, "amharic": 0.11, "tigrinya": 0.12, "yoruba": 0.17, "igbo": 0.08,
        "akan": 0.12, "swahili": 0.12,
    },
    "black_other": {"french": 0.4, "portuguese": 0.2, "british": 0.4},
    "other_arab": {"arab": 1},
    "other_any": {"persian": 0.6, "long_name": 0.1, "one_name": 0.15, "spanish": 0.15},
}  # fmt: skip

POOLS: Mapping[str, Pool] = {
    "amharic": Pool(
        ("ሰላም", "ቤተልሔም", "ትዕግሥት", "ሕይወት", "ማርታ", "ሰብለወንጌል", "ራሔል", "እመቤት"),
        ("ዳዊት", "ብርሃኑ", "ተስፋዬ", "ዮናስ", "ኃይሉ", "አበበ", "ሳሙኤል", "ይስሐቅ"),
        ("ገብረማርያም", "ወልደሥላሴ", "ታደሰ", "መኮንን", "አለማየሁ", "በቀለ", "ደምሴ", "ከበደ"),
    ),
    "tigrinya": Pool(
        ("ሰምሃር", "ኣበባ", "ምሕረት", "ፍረወይኒ", "ለተብርሃን", "ዮርዳኖስ", "ኤልሳ", "ሳባ"),
        ("ኪዳነ", "ሃይለ", "ኣማኑኤል", "ፊልሞን", "ዮሴፍ", "መርሃዊ", "ሮቤል", "ኣብርሃም"),
        ("ተስፋሚካኤል", "ገብረሂወት", "ወልደገብርኤል", "ሃብተማርያም", "በርሀ", "ተኽለ", "ዑቕባዝጊ"),
    ),
    "somali": Pool(
        ("Ubax", "Hodan", "Ifrah", "Sagal", "Deeqa", "Faadumo", "Xaawo", "Cawo"),
        ("Cabdiraxmaan", "Liibaan", "Guuleed", "Warsame", "Axmed", "Bilaal", "Cali", "Saalax"),
        (
            "Xasan Maxamuud",
            "Cabdi Nuur",
            "Jaamac Faarax",
            "Cilmi Rooble",
            "Xirsi",
            "Cismaan Yuusuf",
        ),
    ),
    "punjabi": Pool(
        ("ਜਸਪ੍ਰੀਤ", "ਹਰਲੀਨ", "ਸਿਮਰਨ", "ਮਨਦੀਪ", "ਗੁਰਲੀਨ", "ਅਮ੍ਰਿਤ"),
        ("ਗੁਰਪ੍ਰੀਤ", "ਹਰਜੀਤ", "ਅਰਜਨ", "ਬਲਵਿੰਦਰ", "ਦਿਲਜੀਤ", "ਕੁਲਦੀਪ"),
        ("ਕੌਰ ਸੰਧੂ", "ਗਿੱਲ", "ਢਿੱਲੋਂ", "ਬਰਾੜ", "ਗਰੇਵਾਲ", "ਧਾਲੀਵਾਲ"),
    ),
    "one_name": Pool(
        ("Nargis", "Wulandari", "Shabnam", "Thevaki", "Pemba", "Zarghuna"),
        ("Suryono", "Nangyalai", "Tenzin", "Kumaravel", "Zmarai", "Ehsanullah"),
        ("",),
    ),
    "long_name": Pool(
        (
            "Maria Guilhermina Antonieta da Conceição",
            "Anastasia-Theodora Wilhelmina Philippa",
            "Nomvuyisekokuthula Thandolwethu",
            "Ana Belén de la Santísima Trinidad",
        ),
        (
            "Oluwaseunfunmilayomitunde Babajidechukwu",
            "João Sebastião Henrique Bartolomeu",
            "Maximilian-Alexander Ferdinand Konstantin",
            "Ratnayakelage Thushara Priyadarshana",
        ),
        (
            "van der Westhuizen-Featherstonehaugh",
            "Rasoanaivorakotomalalandriamampionona",
            "de Albuquerque e Vasconcelos Figueiredo Montenegro",
            "Wickramasinghe Mudiyanselage Bandaranayake",
            "Papathanasopoulou-Christodoulidis",
        ),
    ),
    "joined_name": Pool(
        ("Zoë", "Anne-Marie", "Siân", "D'Arcy", "Chloë-Rose", "Mary-Kate", "Renée", "Esmé"),
        ("Jean-Luc", "Seán", "De'Andre", "Kai-Malik", "Noël", "Rhŷs", "T'Kai", "José"),
        (
            "O'Malley-Okafor",
            "D'Souza",
            "Fitz-Gerald",
            "ap Rhydderch",
            "St John-Smythe",
            "N'Diaye",
            "Mac an tSaoir",
            "Brontë-Núñez",
            "Ó Súilleabháin",
        ),
    ),
}


def pick_name(rng: Random, ethnicity: str, sex: str) -> Name:
    """A name that goes with an ethnic group; sex is female or male."""
    return name_from(rng, pick(rng, CULTURES_OF[ethnicity]), sex)


def name_from(rng: Random, culture: str, sex: str) -> Name:
    script, language, source = CULTURES[culture]
    given, family = _from_pool(rng, source, sex) if source in POOLS else _drawn(rng, source, sex)
    return Name(given, family, script, language)


def _from_pool(rng: Random, source: str, sex: str) -> tuple[str, str]:
    pool = POOLS[source]
    return rng.choice(pool.female if sex == "female" else pool.male), rng.choice(pool.family)


def _drawn(rng: Random, locale: str, sex: str) -> tuple[str, str]:
    maker = _maker(locale)
    maker.random = rng
    if sex == "female":
        return maker.first_name_female(), maker.last_name_female()
    return maker.first_name_male(), maker.last_name_male()


@cache
def _maker(locale: str) -> Any:
    """Faker adds the methods of its providers at run time: no type knows them."""
    return Factory.create(locale, providers=["faker.providers.person"])
