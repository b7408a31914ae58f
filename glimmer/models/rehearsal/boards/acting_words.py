"""Reading a shot's words for its players: who does what, how they feel, what they hold.

`read_acting` takes the action as the script has it, gives each clause to the person named nearest before its verb, and turns verbs
into poses, words into looks. What the words leave open is filled so that no two players stand alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, get_args

from glimmer.models.interface import ShotRequest, Staged
from glimmer.models.rehearsal.boards.acting import Acting, Expression, Facing, Gaze, Pose, View
from glimmer.vocabulary import Mood

Finder = Callable[[str], tuple[str, ...]]

__all__ = ["Reading", "expression_in", "pose_in", "read_acting", "seed_of"]

# The first match wins within a clause: what moves the whole body stands before what moves a hand.
_POSES: Final[tuple[tuple[Pose, str], ...]] = (
    ("run", r"runs?\b|running|ran\b|sprint|dash(es|ing)?\b|rac(es|ing)\b|flee|chas(e|es|ing)\b|rush|bolts?\b|hurr(y|ies)|gallop|charges?\b"),
    ("climb", r"climb|clamber|scal(es|ing)\b|ascend"),
    ("look_down", r"(asleep|sleeps?|sleeping|dozes?|head) (at|on) (the|his|her|their|a) (desk|table|counter|bar)\b"),
    ("swim", r"swims?\b|swimming|dives?\b|diving|treads? water"),
    ("fall", r"falls?\b(?! (silent|quiet|asleep|in love))|falling|trips?\b|tumbl|stumbl|collaps|slips?\b|thrown back"),
    ("fight", r"fights?\b|fighting|punch|strikes?\b|duel|wrestl|kicks?\b|lunges?\b|parr(y|ies)|attacks?\b|swings? (a|the|his|her|their) (sword|fist|axe|club)"),
    ("dance", r"danc(e|es|ing)\b|twirl|spins? around|waltz"),
    ("row", r"rows\b|rowing|oars\b|paddl"),
    ("lie", r"\blies?\b(?! to)|lying (down|on|in|asleep)|asleep|sleeps?\b|sleeping|sprawl|unconscious"),
    ("crouch", r"crouch|squat|ducks?\b|hides?\b|hiding|hunker"),
    ("kneel", r"kneel|on (his|her|their) knees|drops? to (his|her|their|one) knee"),
    ("embrace", r"hugs?\b|hugging|embrac|cuddl|arms around|holds? (him|her|them|each other) (close|tight)|in each other's arms"),
    ("cover_face", r"covers? (his|her|their) (face|eyes|mouth)|buries (his|her|their) (face|head)|face in (his|her|their) hands"),
    ("hand_on_heart", r"hand on (his|her|their) (heart|chest)|clutch(es|ing)? (his|her|their) (chest|heart)"),
    ("raise_arms", r"rais(es|ing) (his|her|their|both) (arms|hands)|hands? up\b|cheer|celebrat|arms (wide|up|aloft)|surrender|triumph|throws? up"),
    ("reach", r"writes? on (the|a) (black|white)?(board|wall|window|mirror)"),
    ("write", r"writes?\b|writing|types?\b|typing|scribbl|draws?\b (a|the|in|on)|sketch|signs?\b"),
    ("play", r"plays? (the|a|his|her)? ?(piano|organ|keys|keyboard|accordion|guitar|cello)|at the (piano|organ|keyboard|controls)"),
    ("phone", r"(on|into|answers|picks up) (the|a|his|her) (phone|telephone|receiver|mobile|cell)|phones?\b|dials?\b"),
    ("drink", r"drinks?\b|drinking|sips?\b|sipping|swallow|gulps?\b|takes a swig"),
    ("carry", r"carr(y|ies|ying)|lugs?\b|hauls?\b|drags?\b|heav(es|ing)\b|with both arms"),
    ("arms_crossed", r"cross(es|ed|ing)? (his|her|their) arms|arms (folded|crossed)|folds (his|her|their) arms"),
    ("hands_on_hips", r"hands? on (his|her|their) hips?|akimbo"),
    ("shrug", r"shrug"),
    ("wave", r"rais(es|ing) (his|her|their|a|one) hand\b|\bwaves?\b (at|to|goodbye|back|from|his|her)|waving|waves?\.|salut|beckon"),
    ("point", r"points?\b|pointing|gestures? (at|to|toward)|indicat"),
    ("reach", r"reach|grabs?\b|touch|stretches (out|his|her)|knocks?\b|push(es|ing)?\b|pulls?\b|hands (him|her|them|it|over)|offers?\b|gives?\b|opens? (the|a) (door|window|hatch|gate)|turns? the (key|wheel|handle)|presses\b|strokes\b"),
    ("hold_two_hands", r"cradl|clasps?\b|clutch|in both hands|with both hands|holds? up|grips?\b|unfolds?\b|reads?\b|studies|examin|inspects?\b|steers?\b"),
    ("hold", r"holds?\b|holding|picks? up|lifts?\b|takes?\b (a|the|out|his|her)|lights? (a|the|his|her)|raises? (a|the|his|her) |pours?\b|wipes?\b|polish|shows?\b|carries|wields?\b|lowers? (a|the|his|her)"),
    ("sit", r"\bsits?\b|sitting|seated|slumps?\b|perch|\bdriv(es|ing)\b|at the (table|desk|bar|counter|wheel)|in (a|the|his|her) (chair|armchair|seat)|on (a|the|his|her) (bench|sofa|couch|bed|stool|chair|steps)"),
    ("lean", r"\bleans?\b|leaning|propped against"),
    ("look_up", r"looks? up|gaz(es|ing) up|star(es|ing) up|at the (sky|stars|moon|ceiling)|looks? to the sky|tilts? (his|her|their) head back"),
    ("look_down", r"looks? down|bows (his|her|their) head|head (down|bowed)|lowers? (his|her|their) (eyes|head|gaze)|hangs (his|her|their) head"),
    ("walk", r"walks?\b|walking|cross(es|ing)\b|enters?\b|steps?\b|strid(es|ing)|march|approach|wander|stroll|pac(es|ing)\b|leaves\b|exits?\b|heads? (for|to|out|down|up)|arriv|limps?\b|follows?\b|comes? (in|out|up|down)|trudg|sneak|creep|descend|tiptoe|leads?\b|returns?\b"),
    ("stand", r"stands?\b|standing|waits?\b|watch(es|ing)?\b|stops?\b|freez|listens?\b|rises?\b|turns?\b|faces?\b"),
)  # fmt: skip
_LOOKS: Final[tuple[tuple[Expression, str], ...]] = (
    ("laugh", r"laugh|giggl|chuckl|cackl|guffaw|burst(s|ing) out"),
    ("cry", r"\bcr(y|ies|ying)\b|\bweep|\bsobs?\b|sobbing|\btears\b|tearful|in tears"),
    ("angry", r"\bang(ry|er|rily)|furious|\bfury|\brage|(shout|yell|scream)(s|ing)? at\b|\bsnaps?\b(?! (open|shut))|\bglar(e|es|ing)\b|scowl|snarl|\bbitter|slams (?!the door shut)|hates?\b|hiss(es|ing)|threaten"),
    ("afraid", r"afraid|\bfear(?!less)|terrif|scared|frighten|panic|scream|trembl|horrif|nervous|anxious|shak(es|ing|en)\b|gasp|hides?\b|startled"),
    ("surprised", r"surpris|astonish|\bstunn|\bshock|disbelie|jaw drops|eyes wid|amaz|in wonder\b|in awe|gapes?|!\?|\?!"),
    ("wry", r"wry|smirk|\bdr(y|i)ly\b|sarcas|raises an eyebrow|\bteas(es|ing)\b|mocking|\bsly(ly)?\b|winks?|deadpan|ironic"),
    ("tender", r"tender|gentl[ey]|soft(ly)\b|warmly\b|kind(ly|ness)\b|lov(es|ing|ingly)\b|quietly|sooth|comfort|kiss|strokes|hugs?\b|embrac"),
    ("excited", r"shout|yell|call(s|ing)? out|urgent|cries out|over the (wind|storm|noise|music|engine|crowd)|excited|eager|bursting|breathless"),
    ("happy", r"smil|\bgrin|happ(y|ily)|joy|delight|cheer|\bbeam(s|ing)\b|\bglad|proud|pleased|relie[fv]|celebrat"),
    ("sad", r"\bsad|sorrow|grief|griev|mourn|heartbr|lonely|regret|sigh|disappoint|broken|miss(es)? (him|her|you)|goodbye"),
    ("determined", r"determin|resolut|resolve|firmly\b|grim(ly)?\b|\bsteel|\bbravely|\bbraces\b|focus|\bgrits|defian|heroic|commands\b"),
    ("tired", r"tired|wear(y|il)|exhaust|yawn|sleepy|asleep|worn|drows|half-asleep|groggy"),
    ("thoughtful", r"\bthinks?\b|thinking|in thought|thoughtful|ponder|consider|remember|hesitat|wonders\b|\bmus(es|ing)\b|uncertain|quizzic|stud(y|ies)|listens?"),
)  # fmt: skip
_MOODS: Final[dict[Mood, tuple[Expression, ...]]] = {  # of who says nothing; nobody is angry without a word for it
    "calm": ("neutral", "tender", "neutral", "thoughtful"),
    "tender": ("tender", "neutral", "tender"),
    "hopeful": ("tender", "happy", "neutral"),
    "joyful": ("happy", "laugh", "happy"),
    "sad": ("sad", "thoughtful", "neutral"),
    "tense": ("thoughtful", "determined", "neutral"),
    "mysterious": ("thoughtful", "neutral", "neutral"),
    "epic": ("determined", "neutral", "determined"),
    "playful": ("happy", "wry", "neutral"),
}
_TALKING: Final[dict[Mood, tuple[Expression, ...]]] = {  # of who speaks, where neither the words nor how they are said tell more
    "calm": ("neutral", "neutral", "tender"), "tender": ("tender", "neutral"), "hopeful": ("tender", "happy", "neutral"),
    "joyful": ("happy", "happy", "wry"), "sad": ("tender", "sad", "neutral"), "tense": ("neutral", "determined", "neutral"),
    "mysterious": ("neutral", "thoughtful"), "epic": ("determined", "neutral"), "playful": ("happy", "wry", "neutral"),
}  # fmt: skip
# What a spoken line itself tells of a face. Far fewer words than for an action: "love" or "afraid" said are not shown.
_SAID: Final[tuple[tuple[Expression, str], ...]] = (
    ("laugh", r"\bha(,? ?ha)+\b|haha"),
    ("angry", r"\b(damn|how dare|i hate|shut up|liar|get out|idiot|enough!|coward|traitor)"),
    ("sad", r"\b(i'?m (so )?sorry|goodbye|i miss|gone\.|she'?s dead|he'?s dead|i (can'?t|couldn'?t) )"),
    ("afraid", r"\b(help( me)?!|please,? don'?t|run!|behind you!|watch out|look out|they'?re coming)"),
    ("surprised", r"\?!|!\?|\bwhat\?!?$|^what\?|oh my|impossible|i don'?t believe|^wow"),
    ("tender", r"\b(my (love|dear|darling|child)|\blove\b[.,!]|thank you|sweetheart|i love you|no, love|come home)"),
    ("happy", r"\b(hooray|hurrah|we did it|yes!|wonderful|welcome|happy birthday|delicious|beautiful!|congratulations)"),
)
_GAZES: Final[tuple[tuple[Gaze, str], ...]] = (
    ("closed", r"clos(es|ed|ing) (his|her|their) eyes|eyes (closed|shut)|asleep|sleeps?\b|blinks?\b"),
    ("up", r"looks? up|gaz(es|ing) up|star(es|ing) up|at the (sky|stars|moon|ceiling)|overhead"),
    ("down", r"looks? down|at (his|her|their) (feet|hands|shoes)|lowers? (his|her|their) (eyes|gaze|head)|reads?\b|writes?\b"),
    ("camera", r"(at|into|to) (the )?(camera|lens|us)\b"),
)  # fmt: skip
_BACK: Final = r"walks? (away|off)|turns? (away|(his|her|their) back)|from behind|backs? to (us|the camera)|exits?\b|leaves\b|out (at|over|to|across) the (sea|window|city|valley|horizon|water|ocean|night)|into the distance|disappears? (into|down)"
_HOLDS: Final = r"hold|carr|grip|clutch|grab|takes?|lift|rais|read|drink|sip|pour|writ|light|play|open|show|give|offer|swing|pick|wip|polish|phone|dial|under (a|an|the|his|her) umbrella|ride|with (a|an|the|his|her)|clasp|cradl|wield|lower|study|studies|examin|inspect|unfold|steer|pull|throw|catch|eat|point|wav"
_USUAL: Final[dict[str, str]] = {
    "drink": "a cup of tea or a mug",
    "phone": "telephone receiver",
    "hold_two_hands": "book",
}  # what the hand holds when the words don't say
_ALL: Final = r"\b(they|both|all|everyone|everybody|together|the (two|three|four|group|crew|crowd|family|others))\b"
_SITS: Final = r"\bsits?\b|sitting|seated|\bdriv(es|ing)\b|(at|on) (the|his|her|their|a) (desk|table|counter|wheel)\b|in (a|the|his|her) (chair|armchair|seat)"
_ON_A_SEAT: Final = (
    "phone",
    "drink",
    "hold",
    "hold_two_hands",
    "cover_face",
    "look_up",
    "look_down",
    "point",
    "reach",
    "wave",
    "hand_on_heart",
    "shrug",
    "arms_crossed",
    "stand",
    "lean",
)
_CALM_POSES: Final[tuple[Pose, ...]] = ("stand", "stand", "stand", "lean", "stand", "arms_crossed", "stand", "hands_on_hips")
_MOOD_POSES: Final[dict[Mood, tuple[Pose, ...]]] = {
    "sad": ("look_down", "stand", "stand", "arms_crossed"),
    "tense": ("stand", "arms_crossed", "stand", "stand"),
    "tender": ("stand", "stand", "hand_on_heart", "stand"),
}


def seed_of(*parts: object) -> int:
    """A number that is the same on any machine for the same parts (FNV-1a over their text)."""
    value = 2166136261
    for byte in "\x1f".join(map(str, parts)).encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value ^ (value >> 15)


def pose_in(text: str) -> Pose | None:
    """The pose that the words of one clause ask for, None if they ask for none."""
    return next((pose for pose, pattern in _POSES if re.search(rf"\b(?:{pattern})", text.lower())), None)


def expression_in(text: str) -> Expression | None:
    """The look that the words ask for, None if they ask for none."""
    return next((look for look, pattern in _LOOKS if re.search(rf"(?:{pattern})", text.lower())), None)


@dataclass(frozen=True)
class Reading:
    """What the words say of one player: its own clauses, and whether it acts at all."""

    words: str
    named: bool


def _names(staged: Staged) -> list[str]:
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)?", staged.design.name.lower())
    return [" ".join(words), *[w for w in words if len(w) > 2 and w not in ("the", "old", "young", "mrs")]]


def clauses_of(request: ShotRequest) -> list[Reading]:
    """The action's clauses given to the players, in the order of `request.cast`."""
    cast = request.cast
    own: list[list[str]] = [[] for _ in cast]
    named = [False] * len(cast)
    actor: list[int] = [0]
    waiting: list[int] = []
    for sentence in re.split(r"(?<=[.!?;])\s+|\n+", request.action):
        for clause in re.split(r",\s+(?!and\b)|\s+(?:and|then|while|as)\s+|\s+--?\s+|—", sentence):
            low = clause.lower()
            found = sorted(
                (m.start(), i)
                for i, s in enumerate(cast)
                for n in _names(s)
                if n
                for m in [re.search(rf"\b{re.escape(n)}\b", low)]
                if m
            )
            if found:
                actor = [found[0][1]]
                for _, i in found:
                    named[i] = True
            elif (other := _by_pronoun(low, cast, actor)) is not None:
                actor = other
            elif re.search(_ALL, low):
                actor = list(range(len(cast)))
            if re.search(r"embrac|\bhugs?\b|danc", low) and len({i for _, i in found}) > 1:
                actor = sorted({i for _, i in found})
            if found and not re.sub(
                rf"{'|'.join(re.escape(n) for s in cast for n in _names(s))}|\b(the|and|old|young)\b|\W", "", low
            ):
                waiting += [i for _, i in found]  # "Kofi and Ade fight": the first name shares the second's verb
                continue
            actor, waiting = list(dict.fromkeys([*waiting, *actor])), []
            for i in actor:
                if i < len(own):
                    own[i].append(clause)
    return [Reading(" , ".join(c), n) for c, n in zip(own, named, strict=True)]


def _by_pronoun(clause: str, cast: tuple[Staged, ...], actor: list[int]) -> list[int] | None:
    """Who "she" or "he" at a clause's head is when the last actor is not: the other of that gender, or nobody in the picture."""
    said = re.match(r"\s*(she|he)\b", clause)
    if said is None or len(actor) != 1 or actor[0] >= len(cast):
        return None
    gender = "woman" if said[1] == "she" else "man"
    if cast[actor[0]].design.gender in (gender, "neutral"):
        return None
    return [i for i, s in enumerate(cast) if s.design.gender == gender and s.design.kind == "person"][:1]


def read_acting(request: ShotRequest, find_props: Finder | None = None) -> tuple[Acting, ...]:
    """One `Acting` for each of `request.cast`; which way it faces is the stage's to settle.

    find_props: what names the things a text mentions (`props.find_props`); None holds nothing.
    """
    readings = clauses_of(request)
    used: set[tuple[Pose, int]] = set()
    return tuple(_one(request, i, staged, readings[i], find_props, used) for i, staged in enumerate(request.cast))


def _one(
    request: ShotRequest, index: int, staged: Staged, reading: Reading, find_props: Finder | None, used: set[tuple[Pose, int]]
) -> Acting:
    own = seed_of(staged.design.name, request.scene_seed)
    seed = seed_of(staged.design.name, request.scene_seed, request.seed, request.action)
    words = f"{reading.words} , {staged.parenthetical}"
    pose = pose_in(words)
    if pose is None:
        choice = _MOOD_POSES.get(request.mood, _CALM_POSES) if seed % 3 else _CALM_POSES
        pose = choice[own % len(choice)]
    prop = ""
    if find_props is not None and re.search(_HOLDS, reading.words.lower()):
        things = find_props(reading.words) or find_props(
            _USUAL.get(pose, "") if pose != "hold_two_hands" or "read" in reading.words.lower() else ""
        )
        prop = things[0] if things else ""
    variant = (own + request.seed) % 7
    while (pose, variant) in used and len(used) < 40:
        variant = (variant + 1) % 11
    used.add((pose, variant))
    return Acting(
        pose=pose, expression=_expression(request, index, staged, words), view=_view(words, pose, seed), gaze=_gaze(words, request),
        facing=("left", "right")[own % 2], prop=prop, speaking=staged.speaking, variant=variant,
        seated=pose in _ON_A_SEAT and bool(re.search(_SITS, words.lower())),
    )  # fmt: skip


def _expression(request: ShotRequest, index: int, staged: Staged, words: str) -> Expression:
    """How it is said, then what is done, then what is said and its signs, then the mood. Anger only from angry words."""
    line = staged.line.strip()
    how = expression_in(staged.parenthetical)
    if how:
        return _urgent(how, request.mood)
    done = (
        expression_in(words)
        if not staged.speaking
        else next((look for look in [expression_in(words)] if look != "thoughtful"), None)
    )
    if done:
        return _urgent(done, request.mood)
    choice = (_TALKING if staged.speaking else _MOODS)[request.mood]
    if staged.speaking:
        low = line.lower().replace("’", "'")
        told = next((look for look, pattern in _SAID if re.search(pattern, low)), None)
        if told:
            return told
        if line.count("!") > 1 or line.endswith("!") or (line.isupper() and len(line) > 6):
            return "happy" if request.mood in ("joyful", "playful") else _urgent("excited", request.mood)
        if line.endswith("?") and request.mood in ("sad", "tender", "mysterious"):
            return "thoughtful" if request.mood == "mysterious" else "neutral"
    return choice[(index + seed_of(staged.design.name, line) + request.seed) % len(choice)]


def _urgent(look: Expression, mood: Mood) -> Expression:
    """Raised voices smile in a bright scene and do not in a dark one."""
    return "urgent" if look == "excited" and mood in ("tense", "sad", "mysterious", "epic") else look


def _view(words: str, pose: Pose, seed: int) -> View:
    if re.search(_BACK, words.lower()):
        return "back"
    if pose in ("run", "walk", "row", "climb", "swim", "fight"):
        return "side" if seed % 5 < 2 or pose == "climb" else "three_quarter"
    if pose in ("raise_arms", "shrug", "cover_face", "fall", "dance"):
        return ("front", "three_quarter")[seed % 2]
    return ("three_quarter", "three_quarter", "three_quarter", "front", "three_quarter")[seed % 5]


def _gaze(words: str, request: ShotRequest) -> Gaze:
    return next((gaze for gaze, pattern in _GAZES if re.search(pattern, words.lower())), "ahead")


FACINGS: Final[tuple[str, ...]] = get_args(Facing)
