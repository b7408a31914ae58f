"""Who is a creature and who only carries its name."""

from __future__ import annotations

import pytest

from glimmer.screenplay import read

NAMES = [
    ("JOHN DOE", "JOHN DOE (70s, bald, beard) sits.", "person"),
    ("JANE DOE", "", "person"),
    ("WHALE", "", "whale"),
    ("DOG", "", "dog"),
    ("THE WOLF", "", "wolf"),
    ("OLD WHALE", "", "whale"),
    ("WHALE #2", "", "whale"),
    ("BABY BEAR", "", "bear"),
    ("ROBIN", "ROBIN (30s) sits.", "person"),
    ("ROBIN", "A robin lands on the sill. ROBIN hops.", "bird"),
    ("WOLF", "WOLF lights a cigarette.", "person"),
    ("WOLF", "A wolf steps out of the trees.", "wolf"),
    ("FOX", "FOX trots in. Its eyes gleam.", "fox"),
    ("FOX", "FOX (40s, grey suit) enters.", "person"),
    ("BUCK", "BUCK, a captain, salutes.", "person"),
    ("BUCK", "BUCK raises his antlers.", "deer"),
    ("JAY", "JAY waits.", "person"),
    ("DRAKE", "DRAKE, 35, pours a drink.", "person"),
    ("TIGER", "TIGER prowls the cage.", "tiger"),
    ("TIGER", "TIGER puts on his gloves.", "person"),
    ("MICHAEL FOX", "", "person"),
    ("CAPTAIN HAWK", "CAPTAIN HAWK turns.", "person"),
    ("MR. FOX", "", "person"),
    ("MR. FOX", "MR. FOX, a sly fox in a waistcoat, bows.", "fox"),
    ("ZADIE CROW", "", "person"),
    ("POLAR BEAR", "", "bear"),
    ("BENNY THE DOG", "", "dog"),
    ("PETER RABBIT", "", "person"),
    ("STRAY DOG", "", "dog"),
    ("ROBOT #2", "", "robot"),
    ("MAMA BEAR", "", "bear"),
    ("TALKING CAT", "", "cat"),
    ("KITCHEN RADIO", "", "radio"),
    ("RAVEN", "RAVEN, black hair and boots, smokes.", "person"),
    ("RAVEN", "The raven spreads its wings.", "bird"),
    ("OLIVIA SWAN", "OLIVIA SWAN (20s) dances.", "person"),
    ("KEITH MOON", "", "person"),
    ("THE MOON", "", "moon"),
    ("DOCTOR WOLF", "DOCTOR WOLF adjusts her glasses.", "person"),
    ("BEAR", "A BEAR (huge) ambles in.", "bear"),
    ("WILLOW", "", "person"),
    ("GOLDEN RETRIEVER", "", "dog"),
    ("J. SALMON", "", "person"),
    ("THE WOLF", "THE WOLF (40s, leather coat) parks.", "person"),
    ("FOX", "The fox fur on her coat.", "person"),
]


@pytest.mark.parametrize(("name", "action", "kind"), NAMES)
def test_a_creatures_word_in_a_name_makes_a_creature_only_where_it_is_one(name: str, action: str, kind: str) -> None:
    script = read(f"INT. ROOM - DAY\n\n{action}\n\n{name}\nHello.\n")
    assert {member.name: member.kind for member in script.cast} == {name: kind}


def test_two_who_share_a_surname_are_two_people() -> None:
    script = read("INT. ROOM - DAY\n\nJOHN DOE (70s, bald, beard) sits. JANE DOE (30s) waits.\n\nJOHN DOE\nHello.\n")
    assert {member.name: (member.kind, member.age, member.description) for member in script.cast} == {
        "JOHN DOE": ("person", "old", "70s, bald, beard"),
        "JANE DOE": ("person", "adult", "30s"),
    }
