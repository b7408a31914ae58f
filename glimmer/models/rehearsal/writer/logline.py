"""Reading a logline: who it is about, what they want, whom they meet, and in what world.

Grammar by parts of speech, not understanding: where a sentence can't be read, something fitting is put in its place.
Gives a `Story` to `draft`.
"""

from __future__ import annotations

import hashlib
import random
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Final

from glimmer.models.rehearsal.speech.tagging import tagged
from glimmer.models.rehearsal.writer.beats import family_of
from glimmer.models.rehearsal.writer.worlds import WORLDS, World, world_named

__all__ = ["Being", "Story", "plain_words", "read_logline"]

Tagged = list[tuple[str, str]]


@dataclass(frozen=True)
class Being:
    """Someone in the story. `cue` as over a line; `ref` as in action ("the keeper", "Mara"); `looks` for the introduction."""

    cue: str
    ref: str
    looks: str
    pronoun: str  # he, she or it
    described: str = ""  # the logline's words: "lighthouse keeper"
    named_in_logline: bool = True
    age: str = ""


@dataclass(frozen=True)
class Story:
    """What the writer knows. `goal` follows "I'm going to": "teach you to sing"; `goal_told` follows "you said you'd"."""

    hero: Being
    other: Being
    goal: str
    goal_told: str
    family: str
    second_family: str
    world: World
    read: bool  # False: the logline gave nothing


_CREATURES: Final = frozenset(
    "whale dolphin shark fish octopus crab seal walrus penguin dog puppy cat kitten mouse rat rabbit hare fox wolf bear deer stag horse pony donkey cow bull goat "
    "sheep lamb pig hen chicken duck goose bird owl crow raven sparrow gull parrot eagle swan bee ant spider butterfly snail frog toad turtle snake lizard dragon "
    "elephant lion tiger monkey ape gorilla giraffe camel hedgehog squirrel bat moth beast monster creature dinosaur unicorn robot android alien computer machine "
    "ai tree star moon cloud snowman scarecrow puppet doll toy teddy lighthouse ghost kraken yeti".split()
)  # fmt: skip
_THINGS_AS_OBJECT: Final = frozenset("tree star moon cloud lighthouse machine computer toy doll ai".split())
_PEOPLE: Final = frozenset(
    "man woman boy girl child kid baby teenager mother father mom mum dad sister brother son daughter wife husband widow widower grandmother grandfather grandma "
    "grandpa granny aunt uncle cousin twin friend stranger neighbour neighbor king queen prince princess knight wizard witch pirate captain thief cop spy judge cook chef "
    "nurse guard monk nun priest orphan refugee nomad hermit poet bride groom guest boss clerk maid butler giant elf fairy goblin troll mermaid vampire zombie angel "
    "demon god goddess ghost student pupil couple lover loner genius recruit pilot cowboy sheriff outlaw mechanic critic magician librarian musician comedian guide "
    "patient medic scout tailor sailor author detective assassin astronaut cosmonaut sleuth servant assistant attendant accountant giant infant peasant "
    "merchant infantryman spaceman champion companion bodyguard guardian rival bully gambler con-man drifter wanderer fugitive prisoner convict survivor "
    "scientist chemist linguist genie jester clown bard tramp beggar nanny governess archaeologist fan employee trainee divorcee apprentice colleague "
    "partner boyfriend girlfriend fiance enemy agent president politician teen toddler elder native human person boss ranger commuter violinist swimmer "
    " mayor actor lawyer tourist hero villain ballerina diva".split()
)  # fmt: skip
_NOT_PEOPLE: Final = frozenset(
    "letter river water winter summer number tower power paper danger weather computer order border corner master-key chapter answer dinner supper laughter murder "
    "thunder shoulder finger feather leather matter poster counter disaster monitor motor mirror door floor colour color error terror horror honor honour favor "
    "flavor humor humour rumor rumour tractor reactor elevator air chair ever never other another together planet timer buzzer container trailer shelter prayer "
    "center theater theatre cancer fever flower shower remainder reminder hour war star bar car list mist fist twist artist-proof breakfast forest harvest quest test "
    "west east feast beast coast past cast dust trust rest nest chest guest-house interest protest restaurant elephant plant infant-formula giant-step moment "
    "engineer-ing career frontier pier musician-ship technology layer offer paint anniversary lecture butter batter cellar altar pillar sugar calendar solar lunar year".split()
)  # fmt: skip
_WOMEN: Final = re.compile(
    r"^(woman|girl|mother|mom|mum|sister|daughter|wife|widow|grandmother|grandma|granny|aunt|queen|princess|witch|nun|bride|goddess|mermaid|ballerina|diva|maid|"
    r"actress|waitress|heroine|fisherwoman|\w+woman)$"
)
_MEN: Final = re.compile(
    r"^(man|boy|father|dad|brother|son|husband|widower|grandfather|grandpa|uncle|king|prince|wizard|monk|groom|god|cowboy|butler|fisherman|policeman|\w+[^o]man)$"
)
_EMPTY: Final = frozenset("be have do must will can could should would may might let".split())  # never what a story is about
_INTENDING: Final = frozenset(  # before "to": what is intended comes after
    "want try need hope decide learn begin start attempt plan struggle refuse agree force set dream long wish seek dare vow promise get come manage use fight "
    "have ask order hire send travel go return help".split()
)
_STRONG: Final = frozenset(  # words that say where we are count twice against those that say who is there
    "sea ocean lighthouse island beach harbour harbor coast submarine city street apartment rooftop space moon planet mars orbit forest woods jungle river desert "
    "oasis saloon school classroom college university kitchen restaurant bakery cafe hospital ward farm village field orchard garden castle kingdom train station "
    "platform highway theatre theater stage circus snow mountain arctic antarctic glacier summit war trench border prison office laboratory court library museum "
    "mansion bookshop hotel workshop".split()
)
_IRREGULAR: Final = dict(
    pair.split("=")
    for pair in (
        "is=be are=be was=be were=be been=be has=have had=have does=do did=do goes=go went=go found=find lost=lose met=meet made=make took=take taken=take "
        "fell=fall fought=fight ran=run came=come saw=see knew=know thought=think told=tell said=say stole=steal stolen=steal hid=hide hidden=hide built=build "
        "taught=teach brought=bring caught=catch bought=buy kept=keep left=leave gave=give began=begin broke=break wrote=write rode=ride drove=drive woke=wake "
        "won=win forgot=forget grew=grow flew=fly sang=sing drew=draw swam=swim spoke=speak chose=choose sent=send stood=stand sold=sell felt=feel held=hold "
        "led=lead rose=rise fled=flee heard=hear dies=die lies=lie ties=tie"
    ).split()
)
_NAMES: Final = {
    "she": "Mara Ines Nell Odile Tove Runa Alma Vera".split(),
    "he": "Jonas Emil Tomas Bruno Otto Silas Anton Kofi".split(),
}
_PERSON_LOOKS: Final = (
    "in a coat with odd buttons", "quick hands, slow smile", "with tired, kind eyes", "hair cut at home", "in boots too big",
    "with a scar through one eyebrow", "thin, upright", "sunburnt, restless", "in a faded blue jumper", "with ink on both thumbs",
)  # fmt: skip
_CREATURE_LOOKS: Final = ("scarred and watchful", "smaller than expected", "old, curious", "far from home", "with very bright eyes")
_DEFAULT_GOALS: Final = {
    "teach": "pass on what I know", "save": "get everyone out", "flee": "get out of here", "fight": "put a stop to it", "make": "make something that lasts",
    "love": "say it out loud", "secret": "find out the truth", "carry": "get there before dark", "find": "find what I lost", "wait": "stay until it's over",
}  # fmt: skip
_SECOND: Final = {
    "teach": "make", "save": "fight", "flee": "save", "fight": "flee", "make": "wait", "love": "wait", "secret": "flee", "carry": "save",
    "find": "secret", "wait": "find",
}  # fmt: skip
_BEFALLING: Final = frozenset(
    "inherit discover receive realize realise lose die forget witness notice suspect suffer wake hear overhear see become live".split()
)
# Where someone in the predicate stands beside the hero. Who is fought, saved or looked for does not: then a companion does.
_MET: Final = frozenset({"teach", "love", "secret", "carry", "make"})
_GOAL_WORDS: Final = 10


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────
def plain_words(text: str, at_most: int = 2_000) -> str:
    """`text` on one line, without markup that a screenplay would understand."""
    text = re.sub(r"/\*.*?(\*/|$)|\[\[.*?(\]\]|$)|<[^>]{0,100}>|https?://\S+", " ", text[:at_most], flags=re.DOTALL)
    text = re.sub(r"[*_~\[\]{}<>|\\/#=@^`\x00-\x1f\u200b-\u200f\u202a-\u202e]+", " ", text)
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip(" .-!")


def read_logline(logline: str, seed: int) -> Story:
    """The story in a logline. Never fails: a question, one word or another language becomes a story too."""
    text = plain_words(logline)
    text = re.sub(r"\b(?:INT|EXT)\b[^a-z]*(?=[A-Z][a-z]|[A-Z] |$)", " ", text).strip()
    told = [sentence for sentence in re.split(r"(?<=[.!?])\s+", text) if re.search("[A-Za-z]{2}", sentence)]
    chance = random.Random(int.from_bytes(hashlib.sha256(f"{text}\n{seed}".encode("utf-8", "surrogatepass")).digest()[:8]))
    tags = _retagged([pair for sentence in told[:2] for pair in tagged(re.sub("^(?i:what if) ", "", sentence))][:80])
    world = _world(text, chance)
    subject, predicate = _clauses(tags)
    verbs = _verbs(predicate) or _verbs(tags[len(subject) :]) or _verbs(tags)
    asked = _question(told[0] if told else "")
    family = "find" if asked else family_of(tuple(verbs)) if verbs else chance.choice(["find", "carry", "wait", "secret"])
    subject, described = _apposition(subject)
    hero = _hero(subject, tags, world, chance)
    hero = replace(hero, described=described) if described else hero
    other = _unlike(hero, _other(subject, predicate if family in _MET else [], hero, world, chance))
    goal, goal_told = asked or _goal(predicate, tags, other, family)
    return Story(hero, other, goal, goal_told, family, _SECOND[family], world, bool(told))


def _world(text: str, chance: random.Random) -> World:
    words = re.findall(r"[a-zé]+", text.lower())
    stems = set(words) | {word[:-1] for word in words if word.endswith("s")}
    scores = {world.name: sum(1 + (word in _STRONG) for word in set(world.words.split()) & stems) for world in WORLDS}
    best = max(scores.values())
    if best == 0:
        return chance.choice([world_named(n) for n in ("city", "railway", "farm", "library", "forest")])
    first = {
        n: min(text.lower().find(w) for w in set(world_named(n).words.split()) & stems) for n, s in scores.items() if s == best
    }
    return world_named(min(first, key=lambda n: (first[n], n)))


def _clauses(tags: Tagged) -> tuple[Tagged, Tagged]:
    """Subject and predicate of the main clause. "When X does Y, she must Z" gives X and "must Z"."""
    start = 0
    lead: Tagged = []
    if tags and tags[0][0].lower() in (
        "when",
        "after",
        "as",
        "while",
        "if",
        "in",
        "on",
        "one",
        "once",
        "at",
        "before",
        "during",
        "because",
        "can",
        "what",
        "why",
    ):
        comma = next((i for i, (word, _) in enumerate(tags) if word == ","), -1)
        if 0 < comma < len(tags) - 2:
            lead, start = tags[1:comma], comma + 1
        elif tags[0][1] != "CD":
            start = 1
    main = tags[start:]
    verb = _main_verb(main)
    subject, predicate = main[:verb], main[verb:]
    if lead and (not _nouns(subject) or (subject and subject[0][1] in ("PRP", "PRP$") and len(subject) < 3)):
        subject = lead[: _main_verb(lead)] or subject
    return subject, predicate


def _retagged(tags: Tagged) -> Tagged:
    """The tagger reads "A detective hunts a thief" as nouns throughout; a plural before "a", "the" or "her" is a verb."""
    out = list(tags)
    for i in range(1, len(tags) - 1):
        word, tag = tags[i]
        if (
            tag == "NNS"
            and tags[i + 1][1] in ("DT", "PRP$")
            and tags[i - 1][1] in ("NN", "NNP", "VB", "RB", "CD")
            and not _is_being(word)
        ):
            out[i] = (word, "VBZ")
    return out


def _main_verb(tags: Tagged) -> int:
    """Index of the finite verb that belongs to the subject, past a relative clause ("who can't sleep")."""
    finite = [i for i, (_, tag) in enumerate(tags) if tag in ("VBZ", "VBD", "VBP", "MD") and i > 0]
    if not finite:
        return next((i for i, (_, tag) in enumerate(tags) if tag in ("VB", "VBG", "TO") and i > 0), len(tags))
    relative = next(
        (i for i, (word, tag) in enumerate(tags) if tag in ("WP", "WDT", "WP$") or (word == "that" and tag == "IN")), -1
    )
    if 0 < relative < finite[0]:
        later = [i for i in finite if i > finite[0] + 1 and tags[i - 1][0] not in ("to", "and", "or") and tags[i - 1][1] != "MD"]
        return later[0] if later else finite[0]
    return finite[0]


def _verbs(tags: Tagged) -> list[str]:
    """Verbs in base form, those that only intend ("wants to") left out, in order."""
    return [_base(*tags[i]) for i in range(len(tags)) if _is_deed(tags, i)]


def _is_deed(tags: Tagged, i: int) -> bool:
    """Whether a word is something done, not only meant ("wants to"), undergone ("is forced") or empty ("has")."""
    word, tag = tags[i]
    if not tag.startswith("VB") or (tag == "VBN" and (i == 0 or tags[i - 1][1] in ("DT", "PRP$", "JJ"))):
        return False
    after = [t for _, t in tags[i + 1 : i + 3]]
    return _base(word, tag) not in _EMPTY and not (_base(word, tag) in _INTENDING and "TO" in after) and not word.startswith("'")


def _base(word: str, tag: str) -> str:
    word = word.lower()
    if word in _IRREGULAR or tag in ("VB", "VBP"):
        return _IRREGULAR.get(word, word)
    if tag == "VBZ":
        if word.endswith("ies"):
            return word[:-3] + "y"
        return word[:-2] if re.search(r"(sh|ch|ss|x|zz|o)es$", word) else word.removesuffix("s")
    stem = re.sub(r"(ed|ing)$", "", word)
    if stem == word or len(stem) < 2:
        return word
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if re.search(r"([bdgmnprt])\1$", stem):
        return stem[:-1]
    return (
        stem + "e"
        if re.search(r"([aeiou][vcszgukt]|[^aeiou]l|[iou]r|is|at|iv)$", stem)
        and not re.search(r"(ou|ea|oo|ai|ee)[a-z]$|it$|et$|ok$", stem)
        else stem
    )


def _nouns(tags: Tagged) -> list[int]:
    return [i for i, (word, tag) in enumerate(tags) if tag.startswith("NN") and re.search("[A-Za-z]", word)]


# ── beings ──────────────────────────────────────────────────────────────────────────────────────────────────
def _singular(word: str) -> str:
    low = word.lower()
    return {"men": "man", "women": "woman", "children": "child", "people": "person", "mice": "mouse", "wolves": "wolf", "thieves": "thief", "geese": "goose"}.get(
        low, low[:-3] + "y" if low.endswith("ies") else low[:-1] if low.endswith("s") and not low.endswith("ss") else low
    )  # fmt: skip


def _is_being(word: str) -> bool:
    low = _singular(word)
    if low in _PEOPLE or low in _CREATURES:
        return True
    return low not in _NOT_PEOPLE and len(low) > 4 and bool(re.search(r"(er|or|ist|ian|man|woman|eer|ess|smith|wright)$", low))


def _phrases(tags: Tagged) -> list[tuple[int, int]]:
    """Noun phrases as (first word of the adjectives and nouns, head), in order."""
    found = []
    for i in _nouns(tags):
        if i + 1 < len(tags) and tags[i + 1][1].startswith("NN") and tags[i + 1][1] != "NNP":
            continue  # not the last noun of "lighthouse keeper"
        first = i
        while first > 0 and (
            tags[first - 1][1] in ("JJ", "JJR", "JJS", "VBN", "VBG", "CD", "HYPH") or tags[first - 1][1].startswith("NN")
        ):
            first -= 1
        found.append((first, i))
    return found


def _being(tags: Tagged, phrase: tuple[int, int], chance: random.Random, around: Tagged) -> Being:
    first, head = phrase
    word, tag = tags[head]
    described = " ".join(w.lower() if t != "NNP" else w for w, t in tags[first : head + 1]).replace(" - ", "-")
    if _is_name(word, tag) and not _is_being(word):
        name = _clean_cue(word)
        return Being(name.upper(), name, chance.choice(_PERSON_LOOKS), _pronoun(name.lower(), around, chance), "")
    noun = _singular(word) if tag in ("NNS", "NNPS") else word.lower()
    if all(t in ("JJ", "VBN", "VBG", "JJR", "JJS") for _, t in tags[first:head]):  # "young baker": the noun is the cue already
        described = " ".join(w.lower() for w, _ in tags[first:head] if w.lower() not in ("young", "old", "own", "elderly"))
    looks = chance.choice(_CREATURE_LOOKS if noun in _CREATURES else _PERSON_LOOKS)
    told = described if described != noun else ""
    old = bool({"old", "elderly"} & {w.lower() for w, _ in tags[first:head]})
    young = "young" in {w.lower() for w, _ in tags[first:head]}
    return Being(
        _clean_cue(noun).upper(),
        f"the {noun}",
        looks,
        _pronoun(noun, around, chance),
        told,
        age="60s" if old else "20s" if young else "",
    )


def _clean_cue(word: str) -> str:
    kept = "".join(c for c in unicodedata.normalize("NFC", word) if c.isalpha() or c in "-'")
    return kept[:30] or "Someone"


def _pronoun(noun: str, around: Tagged, chance: random.Random) -> str:
    if _WOMEN.match(noun):
        return "she"
    if _MEN.match(noun):
        return "he"
    said = {word.lower() for word, _ in around}
    her, his = bool(said & {"she", "her", "herself"}), bool(said & {"he", "his", "him", "himself"})
    if noun in _CREATURES:
        return "it"
    if her != his:
        return "she" if her else "he"
    return chance.choice(["she", "he"])


def _hero(subject: Tagged, tags: Tagged, world: World, chance: random.Random) -> Being:
    """The first being of the subject, else the first of the whole logline, else the world's own hero."""
    for part in (subject, tags):
        named = part is subject
        phrases = [
            p
            for p in _phrases(part)
            if (_is_being(part[p[1]][0]) and (named or not _a_thing(part[p[1]][0]))) or (named and _is_name(*part[p[1]]))
        ]
        if phrases:
            first, head = phrases[0]
            if part[head][1] in ("NNS", "NNPS") or part[first][0].lower() in ("two", "three", "twin"):
                return _one_of(part, (first, head), chance, 0)
            return _being(part, phrases[0], chance, tags)
    noun, _, looks = world.hero.partition(", ")
    return Being(
        noun.split()[-1].upper(), f"the {noun.split()[-1]}", looks, chance.choice(["she", "he"]), noun if " " in noun else "", False
    )


def _unlike(hero: Being, other: Being) -> Being:
    """The other, with looks of its own."""
    if other.looks != hero.looks:
        return other
    listed = _CREATURE_LOOKS if other.looks in _CREATURE_LOOKS else _PERSON_LOOKS
    return replace(other, looks=listed[(listed.index(other.looks) + 1) % len(listed)] if other.looks in listed else "")


def _a_thing(word: str) -> bool:
    return _singular(word) in _THINGS_AS_OBJECT


def _is_name(word: str, tag: str) -> bool:
    return tag.startswith("NNP") and word[0].isupper() and word[1:].islower()


def _apposition(subject: Tagged) -> tuple[Tagged, str]:
    """ "Mara, an old sailor," as "Mara" and "old sailor"."""
    comma = next((i for i, (word, _) in enumerate(subject) if word == ","), -1)
    if comma < 1 or not _is_name(*subject[comma - 1]):
        return subject, ""
    inner = subject[comma + 1 :]
    phrase = next((p for p in _phrases(inner) if _is_being(inner[p[1]][0])), None)
    return (subject[:comma], " ".join(w.lower() for w, _ in inner[phrase[0] : phrase[1] + 1])) if phrase else (subject, "")


def _one_of(tags: Tagged, phrase: tuple[int, int], chance: random.Random, which: int) -> Being:
    """One of several ("two brothers"): with a name, since the noun alone tells nobody apart."""
    noun = _singular(tags[phrase[1]][0])
    if noun in _CREATURES:
        return Being(
            f"{'OLD' if which == 0 else 'YOUNG'} {noun.upper()}",
            f"the {'old' if which == 0 else 'young'} {noun}",
            chance.choice(_CREATURE_LOOKS),
            "it",
        )
    pronoun = "she" if _WOMEN.match(noun) else "he" if _MEN.match(noun) else ("she", "he")[which]
    name = _NAMES[pronoun][(len(noun) + 3 * which + chance.randrange(3)) % 8]
    plural = tags[phrase[1]][0].lower()
    adjectives = " ".join(w.lower() for w, t in tags[phrase[0] : phrase[1]] if t in ("JJ", "VBN"))
    return Being(
        name.upper(), name, chance.choice(_PERSON_LOOKS), pronoun, f"one of the {adjectives + ' ' if adjectives else ''}{plural}"
    )


def _other(subject: Tagged, predicate: Tagged, hero: Being, world: World, chance: random.Random) -> Being:
    """Whom the hero meets: a second being in the subject ("and his robot"), else one in the predicate, else a companion."""
    plural = [p for p in _phrases(subject) if subject[p[1]][1] in ("NNS", "NNPS") and _is_being(subject[p[1]][0])]
    if plural and hero.described.startswith("one of") or hero.cue.startswith("OLD "):
        second = _one_of(subject, plural[0], chance, 1) if plural else None
        if second is not None:
            return second if second.cue != hero.cue else replace(second, cue="TESSA", ref="Tessa", pronoun="she")
    for part in (subject, predicate):
        for phrase in _phrases(part):
            word, tag = part[phrase[1]]
            noun = _singular(word)
            named = _is_name(word, tag) and part is subject
            if (
                not (named or _is_being(word))
                or noun in _THINGS_AS_OBJECT
                or _clean_cue(noun).upper() == hero.cue
                or word.upper() == hero.cue
            ):
                continue
            adjectives = {w.lower() for w, _ in part[phrase[0] : phrase[1]]}
            if tag in ("NNS", "NNPS") or adjectives & {"dead", "late", "missing", "unborn"}:
                continue
            return _being(part, phrase, chance, [])
    noun, _, looks = world.companion.partition(", ")
    cue = noun.split()[-1].upper()
    if cue == hero.cue:
        looks = chance.choice(_PERSON_LOOKS) if noun in _CREATURES else looks
        return Being("STRANGER", "the stranger", looks, chance.choice(["she", "he"]), "", False)
    pronoun = "it" if noun in _CREATURES else "he" if _MEN.match(noun) else chance.choice(["she", "he"])
    return Being(cue, f"the {noun.split()[-1]}", looks, pronoun, noun if " " in noun else "", False)


# ── goal ────────────────────────────────────────────────────────────────────────────────────────────────────
def _goal(predicate: Tagged, tags: Tagged, other: Being, family: str) -> tuple[str, str]:
    """What the hero wants, as the hero says it and as the other says it back."""
    start = next((i for i in range(len(predicate)) if _is_deed(predicate, i) and predicate[i][1] != "VBN"), -1)
    befalls = start >= 0 and _base(*predicate[start]) in _BEFALLING
    phrase = _cut(predicate[start:]) if start >= 0 and not befalls else []
    if not phrase:
        thing = "" if befalls else _lone_thing(tags)
        mine = f"find {thing}" if thing else _DEFAULT_GOALS[family]
        return mine, re.sub(r"\bmy\b", "your", re.sub(r"\bI\b", "you", mine))
    phrase = [(_base(*phrase[0]), "VB"), *phrase[1:]]
    return _spoken_by(phrase, other, "my", "myself", "you"), _spoken_by(phrase, other, "your", "yourself", "me")


def _question(sentence: str) -> tuple[str, str] | None:
    """ "Why do clocks stop?" is a story about somebody who wants to find out why clocks stop."""
    met = re.match(r"(?i)(why|how|where|when) (?:do|did) ([a-z' ,]{3,60})\?", sentence)
    if met:
        asked = f"{met[1].lower()} {met[2].lower()}"
    elif (
        sentence.endswith("?")
        and re.match(r"(?i)(why|how|where|when|who|what|which|is|are|can|does|do|will)\b", sentence)
        and not re.match("(?i)what if", sentence)
    ):
        asked = "the answer"
    else:
        return None
    return f"find out {asked}", f"find out {asked}"


def _lone_thing(tags: Tagged) -> str:
    """A logline without a verb names something: "The last train." is a thing to be found."""
    for first, head in _phrases(tags):
        word, tag = tags[head]
        if not _is_being(word) and tag != "NNP":
            the = "the " if first and tags[first - 1][1] == "DT" or head > first else ""
            return the + " ".join(w.lower() for w, _ in tags[first : head + 1])
    return ""


def _cut(phrase: Tagged) -> Tagged:
    """A verb phrase short enough to be said: up to a clause, at most ten words, not ending on a hanging word."""
    kept: Tagged = []
    end = next((i for i, (_, tag) in enumerate(phrase) if tag in (",", ".", ":")), len(phrase))
    whole = end <= _GOAL_WORDS and not any(
        word.lower() in ("that", "because", "while", "if", "when", "but") for word, _ in phrase[:end]
    )
    if whole and any(tag == "WP" for _, tag in phrase[:end]):
        return phrase[:end]  # "hunt a thief who steals dreams"
    for index, (word, tag) in enumerate(phrase):
        stops = tag in (",", ".", ":", "WDT", "WP", "WRB", "WP$", "-LRB-", "-RRB-", "``", "''") or word.lower() in (
            "because", "while", "although", "until", "unless", "but", "so", "if", "that", "than", "before", "after", "when", "or",
        )  # fmt: skip
        finite = index > 0 and tag in ("VBZ", "VBD", "MD")
        if index and (stops or finite or (word.lower() == "and" and index > 3)) or len(kept) == _GOAL_WORDS:
            break
        kept.append((word, tag))
    while len(kept) > 1 and (
        kept[-1][1] in ("DT", "IN", "TO", "CC", "PRP$", "JJ", "POS", "CD", "MD") or kept[-1][0].lower() in ("a", "the")
    ):
        kept.pop()
    return kept if len(kept) > 1 else []


def _spoken_by(phrase: Tagged, other: Being, possessive: str, reflexive: str, object_pronoun: str) -> str:
    """The phrase in a speaker's mouth: "his" becomes "my", and the one who is spoken to becomes "you"."""
    words = [w if t.startswith("NNP") else w.lower() for w, t in phrase]
    for i, (word, tag) in enumerate(phrase):
        low = word.lower()
        if tag == "PRP$" and low in ("his", "her", "their", "its"):
            words[i] = possessive
        elif low in ("himself", "herself", "themselves", "itself"):
            words[i] = reflexive
    for first, head in _phrases(phrase):
        if other.named_in_logline and _clean_cue(_singular(phrase[head][0])).upper() == other.cue:
            determiner = first - 1 if first and phrase[first - 1][1] in ("DT", "PRP$") else first
            if head + 1 < len(phrase) and phrase[head + 1][1] == "POS":
                words[determiner : head + 2] = [{"you": "your", "me": "my"}[object_pronoun]]
            else:
                words[determiner : head + 1] = [object_pronoun]
            break
    return re.sub(r" (n't|'s|'|,|-) ?", lambda met: met[1] + ("" if met[1] == "-" else " "), " ".join(words)).strip()
