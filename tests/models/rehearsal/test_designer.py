"""A cast is designed from its words, and told apart at a glance."""

from __future__ import annotations

from glimmer.models.interface import CastBrief, Design, DesignerModel
from glimmer.models.rehearsal.boards.designer import RehearsalDesigner, hue_distance
from glimmer.models.rehearsal.boards.figure.headwear import wear_of

DESIGNER = RehearsalDesigner()


def cast(*names: str) -> list[Design]:
    out: list[Design] = []
    for name in names:
        out.append(DESIGNER.design(CastBrief(name=name), others=out))
    return out


def test_it_is_a_designer() -> None:
    assert isinstance(DESIGNER, DesignerModel)


def test_the_words_win() -> None:
    mara = DESIGNER.design(CastBrief(name="MARA", description="60s, white braid, yellow oilskin"))
    assert (mara.age, mara.gender, mara.hair_style, mara.garment) == ("old", "woman", "braid", "raincoat")
    assert hue_distance(mara.garment_colour, "#e0b030") < 15
    assert all(int(mara.hair[i : i + 2], 16) > 190 for i in (1, 3, 5))


def test_a_trade_dresses_who_has_it() -> None:
    for words, garment in (
        ("a baker", "apron"),
        ("an astronaut", "spacesuit"),
        ("a police officer", "uniform"),
        ("in a dark suit", "suit"),
    ):
        assert DESIGNER.design(CastBrief(name="SAM", description=words)).garment == garment


def test_someone_elses_pronoun_is_not_ones_own() -> None:
    tom = DESIGNER.design(CastBrief(name="TOM", description="10, her grandson"))
    assert (tom.age, tom.gender) == ("child", "man")


def test_given_age_and_gender_are_kept() -> None:
    design = DESIGNER.design(CastBrief(name="ALEX", age="teen", gender="woman"))
    assert (design.age, design.gender) == ("teen", "woman")


def test_six_silent_briefs_wear_hues_forty_degrees_apart() -> None:
    people = cast("ANNA", "BO", "CHEN", "DIEGO", "EVA", "FARID")
    for i, a in enumerate(people):
        for b in people[i + 1 :]:
            assert hue_distance(a.garment_colour, b.garment_colour) >= 40
    assert len({p.hair_style for p in people}) == 6
    assert len({p.skin for p in people}) >= 5


def test_twelve_people_are_twelve_looks() -> None:
    people = cast(*"ADA BEN CLEO DAN ELI FAY GUS HAL IDA JON KIM LEO".split())
    assert len({(p.garment, p.garment_colour, p.hair_style) for p in people}) == 12


def test_the_same_brief_is_the_same_person() -> None:
    brief = CastBrief(name="ÉLODIE 李", description="curly red hair, glasses")
    assert DESIGNER.design(brief) == DESIGNER.design(brief)
    assert DESIGNER.design(brief).glasses


def test_a_whale_is_no_person() -> None:
    whale = DESIGNER.design(CastBrief(name="THE WHALE", kind="whale"))
    assert whale.kind == "whale" and whale.height_m > 1.7 and len(whale.palette) == 5


def test_a_creature_takes_its_colour_from_the_words() -> None:
    dog = DESIGNER.design(CastBrief(name="REX", kind="dog", description="a black dog"))
    assert int(dog.skin[1:3], 16) < 0x50


def test_hostile_words_only_make_a_person() -> None:
    for words in ("<script>&\"'", "9" * 4000, "\x00\x1b[31m", "age: -5 height 99999 m", "((((" * 500):
        design = DESIGNER.design(CastBrief(name=words[:60] or "X", description=words))
        assert 0.05 <= design.height_m <= 30


def test_a_woollen_cap_is_knitted_and_a_hoodie_is_no_hat() -> None:
    def cap(words: str) -> str:
        return wear_of(DESIGNER.design(CastBrief(name="ELI", description=words)).headwear)

    assert cap("a boy of nine, red woollen cap") == "beanie"
    assert cap("flat cap, moustache") == "flat_cap" and cap("a baseball cap") == "cap" and cap("blue hoodie") == "none"


def test_a_description_ends_where_the_next_one_begins() -> None:
    otis = DESIGNER.design(
        CastBrief(name="OTIS", description="ten, glasses, striped shirt, JUN (nine, blue hoodie) and BEA (red dress)")
    )
    assert otis.garment != "hoodie" and otis.garment != "dress"


def test_the_gowns_colour_is_the_gowns() -> None:
    queen = DESIGNER.design(CastBrief(name="QUEEN ISOLDE", description="30s, golden crown, red gown"))
    red, green, blue = (int(queen.garment_colour[i : i + 2], 16) for i in (1, 3, 5))
    assert queen.garment == "gown" and red > green + 60 and red > blue + 60
