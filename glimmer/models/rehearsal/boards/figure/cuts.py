"""How garments are cut: one row a word a script may use, read by the painters of torso, sleeves and legs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from glimmer.models.interface import Design
from glimmer.models.rehearsal.boards.light import mix

__all__ = ["CUTS", "Cut", "cut_of"]


@dataclass(frozen=True)
class Cut:
    """hem: where the upper garment ends. loose: how far it stands off the body, as a share. flare: how the hem widens.
    open: how much of the chest shows the shirt beneath. belt: the colour's role, "" for none.
    """

    sleeve: Literal["long", "short", "none"] = "long"
    sleeve_flare: float = 0.0
    cuff: Literal["none", "plain", "accent"] = "plain"
    hem: Literal["waist", "hip", "thigh", "knee", "shin", "floor"] = "hip"
    loose: float = 0.10
    flare: float = 0.0
    collar: Literal["none", "crew", "roll", "shirt", "lapel", "hood", "stand", "vee", "scarf"] = "crew"
    closure: Literal["none", "buttons", "zip", "double", "placket"] = "none"
    open: float = 0.0
    under: Literal["shirt", "tee", "tie"] = "shirt"
    belt: Literal["", "accent", "self", "dark"] = ""
    pockets: Literal["", "patch", "chest", "slant"] = ""
    extra: Literal["", "bib", "stripes", "epaulettes", "suspenders", "plates", "yoke", "lining"] = ""
    legs: Literal["trousers", "tights", "bare", "shorts"] = "trousers"
    boots: bool = False
    shoe: Literal["shoe", "bare"] = "shoe"
    boot_colour: str = "#33271f"
    white_sleeve: bool = False

    def sleeve_colour(self, design: Design) -> str:
        return mix("#ece6da", design.accent_colour, 0.12) if self.white_sleeve else design.garment_colour


CUTS: Final[dict[str, Cut]] = {
    "jumper": Cut(collar="crew", loose=0.14, cuff="plain", extra="yoke"),
    "sweater": Cut(collar="roll", loose=0.16),
    "turtleneck": Cut(collar="roll", loose=0.06),
    "cardigan": Cut(collar="vee", closure="buttons", open=0.35, under="tee", loose=0.14, pockets="patch"),
    "shirt": Cut(collar="shirt", closure="placket", loose=0.10, pockets="chest"),
    "blouse": Cut(collar="vee", loose=0.12, sleeve_flare=0.25, hem="waist", belt="dark"),
    "t-shirt": Cut(sleeve="short", collar="crew", loose=0.08, shoe="shoe", boot_colour="#d8d2c6"),
    "stripes": Cut(collar="crew", extra="stripes", loose=0.10),
    "polo": Cut(sleeve="short", collar="shirt", closure="placket", loose=0.08),
    "hoodie": Cut(collar="hood", loose=0.20, pockets="patch", boot_colour="#d8d2c6"),
    "jacket": Cut(collar="stand", closure="zip", loose=0.18, pockets="slant", open=0.0),
    "leather": Cut(collar="lapel", closure="zip", open=0.30, under="tee", loose=0.12, hem="waist", boots=True, boot_colour="#1f1b1a"),
    "denim": Cut(collar="shirt", closure="buttons", open=0.30, under="tee", loose=0.12, pockets="chest", hem="waist"),
    "vest": Cut(collar="vee", closure="buttons", loose=0.05, white_sleeve=True, hem="waist"),
    "suspenders": Cut(collar="shirt", closure="placket", extra="suspenders", loose=0.10),
    "suit": Cut(collar="lapel", closure="buttons", open=0.45, under="tie", loose=0.13, pockets="slant", boot_colour="#1d1a1b"),
    "blazer": Cut(collar="lapel", closure="buttons", open=0.45, under="tee", loose=0.12, pockets="slant"),
    "uniform": Cut(collar="stand", closure="double", loose=0.10, belt="dark", extra="epaulettes", boots=True, boot_colour="#1f1b1a"),
    "coat": Cut(collar="lapel", closure="double", open=0.22, hem="knee", flare=0.10, loose=0.20, belt="self", pockets="slant", boots=True),
    "trench": Cut(collar="lapel", closure="double", open=0.25, hem="knee", flare=0.16, loose=0.18, belt="self", pockets="slant"),
    "raincoat": Cut(collar="hood", closure="buttons", hem="thigh", flare=0.22, loose=0.24, pockets="patch", boots=True, boot_colour="#2f3b46"),
    "parka": Cut(collar="hood", closure="zip", hem="thigh", flare=0.06, loose=0.32, pockets="patch", boots=True),
    "cloak": Cut(collar="stand", hem="shin", flare=0.45, loose=0.30, sleeve_flare=0.5, cuff="none", belt="accent", boots=True),
    "robe": Cut(collar="vee", open=0.25, under="tee", hem="shin", flare=0.26, loose=0.24, sleeve_flare=0.6, cuff="accent", belt="accent"),
    "dress": Cut(collar="none", sleeve="short", hem="knee", flare=0.42, loose=0.03, belt="accent", legs="tights"),
    "long_dress": Cut(collar="none", sleeve="long", hem="floor", flare=0.55, loose=0.03, belt="accent", legs="tights", cuff="accent"),
    "skirt": Cut(collar="crew", sleeve="long", hem="knee", flare=0.34, loose=0.05, belt="dark", legs="tights"),
    "gown": Cut(collar="vee", sleeve="none", hem="floor", flare=0.6, loose=0.02, belt="accent", legs="tights"),
    "kimono": Cut(collar="vee", open=0.15, under="tee", hem="shin", flare=0.08, loose=0.16, sleeve_flare=1.3, cuff="accent", belt="accent", legs="tights"),
    "sari": Cut(collar="scarf", sleeve="short", hem="floor", flare=0.30, loose=0.05, legs="tights", belt="accent"),
    "apron": Cut(collar="shirt", extra="bib", loose=0.10, white_sleeve=True),
    "overalls": Cut(collar="crew", extra="bib", loose=0.12, white_sleeve=True, boots=True),
    "lab_coat": Cut(collar="lapel", closure="buttons", open=0.40, under="tee", hem="knee", flare=0.08, loose=0.16, pockets="patch"),
    "scrubs": Cut(collar="vee", sleeve="short", loose=0.16, pockets="chest"),
    "spacesuit": Cut(collar="roll", closure="zip", loose=0.42, belt="accent", extra="plates", cuff="accent", boots=True, boot_colour="#c9ced4"),
    "armour": Cut(collar="stand", loose=0.18, belt="accent", extra="plates", boots=True, boot_colour="#5d6570"),
    "tank": Cut(sleeve="none", collar="none", loose=0.04),
    "tunic": Cut(collar="vee", hem="thigh", flare=0.18, loose=0.12, belt="accent", boots=True),
    "swimsuit": Cut(sleeve="none", collar="none", hem="hip", loose=0.0, legs="bare", shoe="bare"),
    "pyjamas": Cut(collar="shirt", closure="buttons", loose=0.2, shoe="bare", extra="stripes"),
}  # fmt: skip


def cut_of(garment: str) -> Cut:
    """The cut a garment's word names; a word that is not in the table is looked for inside the longer word, else a jumper."""
    word = garment.strip().lower().replace(" ", "_")
    if word in CUTS:
        return CUTS[word]
    inside = [name for name in CUTS if name in word]
    return CUTS[max(inside, key=len)] if inside else CUTS["jumper"]
