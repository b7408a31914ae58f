"""The air of a scene: its weather and its mood, weighed from the script's own words by tables anyone can read and add to.

Takes scenes with elements and lines, gives them back with `weather` and `mood`. Knows English words; a scene in another
language is calm and clear unless its heading or table words say otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from glimmer.screenplay.mentions import sentences, words_of
from glimmer.screenplay.nouns import Scene
from glimmer.vocabulary import Mood, Weather

__all__ = ["MOOD_WORDS", "mood_of", "with_air"]

# ── weather: the worst that is told wins, unless it has stopped ─────────────────────────────────────────────
_WEATHER: Final[tuple[tuple[Weather, re.Pattern[str]], ...]] = (
    (
        "storm",
        re.compile(
            r"\b(?:storms?|stormy|tempest|hurricane|gale|gales|thunder\w*|lightning|squall|typhoon|tornado)\b|嵐|雷|暴风|عاصفة|तूफ़ान",
            re.I,
        ),
    ),
    ("snow", re.compile(r"\b(?:snow|snows|snowing|snowy|snowfall|snowflakes?|blizzard|sleet|flurries)\b|雪|ثلج|बर्फ", re.I)),
    (
        "rain",
        re.compile(
            r"\b(?:rain|rains|raining|rainy|raindrops?|rainfall|drizzl\w+|downpour|pouring|deluge|pluie|lluvia|regen)\b|雨|مطر|बारिश",
            re.I,
        ),
    ),
    ("fog", re.compile(r"\b(?:fog|foggy|mist|misty|haze|hazy|brume|nebel)\b|霧|雾|ضباب|कोहरा", re.I)),
    ("wind", re.compile(r"\b(?:wind|winds|windy|windswept|gusts?|breeze)\b|風|风|ريح|हवा", re.I)),
)
_NOT_WEATHER = re.compile(
    r"\b(?:storm(?:s|ed|ing)? (?:off|out|in|into|past|away|through|up|down)|winds? (?:up|down|the|his|her|a|it|through|along|around|round|its)|wind (?:chimes?|turbines?|instruments?)"
    r"|out of wind|second wind|brain ?storm\w*|snow ?(?:globe|white|man|ball)s?|rain ?coats?|rain ?bows?|rain of|fog ?horns?|fog of|mists? over|like (?:a |the )?(?:rain|snow|storm|thunder|lightning|wind)"
    r"|eye of the storm|lightning fast|thunderous applause|mist(?:ed|s) up|pouring (?:a|the|his|her|wine|tea|coffee|water|himself|herself|it|milk|out))\b",
    re.I,
)
_OVER = re.compile(
    r"\b(?:stop(?:s|ped)?|ends?|ended|over|gone|passed|passes|clear(?:s|ed|ing)?|died|dies|no|not|without|after the|eas(?:es|ed)|lifts?|lifted|broken|spent|used to|remember\w*|yesterday)\b",
    re.I,
)
_SAME_HOUR = re.compile(r"\b(?:continuous|later|same|moments)\b", re.I)
_CLEAR = re.compile(
    r"\b(?:clear sky|clear skies|cloudless|sunny|sunshine|sunlit|the sky (?:is )?clears?|starry|stars (?:come|burn|shine|everywhere))\b",
    re.I,
)

# ── mood: word -> weight. One strong word and one weak one, or three weak ones, colour a scene ──────────────
MOOD_WORDS: Final[dict[Mood, dict[int, str]]] = {
    "tender": {
        3: "tender tenderly caress embrace lullaby beloved darling cuddle",
        2: "gentle gently softly soft kiss hug love loving stroke whisper heart warm warmth cradle hold comfort sweetheart blanket asleep quietly sing song hum",
        1: "smile hand together touch home old friend small braid slowly listen teach kind lean patient lonely",
    },
    "hopeful": {
        3: "hope hopeful hopefully dream someday sunrise rescue",
        2: "dawn brighten tomorrow believe promise new return sail wonder horizon",
        1: "light begin answer lift rise clear morning maybe sun learn wish shore gold",
    },
    "joyful": {
        3: "joy joyful celebrate cheer laughter hooray wedding party birthday dance overjoyed delight",
        2: "laugh happy happily grin beam applaud sing wonderful fun sunny twirl toast hurrah play",
        1: "smile bright bounce music flower summer wag yes glad",
    },
    "playful": {
        3: "giggle prank mischief tease joke silly wink clown burp",
        2: "grin chase trick bark wag pancake tumble slip wobble cake flour sneak sneaky funny ridiculous toast egg goofy puppy jam tickle hide",
        1: "dog cat kitchen hop bounce pounce play laugh oops pan sausage cookie ball flip blink stare wrong",
    },
    "sad": {
        3: "weep sob grief mourn funeral tears grave heartbroken widow despair bury cemetery",
        2: "cry sad sadly alone lonely lost lose loss gone goodbye dead death died miss sorrow farewell tear ache regret sorry empty never",
        1: "silence fade cold rain away slump bow old grey left leave forget last sigh dark",
    },
    "tense": {
        3: "gun knife blood scream threat murder kill panic bomb pistol trap hostage explode",
        2: "danger fear afraid terror run chase tense slam shout demand police escape weapon lie betray shot shadow nervous sweat freeze dead grip hurry trouble break crash furious fight bleed warn guilty hunt briefcase arrest stalk",
        1: "dark quickly sharp stop hide watch silence clock door money night wait quiet nobody deal late smoke cigarette coat clench wrong swallow hard",
    },
    "mysterious": {
        3: "mystery mysterious secret ghost strange eerie unknown haunted riddle vanish whispering spectre",
        2: "shadow fog mist moonlight shimmer glow disappear hidden ancient whisper curious dim silhouette candle echo cave midnight stranger dream abyss deep",
        1: "dark night silence moon behind slowly old door unseen below beneath",
    },
    "epic": {
        3: "army battle war king throne empire destiny dragon legion glory kingdom charge",
        2: "mountain sword storm roar thunder vast colossal horizon giant tower fleet cliffs enormous towering ocean cathedral warrior",
        1: "sea wave sky crash huge wind rise thousand great fire whale",
    },
    "calm": {
        2: "calm peaceful peace serene still quiet quietly rest sleep breathe tea",
        1: "slowly sit gentle garden read morning pour",
    },
}
_COLOURED_FROM: Final = 4.0  # points a mood needs before a scene is more than calm
_DENSITY_WORDS: Final = 90  # in a longer scene the same points count for less
_TIES: Final[tuple[Mood, ...]] = ("tense", "tender", "sad", "playful", "joyful", "hopeful", "mysterious", "epic", "calm")

_LOUD: Final[tuple[Mood, ...]] = ("tense", "playful", "joyful")


def _weights() -> dict[str, list[tuple[Mood, int]]]:
    weights: dict[str, list[tuple[Mood, int]]] = {}
    for mood, rows in MOOD_WORDS.items():
        for weight, words in rows.items():
            for word in words.split():
                weights.setdefault(_stem(word), []).append((mood, weight))
    return weights


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """A word without its ending: whispers, whispered, whispering -> whisper; stopped -> stop."""
    word = word.removesuffix("'s").removesuffix("’s")
    for ending in ("ing", "ied", "ies", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "thing")):
            word = word[: -len(ending)] + ("i" if ending in ("ied", "ies") else "")
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


_WEIGHTS = _weights()


def with_air(scenes: Sequence[Scene]) -> tuple[Scene, ...]:
    """The scenes with their weather and mood. Weather carries on into a scene at the same place or CONTINUOUS that tells none."""
    made: list[Scene] = []
    for scene in scenes:
        told = _weather_told(scene)
        carried = next((before.weather for before in _before(made, scene) if _same_air(before, scene)), "clear")
        made.append(scene.model_copy(update={"weather": told or carried, "mood": mood_of(_texts(scene), shouts=_shouts(scene))}))
    return tuple(made)


def _before(made: list[Scene], scene: Scene) -> list[Scene]:
    """The scenes whose weather may carry on: the last one here if the heading says LATER or the like, and the one just before."""
    here = [
        before
        for before in made[-12:]
        if before.heading.place == scene.heading.place and _SAME_HOUR.search(scene.heading.time_words)
    ]
    return [*here[-1:], *made[-1:]]


def _same_air(before: Scene, scene: Scene) -> bool:
    """Whether weather carries on: the same place, a part of it at the same time of day, CONTINUOUS or LATER."""
    if before.heading.place == scene.heading.place or _SAME_HOUR.search(scene.heading.time_words):
        return True
    shared = set(words_of(before.heading.place)) & set(words_of(scene.heading.place)) - {"the", "of", "in", "on", "room", "house"}
    return bool(shared) and before.heading.time_of_day == scene.heading.time_of_day


def mood_of(texts: Sequence[str], *, shouts: int = 0) -> Mood:
    """The mood that the words of `texts` weigh most for; "calm" where none is plain. `shouts` are exclamation marks."""
    words = [word for text in texts for word in words_of(text)]
    points: Counter[Mood] = Counter()
    for word, times in Counter(map(_stem, words)).items():
        for mood, weight in _WEIGHTS.get(word, ()):
            points[mood] += weight * min(times, 3)  # a refrain colours, but not without end
    if shouts >= 3:
        points[max(_LOUD, key=lambda mood: points[mood])] += 2
    needed = _COLOURED_FROM * max(1.0, len(words) / _DENSITY_WORDS) ** 0.5
    best = max(_TIES, key=lambda mood: (points[mood], -_TIES.index(mood)))
    return best if points[best] >= needed else "calm"


def _texts(scene: Scene) -> list[str]:
    spoken = [scene.heading.raw, *(part for line in scene.lines for part in (line.text, line.parenthetical))]
    return [*(element.text for element in scene.elements if element.kind in ("action", "lyric")), *spoken]


def _shouts(scene: Scene) -> int:
    return sum(text.count("!") for text in _texts(scene))


def _weather_told(scene: Scene) -> Weather | None:
    """What heading and action tell; None if they tell nothing."""
    told: list[Weather] = [kind for kind, pattern in _WEATHER if pattern.search(_NOT_WEATHER.sub(" ", scene.heading.raw))]
    over = False
    for element in scene.elements:
        for sentence in sentences(element.text) if element.kind == "action" else ():
            real = _NOT_WEATHER.sub(" ", sentence)
            kinds = [kind for kind, pattern in _WEATHER if pattern.search(real)]
            if kinds and _OVER.search(real):
                over = True
            else:
                told += kinds
            over = over or bool(_CLEAR.search(sentence))
    if told:
        return min(told, key=[kind for kind, _ in _WEATHER].index)
    return "clear" if over else None
