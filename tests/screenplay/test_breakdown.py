"""What the script says of its cast, its weather and its moods."""

from __future__ import annotations

import pytest

from glimmer.screenplay import CastMember, read


def cast(*paragraphs: str) -> dict[str, CastMember]:
    return {member.name: member for member in read("INT. ROOM - DAY\n\n" + "\n\n".join(paragraphs)).cast}


@pytest.mark.parametrize(
    ("action", "description", "age", "gender"),
    [
        ("ANNA (60s, white braid, yellow oilskin) climbs the stairs.", "60s, white braid, yellow oilskin", "old", "woman"),
        ("ANNA, a girl of nine, runs in.", "a girl of nine", "child", "woman"),
        ("ANNA, late twenties, in a wet coat, smiles.", "late twenties, in a wet coat", "young", "woman"),
        ("ANNA KANE (34) sits.", "34", "adult", "woman"),
        ("ANNA sits. She is a tall, gaunt woman. Her hair is red.", "She is a tall, gaunt woman. Her hair is red", "", "woman"),
        ("A tired nurse named ANNA waits.", "A tired nurse", "", "woman"),
        ("ANNA, 17, waits.", "17", "teen", "woman"),
        ("ANNA waits.", "", "", "woman"),
    ],
)
def test_a_description_is_the_scripts_own_words(action: str, description: str, age: str, gender: str) -> None:
    member = cast(action, "ANNA\nHello.")["ANNA"]
    assert (member.description, member.age, member.gender) == (description, age, gender)


@pytest.mark.parametrize(
    ("name", "action", "kind"),
    [
        ("WHALE", "", "whale"),
        ("THE WHALE", "", "whale"),
        ("ROBOT #2", "", "robot"),
        ("GHOST OF JACOB", "", "person"),
        ("POLLY", "A parrot named POLLY lands.", "parrot"),
        ("BISCUIT", "BISCUIT, a small scruffy terrier, barks.", "dog"),
        ("BISCUIT", "Her dog BISCUIT barks.", "dog"),
        ("TOM", "TOM, a man with a dog, waits.", "person"),
        ("TOM", "TOM, a dog trainer, waits.", "person"),
        ("ALL", "", "crowd"),
        ("ROBIN", "ROBIN sits down.", "person"),
        ("ANNA & BOB", "", "crowd"),
    ],
)
def test_kind_is_read_from_the_cue_or_the_words(name: str, action: str, kind: str) -> None:
    assert cast(action, f"{name}\nHello.")[name].kind == kind


def test_who_is_seen_but_never_speaks_is_cast_and_sounds_are_not() -> None:
    found = cast(
        "An OLD MAN nods. CRASH! The DOOR opens. A BELL RINGS. CLOSE ON a KEY. A DOG barks. FRANK, 40s, leans in. The sign reads EXIT ONLY.",
        "ANNA\nHello.",
    )
    assert set(found) == {"OLD MAN", "DOG", "FRANK", "ANNA"}
    assert found["FRANK"].lines == 0


def test_young_mara_is_not_mara() -> None:
    found = cast("MARA waits. Young Mara plays.", "MARA\nYes.", "YOUNG MARA\nNo.")
    assert found["YOUNG MARA"].age == "young"
    script = read("INT. A - DAY\n\nx\n\nYoung Mara plays.\n\nMARA\nYes.\n\nYOUNG MARA\nNo.\n")
    assert script.shot_list[1].cast == ("YOUNG MARA",)


def test_counts_are_counted() -> None:
    script = read("INT. A - DAY\n\nBOB\nOne two three.\n\nINT. B - DAY\n\nBOB (V.O.)\nFour.\n")
    (bob,) = script.cast
    assert (bob.lines, bob.words, bob.scenes) == (2, 4, ("1", "2"))


@pytest.mark.parametrize(
    ("action", "weather"),
    [
        ("Rain on the roof.", "rain"),
        ("Thunder. Rain.", "storm"),
        ("Snow falls.", "snow"),
        ("Fog rolls in.", "fog"),
        ("A cold wind.", "wind"),
        ("The rain has stopped.", "clear"),
        ("She storms out and winds the clock.", "clear"),
        ("A foghorn. Her raincoat.", "clear"),
        ("She sits.", "clear"),
    ],
)
def test_weather_is_read_from_the_action(action: str, weather: str) -> None:
    assert read(f"EXT. ROOF - DAY\n\n{action}\n").scenes[0].weather == weather


def test_weather_carries_on_where_the_scene_does() -> None:
    script = read(
        "EXT. PIER - DAY\n\nRain.\n\nINT. BOAT - CONTINUOUS\n\nShe sits.\n\nEXT. PIER - LATER\n\nShe sits.\n\nINT. CLUB - NIGHT\n\nShe sits.\n"
    )
    assert [scene.weather for scene in script.scenes] == ["rain", "rain", "rain", "clear"]


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("A gun on the table. Blood on her hands.\n\nBOB\nRun! They will kill us!", "tense"),
        ("She kisses his hand and whispers.\n\nBOB\nI love you, darling.", "tender"),
        ("The funeral. She weeps at the grave.\n\nBOB\nShe is gone. I miss her.", "sad"),
        ("The dog sneaks a pancake and giggles. Flour everywhere.\n\nBOB\nThat is the silliest prank!", "playful"),
        ("Everyone dances and laughs. Music.\n\nBOB\nHappy birthday! We celebrate!", "joyful"),
        ("An army on the mountain. The king lifts his sword.", "epic"),
        ("A strange glow in the fog. A secret door. A ghost whispers.", "mysterious"),
        ("Dawn. A new horizon.\n\nBOB\nI believe in tomorrow. There is hope.", "hopeful"),
        ("He sits at the table.\n\nBOB\nTwo eggs, if you have them.", "calm"),
    ],
)
def test_mood_is_weighed_from_the_words(text: str, mood: str) -> None:
    assert read(f"INT. ROOM - DAY\n\n{text}\n").scenes[0].mood == mood


COMPANIES = {
    "ANNA (40s, captain), BEN (20s, nervous), CARLA (30s, blonde), DMITRI (60s, bearded), EVE (19), and FRANK (50s, fat) sit.": {
        "ANNA": ("40s, captain", "adult", "woman"),
        "BEN": ("20s, nervous", "young", "man"),
        "CARLA": ("30s, blonde", "adult", "woman"),
        "DMITRI": ("60s, bearded", "old", "man"),
        "EVE": ("19", "teen", "woman"),
        "FRANK": ("50s, fat", "adult", "man"),
    },
    "MARA (60s) and ELI (9), her grandson, climb.": {"MARA": ("60s", "old", "woman"), "ELI": ("9, her grandson", "child", "man")},
    "ANNA, a nurse, BEN, a boy of nine, and OLD TOM (80) wait.": {
        "ANNA": ("a nurse", "", "woman"),
        "BEN": ("a boy of nine", "child", "man"),
        "OLD TOM": ("80", "old", "man"),
    },
    "MARA (60s), white braid, yellow oilskin, and ELI (9) sit.": {
        "MARA": ("60s, white braid, yellow oilskin", "old", "woman"),
        "ELI": ("9", "child", "man"),
    },
    "ANNA (34), in a red coat, watches BISCUIT, a scruffy terrier, run to TOM (30s).": {
        "ANNA": ("34, in a red coat", "adult", "woman"),
        "BISCUIT": ("a scruffy terrier", "", ""),
        "TOM": ("30s", "adult", "man"),
    },
}


@pytest.mark.parametrize("sentence", COMPANIES)
@pytest.mark.parametrize("spoken", [True, False])
def test_each_of_many_gets_its_own_description(sentence: str, spoken: bool) -> None:
    names = COMPANIES[sentence]
    found = cast(sentence, *(f"{name}\nHello." for name in names if spoken))
    assert {name: (one.description, one.age, one.gender) for name, one in found.items()} == names
