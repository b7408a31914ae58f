"""SVG to PNG, and the lens: background and foreground out of focus, light that blooms, paper, vignette and the mood's grade.

The door to resvg. Nothing outside the SVG is ever read: any reference that is not inside the text or a data: address is refused.
Measured on one core: resvg holds the GIL, a full-HD layer costs 0.07 s plus its paths, so blurred layers are drawn small.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import resvg_py
from PIL import Image, ImageChops, ImageFilter

from glimmer.errors import MediaError
from glimmer.vocabulary import Mood

__all__ = ["Layer", "develop", "png_of", "raster"]

_OUTSIDE: Final = re.compile(
    r"""(?:href|src)\s*=\s*["'](?!#|data:)|url\(\s*["']?(?!["']?#|["']?data:)|<!ENTITY|@import""", re.IGNORECASE
)
_GRADE: Final[dict[Mood, tuple[tuple[float, float, float], float, float]]] = {  # gain for red, green, blue; contrast; lift
    "calm": ((1.0, 1.0, 1.0), 1.04, 0.0),
    "tender": ((1.03, 1.0, 0.97), 1.0, 0.012),
    "hopeful": ((1.03, 1.01, 0.98), 1.05, 0.008),
    "joyful": ((1.03, 1.015, 0.97), 1.07, 0.008),
    "sad": ((0.965, 0.99, 1.03), 0.98, 0.006),
    "tense": ((0.98, 1.0, 0.985), 1.13, -0.012),
    "mysterious": ((0.97, 0.995, 1.03), 1.07, -0.010),
    "epic": ((1.02, 1.0, 0.985), 1.12, -0.006),
    "playful": ((1.02, 1.01, 0.985), 1.06, 0.010),
}


@dataclass(frozen=True)
class Layer:
    """One SVG document and how far out of focus it is, as a share of the picture's height (0 sharp)."""

    svg: str
    blur: float = 0.0
    rim: str = ""  # colour of a light from behind that touches the outlines in this layer, "" for none
    rim_from: float = 1.0  # the side it comes from: -1 left, 1 right


def raster(svg: str, width_px: int, height_px: int, *, fonts: tuple[str, ...] = ()) -> Image.Image:
    """The document drawn at exactly this size, RGBA.

    Raises: MediaError if it points outside itself or can't be drawn.
    """
    if _OUTSIDE.search(svg):
        raise MediaError("a board's SVG points outside itself; only '#id' and 'data:' references are drawn. Remove the reference.")
    try:
        png = resvg_py.svg_to_bytes(
            svg_string=svg, width=width_px, height=height_px, skip_system_fonts=True, font_files=list(fonts) or None
        )
    except ValueError as error:
        raise MediaError(f"a board's SVG can't be drawn: {error}. Check the SVG.") from error
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    return picture if picture.size == (width_px, height_px) else picture.resize((width_px, height_px), Image.Resampling.LANCZOS)


def develop(layers: tuple[Layer, ...], width_px: int, height_px: int, mood: Mood, *, bloom: float = 0.0, seed: int = 0) -> bytes:
    """The layers, first lowest, as one finished picture: PNG, RGB, exactly width_px × height_px."""
    picture = Image.new("RGBA", (width_px, height_px), (20, 20, 24, 255))
    for layer in layers:
        if layer.svg:
            drawn = _focused(layer, width_px, height_px)
            picture.alpha_composite(_rimmed(drawn, layer.rim, layer.rim_from) if layer.rim else drawn)
    return png_of(_finish(picture.convert("RGB"), mood, bloom, seed))


def _focused(layer: Layer, width: int, height: int) -> Image.Image:
    if layer.blur <= 0:
        return raster(layer.svg, width, height)
    share = 4 if layer.blur > 0.006 else 2  # what is soft needs few pixels
    small = raster(layer.svg, max(8, width // share), max(8, height // share))
    soft = small.filter(ImageFilter.GaussianBlur(max(0.6, layer.blur * height / share)))
    return soft.resize((width, height), Image.Resampling.BICUBIC)


def _rimmed(drawn: Image.Image, colour: str, side: float) -> Image.Image:
    """The layer with a bright edge on the side the light comes from: where its own outline, moved away from the light, no longer covers it."""
    box = drawn.getchannel("A").getbbox()
    if box is None:
        return drawn
    part = drawn.crop(box)
    alpha = part.getchannel("A")
    step = max(1, round(drawn.height * 0.0075))
    moved = Image.new("L", part.size, 0)
    moved.paste(alpha, (-step if side > 0 else step, round(step * 0.45)))
    if box[3] >= drawn.height:  # beyond the picture's edge the figure goes on
        moved.paste(255, (0, part.height - step, part.width, part.height))
    edge = ImageChops.subtract(alpha, moved).filter(ImageFilter.BoxBlur(max(0.6, step * 0.22)))
    mask = ImageChops.multiply(edge, alpha).point([int(v * 0.8) for v in range(256)])
    part.paste(Image.new("RGB", part.size, colour), (0, 0), mask)
    part.putalpha(alpha)
    drawn.paste(part, box)
    return drawn


def _finish(picture: Image.Image, mood: Mood, bloom: float, seed: int) -> Image.Image:
    if bloom > 0:
        picture = _bloomed(picture, bloom)
    picture = picture.point(_curve(mood))
    return ImageChops.multiply(picture, _paper(picture.width, picture.height, seed % 3))


def _bloomed(picture: Image.Image, amount: float) -> Image.Image:
    """Lamps and windows spill light: highlights, blurred at a quarter of the size, screened back."""
    width, height = picture.size
    small = picture.resize((max(8, width // 4), max(8, height // 4)), Image.Resampling.BOX)
    floor = 178
    bright = small.point([max(0, int((v - floor) * 255 / (255 - floor) * amount)) for v in range(256)] * 3)
    halo = bright.filter(ImageFilter.GaussianBlur(height / 4 * 0.018)).resize((width, height), Image.Resampling.BILINEAR)
    return ImageChops.screen(picture, halo)


@lru_cache(maxsize=16)
def _curve(mood: Mood) -> list[int]:
    gains, contrast, lift = _GRADE[mood]
    out: list[int] = []
    for gain in gains:
        for v in range(256):
            x = v / 255
            eased = x + (contrast - 1) * (x - 0.45) * 4 * x * (1 - x)
            out.append(round(255 * min(1.0, max(0.0, eased * gain + lift * (1 - x)))))
    return out


@lru_cache(maxsize=6)
def _paper(width: int, height: int, which: int) -> Image.Image:
    """Vignette and paper grain in one mask to multiply with; kept, as it is the same for all boards of a film."""
    rng = np.random.default_rng(7 + which)
    y, x = np.ogrid[0:height, 0:width]
    far = ((x / width - 0.5) / 0.5) ** 2 * 0.8 + ((y / height - 0.5) / 0.5) ** 2 * 0.7
    edge = 1 - 0.20 * np.clip(far - 0.30, 0, 1.2) ** 1.4
    grain = Image.fromarray((rng.normal(128, 26, (max(2, height // 2), max(2, width // 2)))).clip(0, 255).astype(np.uint8))
    fibre = np.asarray(grain.resize((width, height), Image.Resampling.BILINEAR), dtype=np.float32) / 128 - 1
    mask = (np.clip(edge * (1 + 0.016 * fibre) * 0.995, 0, 1) * 255).astype(np.uint8)
    return Image.merge("RGB", [Image.fromarray(mask)] * 3)


def png_of(picture: Image.Image) -> bytes:
    """PNG bytes, lightly packed: level 1 takes 0.07 s for full HD, level 6 twice that for a tenth less."""
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()
