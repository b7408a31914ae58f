"""Reading a cast brief's words: age, gender, build, hair, face, clothes and their colours, and what is no person at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from glimmer.models.interface import CastBrief
from glimmer.models.rehearsal.boards.figure.headwear import wear_of

__all__ = ["COLOURS", "Words", "colour_near", "read_words"]

T = TypeVar("T")
Age = Literal["child", "teen", "young", "adult", "old"]
Gender = Literal["woman", "man", "neutral"]
Build = Literal["slim", "average", "broad", "round"]
Beard = Literal["none", "beard", "moustache", "stubble"]

COLOURS: Final[dict[str, str]] = {
    "yellow": "#dcae2c", "mustard": "#c9972c", "gold": "#d3a63c", "golden": "#d3a63c", "orange": "#d9772e", "red": "#c0392f", "scarlet": "#c8322d",
    "crimson": "#a82a3a", "burgundy": "#6f2536", "maroon": "#6e2a30", "pink": "#d9819b", "rose": "#cf6f80", "purple": "#744b9a", "violet": "#6f55a8",
    "lilac": "#a68cc4", "dark": "#34343d", "navy": "#2b3a5e", "blue": "#3a6ba5", "turquoise": "#3aa0a0", "teal": "#2b7d7d", "green": "#4a8050", "olive": "#76773c",
    "emerald": "#2a8560", "brown": "#76512f", "tan": "#b58f63", "beige": "#d3bf9a", "khaki": "#a39a68", "cream": "#eee2c4", "white": "#eeeae0",
    "grey": "#868a8e", "gray": "#868a8e", "charcoal": "#3d4148", "silver": "#bfc4c8", "black": "#26242a", "copper": "#b5643a", "rust": "#a8502f",
    "bronze": "#8f6a3a", "indigo": "#423c80",
}  # fmt: skip
_HAIR_COLOURS: Final[dict[str, str]] = {
    "white": "#e4e0d8", "silver": "#c4c2be", "grey": "#a09c98", "gray": "#a09c98", "greying": "#7d7672", "blonde": "#d9b46a", "blond": "#d9b46a",
    "fair": "#cfa864", "golden": "#d3a450", "red": "#a6401f", "ginger": "#b9562a", "auburn": "#7e3420", "copper": "#a8522c", "chestnut": "#6a3a22",
    "brown": "#5a3a26", "brunette": "#4a2f22", "dark": "#2a1f1d", "black": "#1b181b", "sandy": "#b9945c", "blue": "#3f6fa8", "pink": "#d07a98",
    "green": "#4f8a5c", "purple": "#6f4f98",
}  # fmt: skip
_GARMENTS: Final[tuple[tuple[str, str], ...]] = (
    (r"oilskin|rain ?coat|slicker|mac(k?intosh)?\b|waterproof|anorak|sou'?wester", "raincoat"), (r"parka|puffer|snow ?suit|furs?\b|fur coat", "parka"),
    (r"trench", "trench"), (r"lab ?coat|scientist|chemist", "lab_coat"), (r"space ?suit|astronaut|cosmonaut", "spacesuit"),
    (r"scrubs|nurse|surgeon|\bdoctor|medic|paramedic", "scrubs"), (r"armou?r|knight", "armour"), (r"kimono|yukata", "kimono"), (r"\bsari\b", "sari"),
    (r"robe|monk|priest|nun\b|wizard|habit\b|cassock", "robe"), (r"cloak|cape\b", "cloak"), (r"ball ?gown|gown|evening dress|princess|queen\b", "gown"),
    (r"long dress|victorian|maxi", "long_dress"), (r"dress\b|frock|sundress", "dress"), (r"skirt", "skirt"), (r"cardigan", "cardigan"),
    (r"leather jacket|biker", "leather"), (r"denim|jean jacket", "denim"), (r"blazer", "blazer"), (r"\bsuit\b|tuxedo|lawyer|banker|businessm|\bagent\b|executive|detective", "suit"),
    (r"uniform|soldier|police|officer|guard\b|captain|general\b|sergeant|pilot|conductor|admiral", "uniform"), (r"apron|baker|chef|cook\b|waitress|waiter|barista|butcher|blacksmith|potter", "apron"),
    (r"overalls|dungarees|mechanic|farmer|plumber|boiler ?suit|coveralls", "overalls"), (r"hoodie|hooded", "hoodie"), (r"turtle ?neck|polo ?neck|roll ?neck", "turtleneck"),
    (r"jumper|pullover|sweater|knit", "jumper"), (r"waistcoat|vest\b", "vest"), (r"suspenders|braces", "suspenders"), (r"t-?shirt|\btee\b", "t-shirt"),
    (r"stripe", "stripes"), (r"tunic|viking|peasant", "tunic"), (r"pyjamas|pajamas|nightgown|nightshirt", "pyjamas"), (r"swim ?suit|bikini|trunks", "swimsuit"),
    (r"tank top", "tank"), (r"blouse", "blouse"), (r"polo shirt", "polo"), (r"flannel|shirt\b|plaid", "shirt"), (r"over ?coat|\bcoat\b|fisherman|keeper", "coat"), (r"jacket", "jacket"),
)  # fmt: skip
_STYLES: Final[tuple[tuple[str, str], ...]] = (
    (r"two braids|braids|plaits", "braids"), (r"braid|plait", "braid"), (r"pigtails|bunches", "pigtails"), (r"pony ?tail", "ponytail"), (r"top ?knot|man ?bun", "topknot"),
    (r"\bbun\b|chignon|updo|hair up", "bun"), (r"afro", "afro"), (r"dread|locs\b", "dreadlocks"), (r"mohawk", "mohawk"), (r"\bbob\b|bobbed", "bob"), (r"pixie", "pixie"),
    (r"bald|shaven head|shaved head|hairless", "bald"), (r"buzz|crew ?cut", "buzz"), (r"balding|receding|thinning", "receding"), (r"tonsure", "tonsure"),
    (r"long,? curly|mane of curls", "curls"), (r"curl", "curly"), (r"wav(y|es)", "wavy"), (r"spik", "spiky"), (r"quiff|pompadour", "quiff"), (r"slick", "slicked"),
    (r"crop", "cropped"), (r"long[- ](\w+[- ])?hair|flowing hair|waist-length|hair down|shoulder-length", "long"), (r"short[- ](\w+[- ])?hair|short-haired", "short"),
    (r"tousled|messy|unruly|wild hair|shaggy", "curly"), (r"fringe|bowl cut", "bowl"),
)  # fmt: skip
_SKINS: Final[tuple[tuple[str, str], ...]] = (
    (r"very dark[- ]skin|deep brown skin|ebony", "#5a3422"), (r"dark[- ]skin|\bblack (man|woman|girl|boy)|african|nigerian|ghanaian|kenyan|jamaican|ethiopian", "#744529"),
    (r"brown[- ]skin|indian|pakistani|bengali|tamil|sri lankan|aboriginal|maori", "#9c6540"), (r"olive[- ]skin|mediterranean|arab|persian|turkish|mexican|latin", "#c48f62"),
    (r"tanned|weathered|sunburn|weather-beaten", "#c9895c"), (r"asian|chinese|japanese|korean|vietnamese|thai", "#e5b98f"), (r"pale|fair[- ]skin|porcelain|freckle|nordic|irish|scandinavian", "#f3d2ba"),
)  # fmt: skip
_BUILDS: Final[tuple[tuple[str, Build], ...]] = (
    (r"slim|thin\b|skinny|lean\b|wiry|lanky|slender|gaunt|frail|petite|slight\b|bony", "slim"),
    (r"broad|burly|muscular|stocky|strong|brawny|hulking|sturdy|athletic|giant|bear of", "broad"),
    (r"round\b|plump|fat\b|heavy(set)?\b|stout|chubby|portly|rotund|large (man|woman)|overweight", "round"),
)
_WOMAN: Final = r"\b(woman|girl|lady|mother|mum|mom|mama|grandmother|grandma|granny|nana|nan|granddaughter|niece|sister|daughter|aunt|wife|widow|queen|princess|female|waitress|actress|nun|bride|girlfriend|witch|heroine|mrs|miss|ms|madam|goddess|duchess|ballerina|fisherwoman|policewoman)\b"
_MAN: Final = r"\b(man|boy|guy|gentleman|father|dad|papa|grandfather|grandpa|grandad|grandson|nephew|brother|son|uncle|husband|widower|king|prince|male|waiter|monk|groom|boyfriend|wizard|fisherman|mr|sir|lord|duke|policeman|priest|lad|bloke)\b"
_NAMES_WOMAN: Final = frozenset(
    "mara ines anna anne ann maria mary emma olivia ava sophia sofia isabella mia charlotte amelia evelyn harper ella lily grace zoe nora nina lena lea lea luna maya eva iris ivy ruby rose hazel "
    "alice clara julia jane kate katherine sarah sara laura linda lucy lucia elena elise eloise elodie claire chloe camille margot marie jeanne yuki hana aiko sakura mei ling priya anjali aisha fatima "
    "leila layla amina zara ada edith agnes martha ruth esther naomi rachel rebecca hannah leah susan helen diana elizabeth beth victoria vera olga irina natasha tanya ingrid astrid freya sigrid wren "
    "june may april dawn robin nadia amara ngozi zuri imani abigail gemma tess tessa carmen rosa pilar marta paula bianca giulia francesca chiara lola stella molly pia bea ilse isolde greta heidi ulla nell dot peggy joan winnie mabel ines mila zara poppy daisy".split()
)  # fmt: skip
_NAMES_MAN: Final = frozenset(
    "tom thomas ade kofi john james william liam noah oliver elijah lucas henry jack leo max sam ben adam david daniel peter paul mark luke matthew andrew simon michael joseph robert richard george "
    "charles edward frank fred harry arthur albert walter ernest ray joe jim bob bill billy tim ted ned hugo victor viktor felix oscar otto karl hans klaus erik sven lars olaf nils ivan boris dmitri "
    "alexei juan carlos diego pedro miguel luis marco luca giovanni matteo pierre jean louis antoine hiroshi kenji takeshi akira wei chen raj arjun vikram omar ali hassan ahmed yusuf ibrahim kwame "
    "jamal marcus malik tunde emeka finn jonah billy tommy jimmy bobby danny johnny tomas otis jun milo enzo ivo emil anton mika noel igor pavel jan piet arlo dario bruno dieter gustav gus elias silas caleb ezra isaac jacob theo toby tobias gabriel rafael nico mateo anders bjorn patrick sean declan owen rhys ewan angus hamish".split()
)  # fmt: skip

_USUAL_COLOURS: Final[dict[str, str]] = {  # of clothes that mostly have one, where the words name none
    "leather": "#6a4630", "armour": "#8d96a3", "lab_coat": "#eef0ee", "scrubs": "#5f9aa0", "spacesuit": "#dfe3e6", "denim": "#4a6a94",
    "trench": "#b59a6a",
}
_PERSON: Final = ("person", "human", "man", "woman", "child", "boy", "girl", "")


@dataclass(frozen=True)
class Words:
    """What the brief says. None or "" where it is silent; age is always settled."""

    kind: str
    age: Age
    gender: Gender | None
    build: Build | None
    height_m: float | None
    skin: str
    hair: str
    hair_style: str
    facial_hair: Beard | None
    glasses: bool | None
    headwear: str
    garment: str
    garment_colour: str
    accent: str
    any_colour: str


def read_words(brief: CastBrief) -> Words:
    """The brief's words, as far as they go. Never invents, except that an unsaid age is "adult"."""
    said = _own_words(brief.name, brief.description).lower().replace("’", "'")
    text = f"{brief.name} , {said}".lower().replace("’", "'")
    kind = brief.kind.strip().lower()
    kind = "person" if kind in _PERSON else kind
    facial = _facial(said)
    garment, colour, accent = _clothes(text, said)
    return Words(
        kind=kind, age=brief.age or _age(text), gender=brief.gender or _gender(brief.name, text), build=_first(_BUILDS, said), height_m=_height(said),
        skin=_first(_SKINS, said) or "", hair=_hair_colour(said), hair_style=_first(_STYLES, said) or "", facial_hair=facial,
        glasses=True if re.search(r"glasses|spectacles|bespectacled|monocle", said) else None, headwear=_headwear(said),
        garment=garment, garment_colour=colour, accent=accent, any_colour=next((COLOURS[w] for w in re.findall(r"[a-z]+", said) if w in COLOURS), ""),
    )  # fmt: skip


def _own_words(name: str, description: str) -> str:
    """The description without what it tells of others: "glasses, striped shirt, JUN (nine, blue hoodie)" ends before JUN."""
    end = re.search(r"(?:,|\band|;)\s+[A-Z][A-Z.' -]{1,}\s*\(", description)
    return description[: end.start()] if end and name.upper() not in end.group() else description


def _first(table: tuple[tuple[str, T], ...], text: str) -> T | None:
    return next((value for pattern, value in table if re.search(pattern, text)), None)


def _age(text: str) -> Age:
    years = re.search(r"\b(\d{1,3})(?:s\b|\b(?!\s*(?:cm|m\b|ft|feet|kg|%)))", text)
    if years:
        n = int(years[1])
        return "child" if n < 12 else "teen" if n < 19 else "young" if n < 33 else "adult" if n < 58 else "old"
    decades = {
        "teens": "teen",
        "twenties": "young",
        "thirties": "adult",
        "forties": "adult",
        "fifties": "adult",
        "sixties": "old",
        "seventies": "old",
        "eighties": "old",
        "nineties": "old",
    }
    for word, age in decades.items():
        if word in text:
            return age  # type: ignore[return-value]
    if re.search(r"\b(child|kid|boy|girl|toddler|little|schoolboy|schoolgirl|infant|baby)\b", text):
        return "child"
    if re.search(r"teen|adolescent|youth\b", text):
        return "teen"
    if re.search(
        r"\b(old|elderly|aged|ancient|grand(mother|father|ma|pa|ad)|granny|nana|retired|wizened|veteran|elder|widow(er)?)\b", text
    ):
        return "old"
    return "young" if re.search(r"\byoung|student|twenty", text) else "adult"


def _gender(name: str, text: str) -> Gender | None:
    woman, man = re.search(_WOMAN, text), re.search(_MAN, text)
    if woman and man:
        return "woman" if woman.start() < man.start() else "man"
    if woman or man:
        return "woman" if woman else "man"
    she, he = re.search(r"\bshe\b", text), re.search(r"\bhe\b", text)
    if she or he:
        return "woman" if she and (not he or she.start() < he.start()) else "man"
    if re.search(r"beard|mou?stache|stubble", text):
        return "man"
    for word in re.findall(r"[^\W\d_]+", name.lower()):
        if word in _NAMES_WOMAN:
            return "woman"
        if word in _NAMES_MAN:
            return "man"
    return None


def _height(said: str) -> float | None:
    metres = re.search(r"(\d{1,2}(?:\.\d+)?)[- ]?(?:m|metres?|meters?)\b", said)
    if metres:
        return min(30.0, max(0.05, float(metres[1])))
    if re.search(r"\bvery tall|towering|giant\b", said):
        return 1.98
    return (
        1.88
        if re.search(r"\btall\b", said)
        else 1.56
        if re.search(r"\b(short (man|woman|person)|tiny|small (man|woman))\b", said)
        else None
    )


def _facial(said: str) -> Beard | None:
    if re.search(r"clean-?shaven|no beard", said):
        return "none"
    return (
        "stubble"
        if re.search(r"stubbl|unshaven", said)
        else "beard"
        if re.search(r"beard|goatee|whiskers", said)
        else "moustache"
        if re.search(r"mou?stache", said)
        else None
    )


def colour_near(text: str, at: int, table: dict[str, str]) -> str:
    """The colour word that stands nearest before position `at` in the same phrase, "" if none does."""
    phrase = re.split(r"[,;.]|\b(?:and|with|in)\b", text[:at])[-1]
    found = [w for w in re.findall(r"[a-z]+", phrase) if w in table]
    return table[found[-1]] if found else ""


def _hair_colour(said: str) -> str:
    for m in re.finditer(
        r"hair|braid|bun\b|bob\b|curls|curly|beard|locks|plait|ponytail|pigtails|afro|dread|mane|mohawk|\bcrop", said
    ):
        colour = colour_near(said, m.start(), _HAIR_COLOURS)
        if colour:
            return colour
    single = re.search(
        r"\b(blonde?|redhead(ed)?|red-haired|ginger|brunette|white-haired|gr[ea]y-haired|silver-haired|dark-haired|black-haired|fair-haired)\b",
        said,
    )
    if not single:
        return ""
    word = single[1].split("-")[0]
    return _HAIR_COLOURS["red" if word.startswith("redhead") else word]


def _clothes(text: str, said: str) -> tuple[str, str, str]:
    """(garment, its colour, an accent). The garment may follow from a trade; its colour only from the words about it."""
    hit = next(((m, name) for pattern, name in _GARMENTS for m in [_best_match(pattern, text)] if m), None)
    scarf = re.search(r"scarf|tie\b|bow|gloves|belt|hat\b|cap\b|beanie|beret", said)
    accent = colour_near(said, scarf.start(), COLOURS) if scarf else ""
    if hit is None:
        loose = re.search(r"(?:in|wears|wearing|dressed in) (?:a |an |all )?(\w+)", said)
        return "", COLOURS.get(loose[1], "") if loose else "", accent
    colour = colour_near(text, hit[0].start(), COLOURS) or _USUAL_COLOURS.get(hit[1], "")
    return hit[1], colour, accent


def _best_match(pattern: str, text: str) -> re.Match[str] | None:
    """The first match that has a colour before it ("red gown", not QUEEN), else the first."""
    found = list(re.finditer(pattern, text))
    return next((m for m in found if colour_near(text, m.start(), COLOURS)), found[0] if found else None)


def _headwear(said: str) -> str:
    wear = wear_of(re.sub(r"(?<!head)(?<!head )scarf(?! (on|round|over|around) (his|her|their) (head|hair))", "", said))
    return wear if wear != "none" else ""
