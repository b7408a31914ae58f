"""Which installed font draws a character. Fonts come from wheels only; a script that none of them has is said, never drawn as boxes.

Inter for Latin, Cyrillic and Greek; Noto Sans for twenty more scripts, symbols and emoji; Noto Sans CJK, of the extra [cjk], for
Chinese, Japanese and Korean. The characters a font has are read from its `cmap` table here: Pillow does not say them.
"""

from __future__ import annotations

import importlib.util
import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from PIL import ImageFont

__all__ = ["Face", "covers", "face_for", "faces", "loaded", "missing_scripts"]


class Face(NamedTuple):
    """One face of a font file. `weights`: least and greatest of its weight axis, None for a font of one weight."""

    path: str
    number: int  # of the face in its file
    family: str
    weights: tuple[int, int] | None


@cache
def faces() -> tuple[Face, ...]:
    """Every face there is to choose from, in the order in which they are asked: Inter, Noto Sans and its scripts, symbols, CJK, emoji."""
    found = [Face(str(path), 0, "Inter", (100, 900)) for path in _package_files("fontpkg_inter", "files/Inter[[]opsz,wght].ttf")]
    noto = [Face(str(path), 0, path.stem.split("[")[0], _weights(path)) for path in _package_files("manimgx_fonts", "Noto*.ttf")]
    upright = [face for face in noto if "Italic" not in face.family]
    last = ("NotoSansSymbols", "NotoEmoji")
    found += sorted(
        (face for face in upright if face.family not in last), key=lambda face: (face.family != "NotoSans", face.family)
    )
    found += [face for face in upright if face.family == last[0]]
    for path in _package_files("noto_cjk_sans_otc", "*.ttc"):
        found += [Face(str(path), index, f"NotoSansCJK{language}", None) for index, language in enumerate(("JP", "KR", "SC", "TC"))]
    return (*found, *(face for face in upright if face.family == last[1]))


def face_for(char: str, *, language: str = "", prefer: Face | None = None) -> Face | None:
    """The face that draws `char`: `prefer` if it can, else the first that does; None if none has it.

    language: "JP", "KR", "SC" or "TC" chooses between the shapes that those share.
    """
    if prefer is not None and covers(prefer, char):
        return prefer
    return _first_face(char, language)


def covers(face: Face, char: str) -> bool:
    """True if the face has a glyph for `char`. Invisible characters (joiners, marks of direction) need none."""
    return _is_invisible(char) or _in_ranges(_cmap(face.path, face.number), ord(char))


def missing_scripts(text: str) -> tuple[str, ...]:
    """The scripts of `text` that no installed font draws, in Unicode's words ("CJK", "TIBETAN"), in order, once each."""
    lacking = (
        char for char in dict.fromkeys(text) if not char.isspace() and not _is_invisible(char) and _first_face(char, "") is None
    )
    return tuple(dict.fromkeys(_script(char) for char in lacking))


@lru_cache(maxsize=256)
def loaded(face: Face, size_px: int, weight: int, optical_px: int = 0) -> ImageFont.FreeTypeFont:
    """The face as a Pillow font of a size and weight (400 regular, 600 semibold), shaped by Raqm.

    optical_px: the size its letters are drawn for, if they are drawn larger to be made smaller; 0 is `size_px`.
    """
    font = ImageFont.truetype(face.path, size_px, index=face.number, layout_engine=ImageFont.Layout.RAQM)
    if face.weights is not None:
        fitting = min(max(weight, face.weights[0]), face.weights[1])
        optical = [min(max(optical_px or size_px, 14), 32)] if face.family == "Inter" else []
        font.set_variation_by_axes([*optical, fitting])
    return font


@lru_cache(maxsize=8192)
def _first_face(char: str, language: str) -> Face | None:
    """Asked in the order of `faces()`, so that most texts read two or three character tables, not twenty."""
    fitting = [face for face in faces() if not _is_other_language(face, language)]
    return next((face for face in fitting if covers(face, char)), None)


def _is_other_language(face: Face, language: str) -> bool:
    return bool(language) and face.family.startswith("NotoSansCJK") and not face.family.endswith(language)


def _package_files(package: str, pattern: str) -> list[Path]:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return []
    return sorted(Path(next(iter(spec.submodule_search_locations))).glob(pattern))


def _weights(path: Path) -> tuple[int, int]:
    return (300, 700) if path.stem.startswith("NotoEmoji") else (400, 700)


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in ("Cf", "Zs", "Cc") or "\ufe00" <= char <= "\ufe0f"


def _script(char: str) -> str:
    """Unicode's first word for the character's name is its script for nearly all letters."""
    name = unicodedata.name(char, "")
    if any(word in name for word in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC", "BOPOMOFO")):
        return "CJK"
    return name.split(" ")[0] if name else f"U+{ord(char):04X}"


# ── cmap: the characters of a font (OpenType 1.9, "cmap"; formats 4 and 12 are all that fonts use) ──────────
class _Ranges(NamedTuple):
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]


def _in_ranges(ranges: _Ranges, code: int) -> bool:
    at = bisect_right(ranges.firsts, code) - 1
    return at >= 0 and code <= ranges.lasts[at]


@cache
def _cmap(path: str, index: int) -> _Ranges:
    blob = Path(path).read_bytes()
    base = struct.unpack_from(">I", blob, 12 + 4 * index)[0] if blob[:4] == b"ttcf" else 0
    tables = struct.unpack_from(">H", blob, base + 4)[0]
    records = (struct.unpack_from(">4sIII", blob, base + 12 + 16 * number) for number in range(tables))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    merged: list[list[int]] = []
    for first, last in sorted(_all_ranges(blob, cmap)):
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    return _Ranges(tuple(first for first, _ in merged), tuple(last for _, last in merged))


def _all_ranges(blob: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    count = struct.unpack_from(">H", blob, cmap + 2)[0]
    for number in range(count):
        platform, _, offset = struct.unpack_from(">HHI", blob, cmap + 4 + 8 * number)
        form = struct.unpack_from(">H", blob, cmap + offset)[0]
        if platform in (0, 3) and form == 12:
            yield from _format_12(blob, cmap + offset)
        elif platform in (0, 3) and form == 4:
            yield from _format_4(blob, cmap + offset)


def _format_12(blob: bytes, at: int) -> Iterator[tuple[int, int]]:
    groups = struct.unpack_from(">I", blob, at + 12)[0]
    for number in range(groups):
        first, last, _ = struct.unpack_from(">III", blob, at + 16 + 12 * number)
        yield first, last


def _format_4(blob: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Segments; those that look glyphs up in an array may have holes (glyph 0), so they are read one by one."""
    count = struct.unpack_from(">H", blob, at + 6)[0] // 2
    lasts = struct.unpack_from(f">{count}H", blob, at + 14)
    firsts = struct.unpack_from(f">{count}H", blob, at + 16 + 2 * count)
    offsets_at = at + 16 + 6 * count
    for number, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        offset = struct.unpack_from(">H", blob, offsets_at + 2 * number)[0]
        if first == 0xFFFF:
            continue
        if offset == 0:
            yield first, last
            continue
        glyphs = struct.unpack_from(f">{last - first + 1}H", blob, offsets_at + 2 * number + offset)
        yield from ((first + step, first + step) for step, glyph in enumerate(glyphs) if glyph)
