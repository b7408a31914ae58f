"""The cast of a script: who speaks, who is seen, and what the text itself says of how they look.

Takes scenes with their elements and lines, gives CastMembers in the order of appearance. Nothing is invented: a description is
the script's own words at the introduction; age, gender and kind are read from those words, from pronouns, titles and first names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from glimmer.screenplay.cast_words import (
    ADULT,
    CREATURES,
    GENDERED,
    NOT_PEOPLE,
    NUMBER_WORDS,
    PEOPLE,
    TEXT_AGES,
    Age,
    Gender,
)
from glimmer.screenplay.first_names import FIRST_NAMES
from glimmer.screenplay.kinds import bare_kind, head_noun, kind_of
from glimmer.screenplay.mentions import Mentions, sentences, words_of
from glimmer.screenplay.nouns import CastMember, Scene

__all__ = ["cast_of"]

_SURE_BY_PRONOUNS: Final = 4  # two "she", or one and two "her": enough to overrule the list of first names
_RUNS_LOOKED_AT: Final = 40  # of capitals, in one sentence
_NEAR_CHARS: Final = 300  # how far from a name its description is looked for
_MAX_DESCRIPTION_CHARS: Final = 240
_CAPS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9'’.\-]+"
_CAPS_RUN = re.compile(rf"(?<![\w'])({_CAPS}(?:\s+(?:{_CAPS}|#?\d+))*)(?![\w])")
_SURNAME = re.compile(rf"^(?:\s+{_CAPS})+")  # VERA speaks, VERA KANE is introduced
_DANGLING = re.compile(
    r"[\s,;–—-]*(?:\b(?:and|or|with|then|while|beside|behind|sees?|meets?)\b)?[\s,;–—-]*(?:\b(?:an?|the|his|her|their)\b)?\s*$",
    re.I,
)
_REACHING = re.compile(
    r",\s*(?!an?\b|the\b)[^,()]*\b(?:to|at|for|from|towards?|sees|meets|with|beside|behind|after)\s*(?:an?|the|his|her|their)?\s*$",
    re.I,
)
_LAST_DOING = re.compile(r",\s*(?:(?:slowly|quickly|quietly|both|together)\s+)?[a-z-]+(?:\s+(?!with\b)[^,]*)?[.!?]*\s*$")
_PAREN = re.compile(r"^\s*\(([^()]{1,200})\)")
_NAMED_BEFORE = re.compile(r"\b((?:an?|the|her|his|their)\s+(?:[\w'-]+,?\s+){0,6}?[\w-]+)(?:,| named| called|:)?\s*$", re.I)
_ADJECTIVES = re.compile(r"\b(?:an?|the)\s+(?:(?!an?\b|the\b)[a-z][\w-]*,?\s+){1,3}$", re.I)
_IS = re.compile(r"^\s+(?:is|was)\s+((?:an?|the|about|around|in h\w+|\d|[\w-]+teen|[\w-]+ty)\b[^.!?]*)", re.I)
_LOOKS = re.compile(
    r"^(?:He|She|They|It|His|Her|Their|Its)\b(?:['’]s|\s+(?:is|are|has|have|wears?|hair|eyes|face|beard|coat|skin|voice|hands)\b)"
)
_WEARS = re.compile(
    r"^[^,.]{0,30}?\s(?:wears|is dressed in|has (?:a |an |the )?(?:[\w-]+\s+){0,3}(?:hair|eyes|beard|face|scar|braid))\b[^.!?]*",
    re.I,
)
_DESCRIBING_START: Final = frozenset(
    "a an the in with wearing his her their late early mid about around all old young aged barely nearly not dressed tall short thin gaunt".split()
)
_DOES = re.compile(
    r"\s+(?:enters|sits|stands|walks|runs|smiles|nods|looks|waits|watches|laughs|leans|steps|kneels|waves|sleeps|stares|frowns|sighs|weeps|whispers)\b"
)
_YEARS = re.compile(
    r"\b(\d{1,3})(?:s\b|['’]s\b|[- ]?years?[- ]old|\b(?!\s*(?:feet|foot|ft|m\b|metres|meters|kilos|pounds|lbs|%|o'clock|:)))"
)


@dataclass(slots=True)
class _Found:
    """What is gathered of one name while the script is walked through."""

    name: str
    spoken: bool = True
    lines: int = 0
    words: int = 0
    scenes: dict[str, None] = field(default_factory=dict)
    intro: str = ""  # the phrase just before or after the name where it is introduced
    following: list[str] = field(default_factory=list)
    said_caps: bool = False
    he: int = 0
    she: int = 0


def cast_of(scenes: Sequence[Scene]) -> tuple[CastMember, ...]:
    """The cast in the order of first appearance: all who have lines, and those introduced in CAPITALS who never speak.

    Conservative with the silent ones: sounds, signs and props in capitals are no cast.
    """
    found = {name: _Found(name) for scene in scenes for name in (line.character for line in scene.lines)}
    prose = [(scene.number, sentence) for scene in scenes for text in _actions(scene) for sentence in sentences(text)]
    order = {name: place for place, name in enumerate(_by_first_scene(scenes))}
    for silent in _silent(prose, found):
        found[silent] = _Found(silent, spoken=False)
    for scene in scenes:
        for line in scene.lines:
            found[line.character].lines += 1
            found[line.character].words += len(line.text.split())
            found[line.character].scenes[scene.number] = None
    appearance = _gather(prose, found)
    said = _said_of_last_words(prose, found)
    places = {scene.number: index for index, scene in enumerate(scenes)}
    members = sorted(
        found.values(), key=lambda one: (_first_scene(one, places), appearance.get(one.name, order.get(one.name, 0) + 10**6))
    )
    return tuple(_member(one, said.get(_last_word(one.name), []), places) for one in members)


def _last_word(name: str) -> str:
    return (words_of(name) or [""])[-1]


def _said_of_last_words(prose: list[tuple[str, str]], found: dict[str, _Found]) -> dict[str, list[str]]:
    """For names that end on a creature's word: the sentences with that word, each with the one after it, for `kinds` to weigh."""
    wanted = {_last_word(name) for name in found} & CREATURES.keys()
    said: dict[str, list[str]] = {word: [] for word in wanted}
    for (_, sentence), (_, following) in zip(prose, [*prose[1:], ("", "")], strict=False):
        for word in wanted.intersection(words_of(sentence)) if wanted else ():
            said[word].append(f"{sentence} {following}")
    return said


def _actions(scene: Scene) -> Iterator[str]:
    return (element.text for element in scene.elements if element.kind == "action")


def _by_first_scene(scenes: Sequence[Scene]) -> list[str]:
    return list(dict.fromkeys(line.character for scene in scenes for line in scene.lines))


def _first_scene(one: _Found, places: dict[str, int]) -> int:
    return min((places[number] for number in one.scenes), default=0)


# ── who is seen but never speaks ────────────────────────────────────────────────────────────────────────────
def _silent(prose: list[tuple[str, str]], spoken: dict[str, _Found]) -> list[str]:
    speakers = Mentions([CastMember(name=name, kind=bare_kind(name)) for name in spoken])
    names: dict[str, None] = {}
    for _, sentence in prose:
        if sentence == sentence.upper():
            continue
        for match in islice(_CAPS_RUN.finditer(sentence), _RUNS_LOOKED_AT):
            name = _bare_name(match.group(1))
            if name and name not in spoken and not speakers.named(name) and _is_introduced(sentence, match, name):
                names[name] = None
    return [name for name in names if not any(name != other and name in other.split() for other in names)]


def _bare_name(run: str) -> str:
    """Capitals without what is no name at either end: "CLOSE ON THE OLD SAILOR" is OLD SAILOR."""
    words = [word.strip(".'’-") for word in run.split()]
    words = [word.removesuffix("'S").removesuffix("’S") for word in words]
    while words and (words[0].lower() in NOT_PEOPLE or len(words[0]) < 2):
        words.pop(0)
    while words and words[-1].lower() in NOT_PEOPLE:
        words.pop()
    return " ".join(words) if 0 < len(words) <= 4 else ""


def _is_introduced(sentence: str, match: re.Match[str], name: str) -> bool:
    after, before = sentence[match.end() : match.end() + _NEAR_CHARS], sentence[max(0, match.start() - _NEAR_CHARS) : match.start()]
    paren = _PAREN.match(after)
    if (paren and _tells_age(paren.group(1))) or re.match(
        rf",\s*(?:aged\s+)?(?:\d{{1,2}}s?\b|(?:late|early|mid)\b|(?:{'|'.join(NUMBER_WORDS)}),)", after
    ):
        return True
    words = name.lower().split()
    article = match.group(1) != name or re.search(
        r"(?:^|\b(?:an?|the|her|his|their|old|young|little|small|big|tiny))\s*$", before, re.I
    )
    if (words[-1] in PEOPLE or CREATURES.get(words[-1], "radio") not in ("radio", "tree", "moon", "sun", "computer")) and article:
        return True
    appositive = re.match(r",\s*(an?|the|her|his|their)\s+([^,.;]{3,60})", after)
    if appositive and head_noun(appositive.group(2)) in PEOPLE.keys() | CREATURES.keys():
        return True
    if (named := _NAMED_BEFORE.search(before)) and before.rstrip().endswith(("named", "called")):
        return head_noun(re.sub(r"^\S+\s+", "", named.group(1))) in PEOPLE.keys() | CREATURES.keys()
    prior = words_of(before)[-1:]
    if (prior and (prior[0] in CREATURES or prior[0] in PEOPLE)) or (not article and _DOES.match(after)):
        return True
    return words[0] in FIRST_NAMES and len(words) <= 3 and bool(re.match(r"(?:,|\s+[a-z]+s\b|\s+(?:and|is|in|at|on)\b)", after))


def _tells_age(text: str) -> bool:
    return _age_in(text) != "" or any(word in PEOPLE or word in CREATURES for word in words_of(text))


# ── what the text says of each ──────────────────────────────────────────────────────────────────────────────
def _gather(prose: list[tuple[str, str]], found: dict[str, _Found]) -> dict[str, int]:
    """Fill `found` from the action. Returns where each name is first mentioned."""
    mentions = Mentions([CastMember(name=name, kind=bare_kind(name)) for name in found])
    first_at: dict[str, int] = {}
    subject = ""
    for at, (number, sentence) in enumerate(prose):
        spans = mentions.spans(sentence)
        for name, start, end in spans:
            one = found[name]
            first_at.setdefault(name, at)
            if not one.spoken:
                one.scenes[number] = None
            caps = sentence[start:end] == sentence[start:end].upper() and len(sentence[start:end]) > 1
            wanted = not one.intro or (caps and not one.said_caps)
            intro = _introduction(sentence, start, end, [span for span in spans if span[0] != name]) if wanted else ""
            looks = _following_looks(prose, at, mentions) if wanted else []
            if intro or looks:
                one.intro, one.said_caps = intro, caps
                one.following = looks
        named = list(dict.fromkeys(name for name, _, _ in spans))
        subject = named[0] if named else (subject if re.match(r"(?:He|She|His|Her|They|It|Its)\b", sentence) else "")
        if subject and len(named) <= 1:
            after = sentence[spans[0][2] :] if spans else sentence
            found[subject].he += 2 * len(re.findall(r"\bhe\b", after, re.I)) + len(re.findall(r"\bhis\b", after, re.I))
            found[subject].she += 2 * len(re.findall(r"\bshe\b", after, re.I)) + len(re.findall(r"\bher\s+[a-z]", after, re.I))
    return first_at


def _introduction(sentence: str, start: int, end: int, others: list[tuple[str, int, int]]) -> str:
    """The words beside a name that describe: "(60s, white braid)", ", a boy of nine," or "a parrot named" before it.

    What stands behind the next name is that one's, and what an earlier name was told to be is not this one's.
    """
    surname = _SURNAME.match(sentence[end : end + _NEAR_CHARS])
    told_from = end + (surname.end() if surname else 0)
    after = _own_words(sentence, told_from, others)
    since = max((at for _, _, at in others if at <= start), default=0)
    before = sentence[max(since, start - _NEAR_CHARS) : start]
    if since and before.lstrip()[:1] in (",", "(", "–", "—") and before.rstrip()[-1:] in (",", ")", ""):
        before = ""
    if "and" in words_of(sentence[since:start]) and since:
        after = _LAST_DOING.sub("", after)  # "MARA (60s) and ELI (9), her grandson, climb"
    if paren := _PAREN.match(after):
        return _joined(paren.group(1), _appositive(after[paren.end() :], begun=True))
    told = _appositive(after)
    if not told and (is_one := _IS.match(after)):
        told = is_one.group(1)
    if not told and (wears := _WEARS.match(sentence[end - 1 : end + _NEAR_CHARS])):
        told = wears.group()[1:].strip()
    prior = _NAMED_BEFORE.search(before)
    if prior and head_noun(re.sub(r"^\S+\s+", "", prior.group(1))) in PEOPLE.keys() | CREATURES.keys():
        told = _joined(prior.group(1), told)
    adjectives = _ADJECTIVES.search(before)
    if not told and adjectives and words_of(sentence[start:end])[-1] in PEOPLE.keys() | CREATURES.keys():
        told = f"{adjectives.group().strip()} {sentence[start:end].lower()}"
    return told


def _own_words(sentence: str, start: int, others: list[tuple[str, int, int]]) -> str:
    """What follows a name, up to the next name: one of the cast's, or any other in capitals."""
    following = sentence[start : start + _NEAR_CHARS]
    ends = [at - start for _, at, _ in others if at >= start]
    ends += [run.start() for run in islice(_CAPS_RUN.finditer(following), _RUNS_LOOKED_AT) if _bare_name(run.group(1))][:1]
    paren = _PAREN.match(following)
    inside = paren.end() if paren else 0  # "(30s, from LA, BEN's sister)" is hers to its end
    cut = min((at for at in ends if at >= inside), default=len(following))
    return _DANGLING.sub("", _REACHING.sub("", following[:cut])) if cut < len(following) else following


def _appositive(after: str, *, begun: bool = False) -> str:
    """ ", a boy of nine, in a wet coat, runs in" gives "a boy of nine, in a wet coat". `begun`: looks were told before."""
    if not re.match(r"\s*[,–—-]\s*\S", after):
        return ""
    segments = re.split(r"\s*,\s*|\s+[–—-]+\s+", re.split(r"[.;!?:]", after, maxsplit=1)[0].lstrip(" ,–—-"))
    kept: list[str] = []
    for segment in segments:
        words = words_of(segment)
        starts_well = segment[:1].isdigit() or (
            bool(words) and (words[0] in _DESCRIBING_START or words[0] in NUMBER_WORDS or words[0] in ADULT)
        )
        looks_on = (begun or bool(kept)) and bool(words) and len(words) <= 5 and not _is_verb(words)
        if not (starts_well or looks_on) or (
            not kept
            and segment[:1].islower()
            and words[:1] in (["in"], ["with"], ["his"], ["her"], ["the"])
            and len(segments) < 2
            and head_noun(segment.split(" ", 1)[-1]) not in PEOPLE
        ):
            break
        kept.append(segment.strip())
    return ", ".join(kept)


def _is_verb(words: list[str]) -> bool:
    """A guess that a clause does something: "climbs the stairs". Plural nouns with nothing after them are looks."""
    first = words[0]
    return first.endswith("s") and not first.endswith("ss") and len(first) > 3 and (len(words) == 1 or words[1] not in ("and",))


def _following_looks(prose: list[tuple[str, str]], at: int, mentions: Mentions) -> list[str]:
    """Up to two sentences right after the introduction that tell of looks: "He is a tall, gaunt man." """
    looks: list[str] = []
    for number, sentence in prose[at + 1 : at + 3]:
        if number != prose[at][0] or not _LOOKS.match(sentence) or mentions.named(sentence):
            break
        looks.append(sentence)
    return looks


def _joined(*parts: str) -> str:
    return ", ".join(part.strip(" ,") for part in parts if part.strip(" ,"))


# ── a member ────────────────────────────────────────────────────────────────────────────────────────────────
def _member(one: _Found, said: list[str], places: dict[str, int]) -> CastMember:
    description = ". ".join([one.intro.strip(" ,."), *(sentence.rstrip(".") for sentence in one.following)]).strip(". ")
    if len(description) > _MAX_DESCRIPTION_CHARS:
        description = description[:_MAX_DESCRIPTION_CHARS].rsplit(" ", 1)[0]
    kind = kind_of(one.name, one.intro, said)
    return CastMember(
        name=one.name,
        description=description,
        kind=kind,
        age="" if kind == "crowd" else _age(one, description),
        gender="" if kind == "crowd" else _gender(one, description, kind),
        lines=one.lines,
        words=one.words,
        scenes=tuple(sorted(one.scenes, key=lambda number: places[number])),
    )


def _age(one: _Found, description: str) -> Age:
    by_name = words_of(one.name)
    for word in by_name:
        if word in ("old", "young", "little", "elderly", "teenage"):
            return TEXT_AGES[word]
    told = _age_in(description)
    return told or next((PEOPLE[word][0] for word in by_name if word in PEOPLE and PEOPLE[word][0]), "")


def _age_in(text: str) -> Age:
    words = words_of(text)
    if years := _years_in(text, words):
        return _by_years(years)
    for word in words[:16]:
        if word in TEXT_AGES:
            return TEXT_AGES[word]
        if word in PEOPLE and PEOPLE[word][0]:
            return PEOPLE[word][0]
        if word in ("teens", "teen"):
            return "teen"
    return ""


def _years_in(text: str, words: list[str]) -> int:
    if (match := _YEARS.search(text)) and 0 < int(match.group(1)) <= 120:
        return int(match.group(1))
    for at, word in enumerate(words):
        if word in ADULT:
            return ADULT[word]
        tens, _, ones = word.partition("-")
        if tens in NUMBER_WORDS and (
            at == 0 or words[at - 1] in ("of", "aged", "about", "around", "nearly", "barely", "is", "almost", "age")
        ):
            return NUMBER_WORDS[tens] + NUMBER_WORDS.get(ones, 0)
        if word.endswith("-year-old") and tens in NUMBER_WORDS:
            return NUMBER_WORDS[tens]
    return 0


def _by_years(years: int) -> Age:
    if years < 13:
        return "child"
    if years < 20:
        return "teen"
    if years < 30:
        return "young"
    return "adult" if years < 60 else "old"


def _gender(one: _Found, description: str, kind: str) -> Gender:
    """By who the words say someone is, then a title, then pronouns, then a first name. "" where nothing tells."""
    names = [word.strip(".") for word in words_of(one.name)]
    heads = [
        head_noun(re.sub(r"^(?:an?|the|her|his|their)\s+", "", part, flags=re.I)) for part in re.split(r"[,.]\s*", description)
    ]
    for word in [*names, *heads]:
        if word in GENDERED:
            return GENDERED[word]
        if word in PEOPLE and PEOPLE[word][1]:
            return PEOPLE[word][1]
    by_first_name: Gender = next((FIRST_NAMES[word] for word in names if word in FIRST_NAMES), "") if kind == "person" else ""
    if abs(one.he - one.she) >= _SURE_BY_PRONOUNS or not by_first_name:
        told = re.sub(r"^(?:his|her|their)\b", "", description, flags=re.I)  # "her dog" is no woman
        he, she = one.he + _count(told, "he", "his"), one.she + _count(told, "she", "her")
        return by_first_name if he == she else ("man" if he > she else "woman")
    return by_first_name


def _count(text: str, *words: str) -> int:
    said = words_of(text)
    return sum(said.count(word) for word in words)
