"""What a member of the cast is: a person, a whale, a robot. A creature's word in a name is not enough: JOHN DOE is no deer.

Takes a name, its introduction and the sentences that name it, for `cast`. In this order: a creature's word alone (WHALE, THE DOG,
OLD WHALE, ROBOT #2) is that creature; one that is also a name (FOX, ROBIN) is one only if the text treats it so; one behind
another name (JOHN DOE, CAPTAIN HAWK) is a person's, unless the introduction says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from glimmer.screenplay.cast_words import ADULT, CREATURES, CROWDS, GENDERED, PEOPLE
from glimmer.screenplay.first_names import EITHER, FIRST_NAMES
from glimmer.screenplay.mentions import words_of

__all__ = ["bare_kind", "head_noun", "kind_of"]

_ALSO_NAMES: Final = frozenset(  # surnames or first names: alone on a cue they tell nothing
    "robin jay raven hawk fox wolf bear lamb bull crow heron willow swan drake martin oak hare buck ai tiger finch wren sparrow dove "
    "falcon eagle lion stag doe fawn bird fish salmon bunny pixie giant moon sun".split()
)
_UNLIKELY_NAMES: Final = frozenset(
    "moon sun giant lion eagle doe fawn bird fish bunny pixie stag".split()
)  # …alone they are what they say
_BEFORE_A_CREATURE: Final = frozenset(
    """
    the a an old young baby little big small great tiny huge giant mama mamma papa mother father grandma grandpa granny mommy daddy first
    second third other another white black grey gray red brown blue green golden silver yellow pink wild stray mad sad happy hungry angry
    tired lost lonely sick dead wounded injured talking singing flying dancing polar grizzly arctic humpback killer sperm sea river
    mountain forest street alley house guard police guide sheep snow fire ice lone lead alpha male female ugly fat thin lame blind
    three-legged one-eyed pet family circus zoo barn farm farmyard ship's space kitchen car full evil wise friendly magic magical
    """.split()
)
_HUMAN: Final = re.compile(
    r"\b(?:beard(?:ed)?|bald(?:ing)?|mou?stached?|hair|[\w-]+-haired|blond|blonde|brunette|redhead|stubble|suit|coat|jacket|dress|shirt|jeans"
    r"|blouse|skirt|trousers|uniform|glasses|spectacles|tie|apron|robe|gown|sweater|scarf|overalls|oilskins?|boots|shoes|hat|cap|raincoat"
    r"|cardigan|hoodie|t-shirt|tuxedo|makeup|lipstick|tattoos?|tattooed|handsome|\d0s|(?:in (?:his|her|their) )?(?:late |early |mid-?)?"
    rf"(?:{'|'.join(ADULT)}))\b|^\s*(?:aged\s+)?\d{{1,3}}\b",
    re.I,
)
_ACTS: Final = (
    r"(?:barks?|growls?|howls?|purrs?|meows?|neighs?|whinn(?:y|ies)|bleats?|moos?|hoots?|chirps?|caws?|sniffs? the|gallops?|swoops?|flaps?"
    r"|flies(?! (?:to|home|out|back)\b)|perch(?:es|ed)?|pecks?|grazes|trots?|prowls?|pounces|slithers?|nuzzles?|soars?)\b"
)
_BODY: Final = (
    r"(?:paws?|claws?|tail|fur|snout|muzzle|beak|feathers?|wings?|whiskers|hoof|hooves|antlers?|mane|fangs|nest|burrow|plumage)\b"
)
_ANIMAL: Final = re.compile(rf"\b(?:{_ACTS}|{_BODY}|furry\b|feathered\b)", re.I)
_AFTER_A_NOUN: Final = r"(?=\s*(?:$|[.,;:!?(—–-]|(?:and|or|is|was|in|on|at|with|of|by|from|to|who|that|has|named|called)\b|(?!\w*['’])\w+(?:s|ed|ing)\b))"
_PHRASE_STOP: Final = frozenset(
    "of with who whose and in on to by for from as at near under over whom that which is was has wears the a an his her their like about aged behind".split()
)
_PERSONS_TITLE: Final = GENDERED.keys() | frozenset("dr doctor prof capt sgt lt rev reverend father".split()) | (
    PEOPLE.keys() - {"baby", "mother", "father", "mama", "papa", "grandma", "grandpa", "granny", "child", "queen", "king"}
)  # fmt: skip


def kind_of(name: str, intro: str, said: Sequence[str]) -> str:
    """The kind of one of the cast. `intro` are the words at its introduction, `said` the script's sentences that name it.

    "person" where nothing tells; "crowd" for many. Does not look at lines: a fox may talk.
    """
    words = _bare(name)
    told = _kind_told(intro)
    by_name = CREATURES.get(words[-1], "") if words else ""
    if bare_kind(name) == "crowd":
        return "crowd"
    if not by_name or words[-1] in PEOPLE:
        return told or "person"
    if told:
        return told
    if _stands_alone(name):
        likely = words[-1] not in _ALSO_NAMES or words[-1] in _UNLIKELY_NAMES or len(words) > 1 or _has_article(name)
        if words[-1] in _ALSO_NAMES and _is_human(intro):
            return "person"
        return by_name if likely or _treated_as_animal(words[-1], intro, said) else "person"
    return "person" if _is_surname(words) or _is_human(intro) else by_name


def bare_kind(name: str) -> str:
    """The kind by the name alone, before the text is known: what is sure, else "person"."""
    words = words_of(name)
    last = words[-1] if words else ""
    if last in CROWDS and len(words) <= 3:
        return "crowd"
    if any(sign in name for sign in ("&", "/")) or (" AND " in name and len(words) <= 6):
        return "crowd"
    sure = last in CREATURES and last not in PEOPLE and (last not in _ALSO_NAMES or last in _UNLIKELY_NAMES or len(words) > 1)
    return CREATURES[last] if sure and (_stands_alone(name) or not _is_surname(words)) else "person"


def _is_human(intro: str) -> bool:
    """Whether words at a name's introduction are of a person: years, hair, clothes, a trade."""
    heads = {head_noun(_unled(phrase)) for phrase in _phrases(intro)}
    return bool(_HUMAN.search(intro)) or bool(heads & (PEOPLE.keys() - {"baby"}))


def head_noun(phrase: str) -> str:
    """The last word of a noun phrase: of "small scruffy dog with one ear" it is "dog"."""
    head = ""
    for word in words_of(phrase):
        if word in _PHRASE_STOP:
            break
        head = word
    return head


def _phrases(intro: str) -> list[str]:
    return re.split(r"[,.]\s*", intro)


def _unled(phrase: str) -> str:
    return re.sub(r"^(?:an?|the|her|his|their)\s+", "", phrase, flags=re.I)


def _kind_told(intro: str) -> str:
    """What the introduction calls it in so many words: "a parrot named", "a retired teacher"; "" if nothing."""
    for phrase in _phrases(intro):
        noun = head_noun(_unled(phrase))
        if noun in PEOPLE and noun != "baby":
            return "person"
        if noun in CREATURES:
            return CREATURES[noun]
    return ""


def _bare(name: str) -> list[str]:
    return [word.removesuffix("'s").removesuffix("’s") for word in words_of(name)]


def _has_article(name: str) -> bool:
    return name.split()[0].casefold() == "the"


def _stands_alone(name: str) -> bool:
    """WHALE, THE WOLF, OLD WHALE, BABY BEAR, BENNY THE DOG: nothing before the creature that would make it a surname."""
    words = words_of(name)
    return all(word in _BEFORE_A_CREATURE for word in words[:-1]) or (len(words) > 2 and words[-2] in ("the", "of"))


def _is_surname(words: list[str]) -> bool:
    """JOHN DOE, CAPTAIN HAWK, ZADIE FOX: behind a first name or title any creature, behind another word one that is also a name."""
    before = [word.strip(".") for word in words[:-1]]
    known = any(word in FIRST_NAMES or word in EITHER or word in _PERSONS_TITLE for word in before)
    initial = any(len(word) == 1 for word in before)
    return known or initial or (words[-1] in _ALSO_NAMES and not any(word in _BEFORE_A_CREATURE for word in before))


def _treated_as_animal(word: str, intro: str, said: Sequence[str]) -> bool:
    """Whether the script says "a fox", gives it a tail, lets it bark, or means it by "it"."""
    if _is_human(intro):
        return False
    article = re.compile(rf"\b(?:an?|the|his|her|their)\s+(?:[a-z-]+,?\s+){{0,2}}?{word}s?\b{_AFTER_A_NOUN}", re.I)
    acts = re.compile(rf"\b{word}\b(?:['’]s\s+(?:\w+\s+)?{_BODY}|[^.!?]*?\b(?:{_ACTS}|(?:its|his|her)\s+(?:\w+\s+)?{_BODY}))", re.I)
    means_it = re.compile(rf"^\W*{word}\b[^.!?]*[.!?]\s+Its?\b", re.I)
    return bool(_ANIMAL.search(intro)) or any(article.search(one) or acts.search(one) or means_it.match(one) for one in said)
