"""Reading a moment's action for what would be heard: the words, in order, without what is denied, dreamt or said.

A cue needs the sound's own verb wherever the noun alone is often silent: "a dog barks" barks, "a dog" does not, and French
"car" (because) never drives. Text that is not English gives nothing but the bed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from glimmer.models.rehearsal.sound import effects_animals as animals
from glimmer.models.rehearsal.sound import effects_doors as doors
from glimmer.models.rehearsal.sound import effects_machines as machines
from glimmer.models.rehearsal.sound import effects_small as small
from glimmer.models.rehearsal.sound import effects_steps as steps
from glimmer.models.rehearsal.sound import effects_weather as weather
from glimmer.models.rehearsal.sound.gestures import Effect

__all__ = ["CUES", "Cue", "Heard", "heard_in", "surface_of"]

MAX_EFFECTS_PER_MOMENT: Final = 4


@dataclass(frozen=True)
class Cue:
    """Words that are heard as an effect, its peak in dBFS, and whether it comes from beyond the scene (farther, softer)."""

    name: str
    pattern: re.Pattern[str]
    effect: Effect
    peak_dbfs: float
    far: bool = False


@dataclass(frozen=True)
class Heard:
    """A cue found in a text: where it stands there, 0 at its start, 1 at its end, and whether the text puts it far off."""

    cue: Cue
    at_share: float
    far: bool


def _cue(name: str, words: str, effect: Effect, peak_dbfs: float = -12.0, *, far: bool = False) -> Cue:
    return Cue(name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE), effect, peak_dbfs, far)


_S = r"(?:s|es|ed|ing)?"
_ANY = r"[^.;!?]{0,28}?"  # a few words between noun and verb, in the same sentence
CUES: Final[tuple[Cue, ...]] = (
    _cue("climbing", rf"(?:climb{_S}|up|down|mount{_S}|descend{_S}){_ANY}(?:stairs?|steps|staircase|ladder)", steps.climbing, -15),
    _cue("running", r"runs(?! (?:a|the|his|her|out of))|(?:they|both|children|kids|soldiers|men|women|people) run|running(?! (?:water|late))|ran|sprint(?:s|ing)|chas(?:es|ing)|flees|dash(?:es|ing)|bolts|rush(?:es|ing)|hurries", steps.running, -14),
    _cue("footsteps", r"footsteps?|walks?(?!ie| of life)|walking|walked|paces|pacing|strides|striding|strolls|trudges|trudging|wanders|limps|limping|"
         r"marches|crosses|steps (?:in|out|into|onto|forward|back|up|through|closer|off|across)|tiptoes|approaches|footfalls?|enters|shuffles",
         steps.footsteps, -16),
    _cue("knock", r"knock(?:s|ed|ing)?(?! over| down)|raps on|pounds on|bangs on|hammers on the door", doors.knock, -11),
    _cue("door_slam", rf"door{_ANY}(?:slam|bang){_S}|slam(?:s|med|ming)?{_ANY}(?:door|gate|hatch|lid)|slams", doors.door_slam, -9),
    _cue("door_open", rf"open(?:s|ed|ing)?{_ANY}(?:door|gate|hatch|cupboard)|(?:door|gate|hatch){_ANY}(?:opens|opening|opened|swings|flies open|(?:hiss|slide|swing|creak|burst)\w* open)|bursts in",
         doors.door_open, -14),
    _cue("door_close", rf"(?:clos(?:es|ed|ing)|shuts?|shutting){_ANY}(?:door|gate|hatch|book|lid|cupboard)|(?:door|gate|hatch|lid){_ANY}(?:closes|shuts|closing)",
         doors.door_close, -12),
    _cue("creak", r"creak(?:s|ed|ing)?|groans? (?:of )?(?:wood|timber)|squeak(?:s|ing)?|hinges", doors.creak, -15),
    _cue("key_in_lock", rf"unlock{_S}|key{_ANY}(?:lock|turns?)|jangl(?:es|ing)|keys (?:jingle|rattle)|locks the", doors.key_in_lock, -16),
    _cue("switch_click", rf"switch(?:es)? (?:on|off)|(?:flips|flicks|throws|presses|hits){_ANY}(?:switch|lever|button|breaker)|light{_ANY}(?:clicks|snaps) on|clicks",
         doors.switch_click, -16),
    _cue("window", rf"(?:opens|shuts|closes|lifts|raises){_ANY}window|window{_ANY}(?:opens|shuts|slides)", doors.window, -14),
    _cue("drawer", rf"(?:opens|pulls|shuts|slides|searches|rummages){_ANY}drawers?|rummag(?:es|ing)", doors.drawer, -15),
    _cue("chair_scrape", rf"(?:pulls|pushes|drags|scrapes){_ANY}chair|chair{_ANY}scrapes|sits down|gets up from|stands up", doors.chair_scrape, -19),
    _cue("rain_start", rf"(?:it )?(?:starts|begins|beginning) (?:to )?rain(?:ing)?|rain{_ANY}(?:starts|begins|falls|comes|pours|hits|lashes|drums|patters|hammers|beats|pelts)|downpour|cloudburst",
         weather.rain_start, -16),
    _cue("thunder", r"thunder(?:s|ing|clap)?|lightning", weather.thunder, -9, far=True),
    _cue("explosion", r"explosions?|explodes|blasts?|blows up|detonat(?:es|ion)|bomb (?:goes|falls|drops|lands)", weather.explosion, -8),
    _cue("wave_crash", rf"waves?{_ANY}(?:crash|break|slam|hit|strike|smash|burst|roll){_S}|surf", weather.wave_crash, -13),
    _cue("splash", r"splash(?:es|ed|ing)?|dives|plunges|jumps in(?:to)? the (?:water|sea|river|lake|pool)|falls overboard|falls (?:in|into) the (?:water|sea|river|lake|pool|harbour)",
         weather.splash, -11),
    _cue("wind_gust", rf"gusts?|wind{_ANY}(?:howls|rises|blows|picks|tears|moans|whips|whistles)|howling wind|blown away", weather.wind_gust, -14),
    _cue("whoosh", r"whoosh(?:es)?|swoosh(?:es)?|swings (?:a|the|his|her) (?:sword|axe|bat|club)|flies past|streaks|zooms|swoops|hurls", weather.whoosh, -13),
    _cue("drip", r"drip(?:s|ping)?|leak(?:s|ing)|faucet|tap drips", weather.drip, -18),
    _cue("bubbles", r"bubbl(?:es|ing)|surfaces from|boiling", weather.bubbles, -17),
    _cue("pour", r"pours|pouring|fills (?:a|the|his|her|two) (?:glass|glasses|cup|mug|kettle)|serves (?:tea|coffee|wine)", weather.pour, -16),
    _cue("fire", rf"(?:fire|flames?|campfire|torch|bonfire|fireplace|stove){_ANY}(?:burn|crackl|roar|blaz|glow|flicker)\w*|(?:lights?|kindles|starts) (?:a|the) fire|"
         r"crackl(?:es|ing)|ablaze|flames", weather.fire, -17),
    _cue("gull", r"(?:sea)?gulls?", animals.gull, -15),
    _cue("dog", rf"barks(?! of)|barking|(?:dog|hound|puppy){_ANY}(?:barks?|barking|growls|yaps|howls)|woof", animals.dog, -12),
    _cue("cat", rf"me+ow(?:s|ing)?|(?:cat|kitten){_ANY}(?:cries|calls|hisses|yowls)", animals.cat, -14),
    _cue("whale", rf"whales?(?: song)?{_ANY}(?:sing|call|song|breach|surface|answer|moan|cry|rise|speak|glide|swim){_S}|whale ?song", animals.whale, -13),
    _cue("bird", r"birds?(?:song)? (?:sing|sings|chirps?|calls?|tweets?)|birdsong|chirp(?:s|ing)|sparrows?|robin sings|songbird", animals.bird, -17),
    _cue("crow", r"(?:crow|raven)s? (?:caws?|calls?|croaks?)|caw(?:s|ing)", animals.crow, -14),
    _cue("owl", rf"owl{_ANY}(?:hoots?|calls?)|hoot(?:s|ing)", animals.owl, -16),
    _cue("wolf", rf"(?:wolf|wolves|coyote)s?{_ANY}howl(?:s|ing)?", animals.wolf, -14, far=True),
    _cue("horse", r"neigh(?:s|ing)?|whinn(?:y|ies)|horses? (?:rears?|snorts?)", animals.horse, -13),
    _cue("hooves", rf"hoo(?:f|ves)(?:beats)?|gallop(?:s|ing)?|trots|trotting|(?:rides|horse{_ANY}(?:passes|approaches))", animals.hooves, -14),
    _cue("cow", r"cows? (?:moos?|lows?)|moo(?:s|ing)", animals.cow, -14),
    _cue("sheep", r"(?:sheep|lamb|goat)s? (?:bleats?|cr(?:y|ies))|bleat(?:s|ing)", animals.sheep, -15),
    _cue("fly", r"buzz(?:es|ing)|(?:a|the) (?:fly|bee|wasp|mosquito) (?:circles|lands|passes)", animals.fly, -18),
    _cue("wings", r"wings? (?:beat|flap|flutter)\w*|flaps?|flutters|takes (?:wing|off into the air)|birds? (?:scatter|take off|fly up)", animals.wings, -17),
    _cue("crickets", r"crickets?", animals.cricket, -20),
    _cue("phone_ring", rf"(?:tele)?phone{_ANY}(?:rings?|ringing|rang|buzzes)|ringing (?:tele)?phone|(?:tele)?phone[^!?]{{0,40}}it rings|(?:tele)?phone call comes", machines.phone_ring, -13),
    _cue("foghorn", r"fog ?horns?|ship'?s horn|horn (?:of (?:a|the) ship|sounds over)", machines.foghorn, -12, far=True),
    _cue("church_bell", rf"church bells?|bells? {_ANY}toll{_S}|tolling|midnight strikes|clock strikes|cathedral bells?", machines.church_bell, -14, far=True),
    _cue("bell", rf"bell{_ANY}(?:rings?|chimes?|sounds|dings?|clangs?|tinkles)|rings (?:a|the) bell|doorbell|school bell", machines.bell, -14),
    _cue("clock_tick", rf"clock{_ANY}tick{_S}|tick(?:s|ing)|tick[- ]tock", machines.clock_tick, -20),
    _cue("engine_start", rf"engine{_ANY}(?:start|roar|cough|sputter|turn|catch|come){_S}|starts the (?:engine|car|motor|truck|van)|revs", machines.engine_start, -12),
    _cue("motor_boat", rf"(?:motor|fishing|speed|tug)boat{_ANY}(?:passes|chugs|approaches|putters|leaves)|outboard|chug(?:s|ging)", machines.motor_boat, -15),
    _cue("car_horn", r"honk(?:s|ing)?|car horns?|horn (?:blares|honks)", machines.car_horn, -13, far=True),
    _cue("car_pass", rf"(?:car|taxi|cab|truck|van|bus|lorry|motorbike|motorcycle|traffic|jeep|limousine){_ANY}(?:pass|drive|pull|speed|race|screech|roar|stop|arriv|approach|cross)\w*|drives (?:off|away|past|up)",
         machines.car_pass, -13),
    _cue("train_whistle", r"train whistles?|whistle of (?:a|the) train|locomotive whistles?", machines.train_whistle, -14, far=True),
    _cue("train_pass", rf"(?:train|locomotive|tram|subway){_ANY}(?:pass|arriv|pull|thunder|rumbl|roar|race|approach|leav|depart|rattl)\w*", machines.train_pass, -12),
    _cue("siren", r"sirens?(?! song| call)|ambulance (?:passes|wails|arrives)|police cars? (?:arrives?|wails?)", machines.siren, -15, far=True),
    _cue("alarm", r"alarms?(?! clock is)|klaxon|warning lights?", machines.alarm, -15),
    _cue("beep", r"beep(?:s|ing)?|monitor (?:pulses|pings)|pings?|blip(?:s)?", machines.beep, -18),
    _cue("radio_static", rf"static|radio{_ANY}(?:crackles?|hisses|on|plays|tunes?|speaks|buzzes)|tunes the radio|walkie[- ]talkie", machines.radio_static, -17),
    _cue("typewriter", r"typewriter|telegraph", machines.typewriter, -15),
    _cue("typing", r"typ(?:es|ing)|keyboard|taps (?:at|on) (?:a|the|his|her) (?:keys|laptop|computer|keyboard)", machines.typing, -17),
    _cue("gunshot", r"gun ?shots?|(?:shot|shots) rings? out|fires (?:a|the|his|her|at|once|twice)|shoots(?! (?:a|the) (?:glance|look|film|scene))|gunfire|(?:gun|rifle|pistol|cannon) (?:fires|goes off)|loud bang|bang!",
         machines.gunshot, -8),
    _cue("sword", r"swords? (?:clash|cross|ring|meet)\w*|draws (?:a|the|his|her) (?:sword|blade|knife)|blades? (?:clash|ring|meet)\w*", machines.sword, -13),
    _cue("kettle", rf"kettle{_ANY}(?:boil|whistl|sing|steam|scream)\w*|puts the kettle on", machines.kettle, -15),
    _cue("plane", rf"(?:air)?plane{_ANY}(?:passes|flies|overhead|crosses|roars|drones)|helicopter|jet (?:passes|overhead)|aircraft", machines.plane, -15, far=True),
    _cue("gears", r"gears? (?:turn|grind|mesh|whir|start)\w*|(?:machine|mechanism|motor|generator|lens|lamp|crank|winch|clockwork)s? "
         r"(?:starts?|turns?|whirs?|hums?|grinds?|comes? to life|rotates?|revolves?)|(?:turns|cranks|winds) (?:a|the) (?:crank|winch|mechanism|wheel|handle)",
         machines.gears, -16),
    _cue("camera", r"shutter|takes (?:a|the|her|his) (?:photo|picture|photograph)|camera (?:clicks|flashes)|snaps (?:a|the) (?:photo|picture)", machines.camera, -15),
    _cue("glass_smash", rf"(?:glass|window|bottle|mirror|vase|plate|cup|lamp|jar){_ANY}(?:smash|shatter|break)\w*|(?:smash|shatter|break)\w*{_ANY}(?:glass|window|bottle|mirror|vase|plate|cup|jar)|shatters",
         small.glass_smash, -10),
    _cue("glass_clink", r"clink(?:s|ing)?|toasts?(?: with| to| each)|raises? (?:a|the|his|her|their) glass(?:es)?|cheers!|glasses (?:meet|touch)", small.glass_clink, -16),
    _cue("cup", rf"(?:sets|puts){_ANY}(?:cup|mug|glass|saucer|plate|tray)|(?:drinks|sips)|stirs", small.cup, -18),
    _cue("coins", r"coins?|medals? (?:clink|jingle)|jingl(?:es|ing)|drops a ring", small.coins, -18),
    _cue("paper", rf"(?:unfolds|folds|tears|crumples|opens|reads|turns|rips|flips|leafs|unrolls){_ANY}(?:letter|page|pages|paper|map|newspaper|book|note|envelope|chart|diary|photograph)|rustl(?:es|ing)",
         small.paper, -18),
    _cue("pen", r"(?:writes|scribbles|sketches|signs|draws (?:a|on|in|with))(?! (?:sword|blade|knife|breath|gun))|chalk", small.pen, -20),
    _cue("cloth", r"(?:puts on|pulls on|takes off|throws off|buttons|wraps|pulls|draws) (?:a|the|his|her|on|up)? ?(?:coat|jacket|cloak|blanket|curtains?|sheet|scarf|raincoat)|curtains? (?:blow|billow|open|close)\w*",
         small.cloth, -18),
    _cue("match", r"(?:strikes|lights) (?:a|the|his|her) (?:match|cigarette|pipe|candle|lantern|lamp)|match (?:flares|strikes)", small.match, -16),
    _cue("oars", r"oars?|rows(?! of)|rowing|paddl(?:es|ing)", small.oars, -14),
    _cue("rope", r"(?:pulls|hauls|coils|ties|tightens|throws) (?:on )?(?:a|the) (?:rope|line|sail|anchor|net)|rope (?:strains|creaks|tightens)|rigging|moors", small.rope, -16),
    _cue("wood_chop", r"chop(?:s|ping)|hammer(?:s|ing)(?! on the door)|axe (?:falls|bites|strikes)|hacks|nails a", small.wood_chop, -12),
    _cue("impact", r"crash(?:es|ed|ing)?|thud(?:s)?|collapses|falls (?:to|on|onto|over|down|off)|drops (?:a|the|to|his|her)|knocks over|collides|hits the (?:ground|floor|wall|deck)|punches|bumps into|topples",
         small.impact, -11),
    _cue("applause", r"applau(?:se|ds?|ding)|(?:audience|crowd|everyone|all) claps?|clapping|standing ovation|crowd (?:cheers|goes wild)", small.applause, -13),
    _cue("crowd_laugh", r"(?:crowd|audience|everyone|everybody|they|all|children|kids|guests|men|women|people) (?:all )?(?:laughs?|burst into laughter)|laughter", small.crowd_laugh, -14),
    _cue("heartbeat", r"heart ?beats?|heart (?:pounds|beats|races|hammers|thumps)|pulse (?:races|pounds)", small.heartbeat, -12),
    _cue("breath", r"breath(?:es|ing)(?! life)|gasps?|pants(?! (?:and|pocket))|sighs?|exhales?|inhales?|deep breath|catches (?:his|her) breath", small.breath, -20),
    _cue("whistle", r"whistles (?:a|to|softly|as|while|tunelessly)|whistling (?:a|to|softly)", small.whistle, -18),
    _cue("music_box", r"music ?box", small.music_box, -15),
    _cue("strum", r"(?:plays|strums|picks up|plucks) (?:a|the|his|her) (?:guitar|lute|ukulele|banjo)|strums", small.strum, -15),
    _cue("chew", r"chews|chewing|bites into|crunch(?:es|ing)?|munch(?:es|ing)", small.chew, -19),
)  # fmt: skip

_SPOKEN: Final = re.compile(r"[\"“«][^\"”»]{0,400}[\"”»]")
_DENIED: Final = re.compile(
    r"\b(?:no|not|never|without|nothing|nobody|neither|nor|isn't|doesn't|don't|didn't|won't|can't|cannot|hardly|almost|nearly|about to|"
    r"stops?|stopped|refuses to|like an?|like the|as if|as though|imagines?|remembers?|dreams? of|wants? to|tries to|trying to|pretends? to|"
    r"picture of|photo of|painting of|silent|ceases)\b[^.;,!?]{0,24}$",
    re.IGNORECASE,
)
_CEASED: Final = re.compile(r"^[^.;,!?]{0,12}\b(?:stops?|stopped|fades|dies away|has stopped|ceases|is silent)\b", re.IGNORECASE)
_FAR: Final = re.compile(
    r"\b(?:distant(?:ly)?|far(?: away| off)?|in the distance|somewhere|beyond|outside|off ?screen|muffled|faint(?:ly)?)\b",
    re.IGNORECASE,
)
# Words that English prose can hardly do without and its neighbours do not share.
_ENGLISH: Final = re.compile(
    r"\b(?:the|and|of|with|his|her|he|she|they|is|at|from|into|its|it|up|down|out|by|on|an|to|over|their|through)\b", re.IGNORECASE
)
_SURFACES: Final[tuple[tuple[str, str], ...]] = (
    (r"\bsnow|\bice\b", "snow"), (r"gravel|pebbles|shingle|path\b|\btracks\b", "gravel"), (r"puddle|wad(?:es|ing)|shallows|flood|mud", "water"),
    (r"\bsand|beach|dunes?", "sand"), (r"grass|meadow|field|lawn|moss|leaves", "grass"), (r"carpet|rug\b", "carpet"),
    (r"metal|grating|gangway|iron|steel", "metal"), (r"stone|marble|tiles?|cobble|pavement|concrete|tarmac|asphalt", "stone"),
    (r"wood|deck|jetty|pier|boards|planks|floorboards", "wood"),
)  # fmt: skip
_GROUND: Final[dict[str, str]] = {
    "beach": "sand", "desert": "sand", "snowfield": "snow", "forest": "grass", "field": "grass", "hills": "grass", "garden": "grass",
    "park": "gravel", "mountain": "gravel", "road": "gravel", "railway": "gravel", "graveyard": "gravel", "ruins": "gravel", "farm": "gravel",
    "river": "gravel", "jungle": "grass", "playground": "sand", "battlefield": "gravel", "street": "stone", "city": "stone", "market": "stone",
    "village": "stone", "castle": "stone", "bridge": "stone", "rooftop": "gravel", "house": "gravel", "lighthouse": "stone", "church": "stone",
    "hospital": "stone", "station": "stone", "prison": "stone", "hall": "stone", "corridor": "stone", "cave": "gravel", "spacecraft": "metal",
    "lamp_room": "metal", "laboratory": "stone", "bathroom": "stone", "vehicle": "carpet", "bedroom": "carpet", "theatre": "carpet",
    "underwater": "sand", "sea": "water", "sky": "grass", "space": "metal", "tent": "grass",
}  # fmt: skip


def heard_in(action: str) -> tuple[Heard, ...]:
    """What the action makes heard, in the order of its words; at most four, none twice, empty for other languages."""
    text = _SPOKEN.sub(lambda found: " " * len(found[0]), action)
    words = text.split()
    if len(words) > 4 and not _ENGLISH.search(text):
        return ()
    found: list[tuple[int, int, Cue]] = []
    for cue in CUES:
        for match in cue.pattern.finditer(text):
            if not _denied(text, match):
                found.append((match.start(), match.end(), cue))
                break
    heard: list[Heard] = []
    taken = -1
    for start, end, cue in sorted(found, key=lambda item: (item[0], -item[1])):
        if start < taken:  # "door slams" is one sound, not a slam and a bang
            continue
        taken = end
        sentence = text[_before(text, start) : _after(text, end)]
        heard.append(Heard(cue, start / max(1, len(text)), bool(_FAR.search(sentence))))
    return tuple(heard[:MAX_EFFECTS_PER_MOMENT])


def _denied(text: str, match: re.Match[str]) -> bool:
    before = text[_before(text, match.start()) : match.start()]
    return bool(
        _DENIED.search(before)
        or re.search(r"\b(?:stops?|stopped|not|never|n't)\b", match[0])
        or _CEASED.search(text[match.end() : _after(text, match.end())])
    )


def _before(text: str, at: int) -> int:
    return max((text.rfind(mark, 0, at) + 1 for mark in ".;!?\n"), default=0)


def _after(text: str, at: int) -> int:
    ends = [index for index in (text.find(mark, at) for mark in ".;!?\n") if index >= 0]
    return min(ends, default=len(text))


def surface_of(action: str, place_kind: str, weather_name: str, interior: bool) -> str:
    """What is underfoot: what the action says, else snow if it snows outside, else the place's ground, else boards."""
    for pattern, surface in _SURFACES:
        if re.search(pattern, action, re.IGNORECASE):
            return surface
    if weather_name == "snow" and not interior:
        return "snow"
    return _GROUND.get(place_kind, "wood" if interior or place_kind in ("harbour", "boat_deck") else "grass")
