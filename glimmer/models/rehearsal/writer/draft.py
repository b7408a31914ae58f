"""The draft: a story laid out in scenes of about the asked length, as Fountain.

Chooses scenes and places, fills the slots, keeps as many exchanges as there is time for. Takes a `Story`, gives text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from glimmer.models.rehearsal.writer.beats import FAMILIES, INTERLUDES
from glimmer.models.rehearsal.writer.logline import Being, Story
from glimmer.models.rehearsal.writer.worlds import Place

__all__ = ["Drafted", "Tone", "draft", "read_tone"]

WORDS_A_MINUTE: Final = 170  # dialogue, as the rehearsal voices speak it
ACTION_WORDS_A_SECOND: Final = 3.2
BREATH_SECONDS: Final = 0.35  # of a line more than its words: what stands between two, and what a shot needs to be read
SIGHTS_SECONDS: Final = 6.0  # two sentences on a place


@dataclass(frozen=True)
class Tone:
    """What a tone does to a film's air: the hours it plays at, and what the weather does outside and at the windows."""

    hours: tuple[str, ...]
    outside: tuple[str, ...]
    inside: tuple[str, ...]


@dataclass(frozen=True)
class Drafted:
    """The scenes as Fountain, without a title page, and their estimated length."""

    text: str
    seconds: float


@dataclass(frozen=True)
class _Line:
    who: str  # a action, h hero, o other, v hero's voice over
    text: str
    direction: str = ""


@dataclass(frozen=True)
class _Unit:
    """Lines that only make sense together. `rank` 0 is kept in the shortest film; higher ranks go first."""

    lines: tuple[_Line, ...]
    rank: int


@dataclass
class _Scene:
    place: Place
    hour: str
    units: list[_Unit]


_TONES: Final[tuple[tuple[str, Tone], ...]] = (
    (
        r"dark|noir|thrill|tense|horror|scary|crime|grim|menac|suspens|danger|eerie|creepy|myster",
        Tone(("NIGHT", "NIGHT", "DUSK", "DAWN"), ("Rain hangs in the light of a single lamp.", "Fog. Somewhere in it, footsteps."), ("Rain ticks on the glass.", "The light flickers, and decides to stay.")),
    ),
    (
        r"fun|comed|humou?r|playful|silly|light|quirky|absurd|satir|witty",
        Tone(("MORNING", "DAY", "DAY", "EVENING"), ("A bright, ridiculous morning.", "Sun on everything, whether it wants it or not."), ("Sun pours in and shows all the dust.", "Somewhere a radio is enjoying itself.")),
    ),
    (
        r"sad|melanchol|bittersweet|griev|lonel|quiet|poetic|wistful|tragic|elegi",
        Tone(("DUSK", "NIGHT", "DAY", "DAWN"), ("A grey sky, and very little wind.", "Thin rain, more felt than seen."), ("Grey light lies on everything equally.", "The clock is the loudest thing in the room.")),
    ),
    (
        r"epic|adventur|heroic|action|grand|sweeping|thunder|storm",
        Tone(("DAWN", "DAY", "NIGHT", "DAWN"), ("The sky is piled up like a wall.", "Wind tears the clouds open and shuts them again."), ("The wind leans on the walls.", "Thunder walks about overhead.")),
    ),
    (
        r"tender|warm|gentle|sweet|hope|heart|romant|cosy|cozy|family|kind|uplift",
        Tone(("DAY", "EVENING", "NIGHT", "DAWN"), ("Soft light, and hardly any wind.", "The air is clear, as if somebody had washed it."), ("Warm light lies along the floor.", "A window is open. The curtain lifts and falls.")),
    ),
    (
        r"dream|magic|surreal|wonder|fairy|whimsic|strange|fantas",
        Tone(("DUSK", "NIGHT", "NIGHT", "DAWN"), ("Mist, lit from inside, as if it had swallowed the moon.", "Snow falls upward for a moment, then remembers."), ("The shadows lean the wrong way.", "The lamp burns a little blue.")),
    ),
)  # fmt: skip
_PLAIN_TONE: Final = Tone(
    ("DAY", "EVENING", "NIGHT", "DAWN"),
    ("Low sun, long shadows.", "A wind comes up and goes down again.", "Clouds slide over, one by one."),
    ("Late light comes in sideways.", "The room is very quiet.", "Dust turns in the light."),
)
_OUTDOORS: Final = re.compile(
    r"\b(sky|path|ground|rain, suddenly|road|middle of the way|fork|far off|way they came|open ground|side by side, not)\b"
)
_INDOORS: Final = re.compile(
    r"\b(door|doorway|table|shelf|window|chairs?|cups?|clock|bell rings|hook|wall as if|drawing|night\. \{hero\})\b"
)
# How the hero says what the story is about: the first exchange of the film, and its echo at the end.
_SAID: Final = (
    "!h I'm going to {goal}.\no {Nobody's ever done that.|On a day like this?|You and who else?|Say that again, slowly.|Since when?}",
    "!h Listen. I have to {goal}.\no {Today?|Why you?|I was afraid you'd say that.|Have you told anyone?}",
    "!h {I've made up my mind.|Don't try to stop me.} I'm going to {goal}.\no {Of course you are.|It's a bit late to ask me.|All right. How?}",
)
_ECHOED: Final = (
    "o You said you'd {goal_told}.\nh {I did say that.|I said a lot of things. I meant that one.|You came along anyway.}",
    "o So that's what it takes to {goal_told}.\nh {That, and you.|Don't tell anyone. They'd all want to.}",
)
_VOICED: Final = (
    "v {Everybody has one story they tell badly. This is mine.|I've told this story wrong for years. Here's how it went.}",
    "v {It began on a day like any other. They always do.|If you'd asked me the day before, I'd have said no.}",
)
_OPENING_POSE: Final = (
    "stands alone, holding {prop}",
    "sits very still, {prop} in {his} lap",
    "comes into the light with {prop}",
    "is looking at something we can't see yet, {prop} in {his} hands",
)
_CREATURE_POSE: Final = ("waits beside {prop}", "is there before anyone notices, quite still", "turns slowly, taking everything in")
_MEETING_POSE: Final = (
    "is watching from a few steps away",
    "has been there the whole time",
    "comes closer, one careful step at a time",
    "stops at a distance",
)
_LOOKS: Final = ("A pause.", "A long look.", "Nobody speaks for a moment.", "A breath.", "Silence.")
_TOGETHER: Final = "a {hero_first} and {other_first} look at each other.\nh {Here goes.|Now?|Ready?}"
_NOT_ON_FEET: Final = frozenset({"WHALE", "FISH", "DOLPHIN", "SHARK", "SEAL", "OCTOPUS", "KRAKEN", "MERMAID"})
_SWIMMING_POSE: Final = (
    "rises, black and shining, and looks with one enormous eye",
    "breaks the surface and hangs there, breathing",
)


def read_tone(tone: str, logline: str) -> Tone:
    """The air of the film, from the tone's words, else the logline's, else plain."""
    for told in (tone.lower(), logline.lower()):
        for pattern, found in _TONES:
            if re.search(rf"\b(?:{pattern})", told):
                return found
    return _PLAIN_TONE


def draft(story: Story, tone: Tone, seconds: float, chance: random.Random) -> Drafted:
    """Scenes for `story` that play for about `seconds` (170 words a minute, 3.2 action words a second, a breath for each line and sentence).

    Stops at the templates' end: about ten minutes. The same chance gives the same text.
    """
    pen = _Pen(story, chance, brief=seconds < 24)
    scenes = _planned(story, tone, seconds, chance, pen)
    kept, length = _fitted(scenes, seconds, pen)
    out: list[str] = []
    for index, (scene, units) in enumerate(zip(scenes, kept, strict=True)):
        if units:
            out += [f"{scene.place.heading} - {scene.hour}", "", *pen.written(units)]
        if index == len(scenes) - 2 and len(scenes) > 4:
            out += ["> DISSOLVE TO:", ""]
    return Drafted("\n".join([*out, "> FADE OUT."]), length)


# ── planning ────────────────────────────────────────────────────────────────────────────────────────────────
def _planned(story: Story, tone: Tone, seconds: float, chance: random.Random, pen: _Pen) -> list[_Scene]:
    """The scenes, in order, each with all it could hold."""
    want, attempt, turn, end = (_units(part) for part in FAMILIES[story.family])
    said = _units(chance.choice(_SAID))[0]
    opening = [_Unit(said.lines[:1], 0), _Unit(said.lines[1:], 1)] if seconds < 14 else [_Unit(said.lines, 0)]
    if seconds < 9 and pen.cost(opening[0]) > 1.1 * seconds:
        opening = _units(_TOGETHER)
    echo = _units(chance.choice(_ECHOED) if len(story.goal.split()) < 6 else _ECHOED[0])
    voiced = _units(chance.choice(_VOICED)) if chance.random() < 0.5 else []
    if seconds < 14:
        beats = [opening]
    elif seconds < 26:
        beats = [opening, end]
    elif seconds < 60:
        beats = [[*opening, *want], attempt, [*end, *echo]] if seconds >= 40 else [[*opening, *want[1:]], [*end, *echo]]
    else:
        beats = _with_more([[*voiced, *opening, *want], attempt, turn, [*end, *echo]], story, seconds, chance, pen)
    return _housed(beats, story, tone, chance)


def _with_more(beats: list[list[_Unit]], story: Story, seconds: float, chance: random.Random, pen: _Pen) -> list[list[_Unit]]:
    """Longer films get scenes between, as many as they need: quiet ones, and other kinds of trouble."""
    quiet = [_units(text) for text in chance.sample(INTERLUDES, k=len(INTERLUDES))]
    trouble = [_units(part) for family in _troubles(story) for part in FAMILIES[family][1:3]]
    pool = [scene for three in zip(quiet[0::2], trouble, quiet[1::2], strict=False) for scene in three]
    pool += [scene for scene in (*trouble[6:], *quiet) if scene not in pool]
    more: list[list[_Unit]] = []
    held = sum(pen.length(unit) for beat in beats for unit in beat)
    while pool and held + SIGHTS_SECONDS * (len(beats) + len(more)) < 1.05 * seconds:
        more.append(pool.pop(0))
        held += sum(pen.length(unit) for unit in more[-1])
    half = (len(more) + 1) // 2
    return [beats[0], *more[:half], beats[1], *more[half:], beats[2], beats[3]]


def _troubles(story: Story) -> list[str]:
    """Other families whose troubles this story can borrow, nearest first."""
    order = [
        f for f in ("save", "find", "carry", "flee", "secret", "make", "fight") if f not in (story.family, story.second_family)
    ]
    return [story.second_family, *order]


def _housed(beats: list[list[_Unit]], story: Story, tone: Tone, chance: random.Random) -> list[_Scene]:
    """Each beat in a place and an hour, with what is seen there; nobody stays in one place for two scenes."""
    afloat = {story.hero.cue.split()[-1], story.other.cue.split()[-1]} & _NOT_ON_FEET
    places = [place for place in story.world.places if not (afloat and place.heading.startswith("INT"))]
    middle = list(places[1:-1])
    chance.shuffle(middle)
    used: dict[str, int] = {}
    scenes: list[_Scene] = []
    for index, units in enumerate(beats):
        last = index == len(beats) - 1 and len(beats) > 1
        wished = places[0] if index == 0 else places[-1] if last else middle[(index - 1) % len(middle)]
        before = scenes[-1].place if scenes else None
        place = _suited(units, [wished, *middle, *places], before, used)
        hour = tone.hours[min(len(tone.hours) - 1, index * len(tone.hours) // max(len(beats), 2))]
        first_sight = used.get(place.heading, 0)
        sights = [place.sights[k] for k in range(first_sight, len(place.sights))]
        used[place.heading] = first_sight + 2
        air = chance.choice(tone.inside if place.heading.startswith("INT") else tone.outside)
        seen = [_Unit((_Line("a", sight),), 0 if k == 0 and index == 0 else 1 + k) for k, sight in enumerate(sights[:2])]
        if index % 3 == 0 and story.world.name != "space":
            seen.insert(1, _Unit((_Line("a", air),), 3))
        scenes.append(_Scene(place, hour, [*seen, *units]))
    return scenes


def _suited(units: list[_Unit], places: Sequence[Place], before: Place | None, used: dict[str, int]) -> Place:
    """The first place that isn't the last scene's, and is outdoors or indoors where the heart of the beat asks for it."""
    heart = " ".join(line.text for unit in units for line in unit.lines if line.who == "a").lower()
    outdoors, indoors = len(_OUTDOORS.findall(heart)), len(_INDOORS.findall(heart))
    asked = "EXT" if outdoors > indoors else "INT" if indoors > outdoors else ""
    free = [place for place in places if place is not before] or list(places)
    fitting = [place for place in free if not asked or place.heading.startswith(asked)]
    fresh = [place for place in fitting if place.heading not in used]
    return (fresh or fitting or free)[0]


def _units(text: str) -> list[_Unit]:
    """A beat's notation as units; see `beats`."""
    units = []
    for order, block in enumerate(re.split(r"\n\s*\n", text.strip())):
        lines = []
        for row in block.splitlines():
            met = re.match(r"(!?)([ahov])(?:\(([^)]*)\))? (.*)", row.strip())
            if met:
                lines.append(_Line(met[2], met[4], met[3] or ""))
        units.append(_Unit(tuple(lines), 0 if block.lstrip().startswith("!") else 1 + order))
    return units


# ── fitting ─────────────────────────────────────────────────────────────────────────────────────────────────
def _fitted(scenes: list[_Scene], seconds: float, pen: _Pen) -> tuple[list[list[_Unit]], float]:
    """Of each scene the units that there is time for, in their order, and the seconds they play.

    Most needed first: a first picture, the hero's wish, the heart of every scene; then exchanges from every scene in turn.
    """
    order = sorted((unit.rank, s, u) for s, scene in enumerate(scenes) for u, unit in enumerate(scene.units))
    wish = next(
        (
            key
            for key in order
            if any("{goal}" in line.text or "{hero_first}" in line.text for line in scenes[key[1]].units[key[2]].lines)
        ),
        order[0],
    )
    chosen = {wish[1:]}
    total = pen.cost(scenes[wish[1]].units[wish[2]])
    pen.count(scenes[wish[1]].units[wish[2]])
    for _, s, u in order:
        cost = pen.cost(scenes[s].units[u])
        if (s, u) not in chosen and total + cost <= (1.05 if seconds >= 10 else 1.15) * seconds:
            chosen.add((s, u))
            total += cost
            pen.count(scenes[s].units[u])
    return [[unit for u, unit in enumerate(scene.units) if (s, u) in chosen] for s, scene in enumerate(scenes)], total


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────
class _Pen:
    """Fills slots and writes Fountain. Remembers who and what has been introduced; one pen a draft."""

    def __init__(self, story: Story, chance: random.Random, *, brief: bool) -> None:
        self.story = story
        self._salt = str(chance.random())
        self._brief = brief
        self._prop = chance.choice(story.world.props)
        self._prop_seen = False
        self._together = False  # the shortest films bring both in with one sentence
        self._met: set[str] = set()
        self._counted: set[str] = set()

    def length(self, unit: _Unit) -> float:
        """Seconds the unit's own words play."""
        return sum(_seconds_of(self._filled(line.text, keep=True), spoken=line.who != "a") for line in unit.lines)

    def cost(self, unit: _Unit) -> float:
        """The unit's seconds and those of the introductions that it makes needful and no unit counted before did."""
        needed = {who for line in unit.lines for who in self._needed(line)} - self._counted
        seen = self._prop_seen
        introductions = sum(_seconds_of(self._introduction(who), spoken=False) for who in sorted(needed))
        self._prop_seen = seen
        return self.length(unit) + introductions

    def count(self, unit: _Unit) -> None:
        """Note that the unit is in the film, with the introductions that it needs."""
        self._counted |= {who for line in unit.lines for who in self._needed(line)}

    def written(self, units: list[_Unit]) -> list[str]:
        """Fountain lines for a scene's units. Who has not been met yet is introduced before it speaks or acts."""
        out: list[str] = []
        last_speaker = ""
        for unit in units:
            for line in unit.lines:
                out += self._introductions(line)
                text = self._filled(line.text)
                if line.who == "a":
                    out += [text, ""]
                    last_speaker = ""
                    continue
                being = self.story.other if line.who == "o" else self.story.hero
                cue = _cue(being.cue) + (" (V.O.)" if line.who == "v" else "")
                if cue == last_speaker:  # the exchange between was left out for time: a look stands in for it
                    out += [self._pick(_LOOKS, line.text), ""]
                out += [cue, *([f"({line.direction})"] if line.direction else []), text, ""]
                last_speaker = cue
        return out

    # ── introductions ──
    def _needed(self, line: _Line) -> tuple[str, ...]:
        """Who must have come into the picture before this line."""
        if "{hero_first}" in line.text or self._together:
            self._together = True
            return ()
        speaks_to_other = "{goal}" in line.text and re.search(r"\byou\b", self.story.goal)
        hero = line.who in "h" or (line.who == "a" and re.search(r"\{(hero|Hero|he|his|him|He|His)\}", line.text))
        other = (
            line.who == "o" or speaks_to_other or (line.who == "a" and re.search(r"\{(other|Other|ohe|Ohe|ohis|ohim)\}", line.text))
        )
        return tuple(who for who, is_needed in (("hero", hero), ("other", other)) if is_needed)

    def _introductions(self, line: _Line) -> list[str]:
        out: list[str] = []
        for who in self._needed(line):
            if who not in self._met:
                self._met.add(who)
                out += [self._introduction(who), ""]
        return out

    def _introduction(self, who: str) -> str:
        """ "KEEPER (60s, lighthouse keeper, with tired, kind eyes) stands alone, holding a storm lantern." """
        being = self.story.hero if who == "hero" else self.story.other
        poses = _poses(being, who)
        age = _age_of(being, self.story)
        told = [age or being.described or being.looks] if self._brief else [age, being.described, being.looks]
        inside = ", ".join(part for part in told if part)
        pose = poses[0] if self._brief else self._pick(poses, being.cue)
        return f"{being.cue} ({inside}) {self._filled(pose, being, start=False)}."

    # ── slots ──
    def _pick(self, choices: Sequence[str], what: str) -> str:
        """One of the choices, by what is chosen for: the same wherever it stands, so that a line's length is known early."""
        return random.Random(f"{self._salt}\n{what}").choice(list(choices))

    def _filled(self, text: str, hero: Being | None = None, *, start: bool = True, keep: bool = False) -> str:
        """Slots filled and choices made. keep: only to measure, nothing is remembered."""
        seen = self._prop_seen
        if "{prop}" in text or "{Prop}" in text:
            text = self._with_prop(text)
        self._prop_seen = seen if keep else self._prop_seen
        text = self._slots(text, hero)
        while (met := re.search(r"\{([^{}]*\|[^{}]*)\}", text)) is not None:
            text = text[: met.start()] + self._pick(met[1].split("|"), met[1]) + text[met.end() :]
        return _tidy(text, start=start)

    def _with_prop(self, text: str) -> str:
        """ "a brass bell" the first time, "the brass bell" from then on."""
        bare = re.sub(r"^(an?|the) ", "", self._prop)
        if not self._prop_seen and "{prop}" in text:
            text = text.replace("{prop}", self._prop, 1)
        self._prop_seen = True
        return text.replace("{prop}", f"the {bare}").replace("{Prop}", f"The {bare}")

    def _slots(self, text: str, hero: Being | None = None) -> str:
        story = self.story
        slots = {**_pronouns(hero or story.hero, ""), **_pronouns(story.other, "o")}
        slots |= {
            "hero": story.hero.ref,
            "Hero": _capital(story.hero.ref),
            "other": story.other.ref,
            "Other": _capital(story.other.ref),
        }
        slots |= {f"{who}_first": _first_sight(being, self.story) for who, being in (("hero", story.hero), ("other", story.other))}
        slots |= {"goal": story.goal, "goal_told": story.goal_told, "prop": self._prop, "Prop": _capital(self._prop)}
        return re.sub(r"\{(\w+)\}", lambda met: slots.get(met[1], met[0]), text)


def _seconds_of(text: str, *, spoken: bool) -> float:
    words = len(text.split())
    return BREATH_SECONDS + (words * 60 / WORDS_A_MINUTE if spoken else words / ACTION_WORDS_A_SECOND)


def _first_sight(being: Being, story: Story) -> str:
    return f"{being.cue} ({_age_of(being, story) or (being.described or being.looks).partition(',')[0]})"


def _poses(being: Being, who: str) -> tuple[str, ...]:
    if being.cue.split()[-1] in _NOT_ON_FEET:
        return _SWIMMING_POSE
    if who == "other":
        return _MEETING_POSE
    return _CREATURE_POSE if being.pronoun == "it" else _OPENING_POSE


def _pronouns(being: Being, prefix: str) -> dict[str, str]:
    he, him, his = {"he": ("he", "him", "his"), "she": ("she", "her", "her"), "it": ("it", "it", "its")}[being.pronoun]
    named = {"he": he, "him": him, "his": his}
    small = {f"{prefix}{key}": value for key, value in named.items()}
    large = {f"{prefix}{key}".capitalize(): value.capitalize() for key, value in named.items()}
    return {**small, **large}


def _age_of(being: Being, story: Story) -> str:
    """An age for the introduction, where the logline's own words don't tell one."""
    told = f"{being.described} {being.ref}".lower()
    if being.pronoun == "it" or re.search(r"\b(eleven|nineteen|young|grey)\b", being.looks):
        return ""
    if being.age:
        return being.age
    for pattern, age in (
        (r"\b(boy|girl|child|kid)\b", "10"), (r"\bteen\w*|\bstudent|\bpupil", "16"), (r"\bold\b|\bgrand\w+|\belderly|\bretired|\bwidow|\bkeeper|\baged\b", "60s"),
        (r"\byoung\b|\bapprentice|\bnineteen", "20s"), (r"\bking|\bqueen|\bmother|\bfather|\bcaptain|\bboss|\bteacher|\bprofessor", "50s"),
    ):  # fmt: skip
        if re.search(pattern, told):
            return age
    return ("30s", "40s", "50s", "20s")[sum(map(ord, being.cue + story.goal)) % 4]


def _cue(cue: str) -> str:
    """A name over a line; names that Fountain wouldn't take for one are forced with "@"."""
    return cue if cue.isascii() and cue.upper() == cue and len(cue) > 1 else f"@{cue}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _tidy(text: str, *, start: bool = True) -> str:
    """Grammar that slots can break: "a old", doubled blanks and stops, a small letter at the start of a sentence."""
    text = re.sub(r"\b([Aa]) (?=[aei]|o(?!ne)|u(?!ni|se|su))", r"\1n ", text)
    text = text.replace("I'm going to go ", "I'm going ")
    text = re.sub(r"\s+", " ", text).replace("..", ".").replace("?.", "?").strip()
    text = re.sub(r"([.!?] )([a-z])", lambda met: met[1] + met[2].upper(), text)
    return _capital(text) if start else text
