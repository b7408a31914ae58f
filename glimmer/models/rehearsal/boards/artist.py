"""The rehearsal artist: draws every shot and character sheet itself, with no key and no network.

A PictureModel. A shot goes from words to a staged scene (`stage`), to SVG, to pixels (`raster`); the SVG stays with the picture so that
a board can be opened and changed.
"""

from __future__ import annotations

from glimmer.models.interface import Made, SheetRequest, ShotRequest
from glimmer.models.rehearsal.boards.easels import Easels
from glimmer.models.rehearsal.boards.raster import Layer, develop
from glimmer.models.rehearsal.boards.sheet import draw_sheet
from glimmer.models.rehearsal.boards.stage import Composition, compose
from glimmer.models.rehearsal.boards.takes import focus_in

__all__ = ["RehearsalArtist", "draw_sheet_here", "draw_shot_here"]

_BLOOM = 0.85
_DAY_BLOOM = 0.18
_easels = Easels()


class RehearsalArtist:
    """Draws boards as flat vector pictures. The same request gives the same bytes; safe to call from several threads."""

    name = "rehearsal/boards"
    version = "2"

    def version_for(self, request: SheetRequest | ShotRequest) -> str:
        """Further takes of a shot are framed anew since "3"; first takes and sheets are as they were."""
        return "3" if isinstance(request, ShotRequest) and request.seed > 1 else self.version

    def shot(self, request: ShotRequest) -> Made:
        """One picture of exactly width_px × height_px, without any lettering; `source` is its SVG, with layers named."""
        return _easels.draw("shot", request, lambda: draw_shot_here(request))

    def sheet(self, request: SheetRequest) -> Made:
        """A model sheet: the figure from four sides, its faces, its colours, its name."""
        return _easels.draw("sheet", request, lambda: draw_sheet_here(request))


def draw_shot_here(request: ShotRequest) -> Made:
    """`RehearsalArtist.shot`, in this process."""
    scene = compose(request)
    bloom = _BLOOM if scene.light.lamps else _DAY_BLOOM
    media = develop(_lens(scene), request.width_px, request.height_px, request.mood, bloom=bloom, seed=request.scene_seed)
    return Made(
        media=media,
        media_type="image/png",
        focus=focus_in(request, scene.focus),
        source=_flat(request, scene).encode(),
        source_type="image/svg+xml",
    )


def draw_sheet_here(request: SheetRequest) -> Made:
    """`RehearsalArtist.sheet`, in this process."""
    media, svg = draw_sheet(request)
    return Made(media=media, media_type="image/png", focus=(0.3, 0.45), source=svg.encode(), source_type="image/svg+xml")


def _lens(scene: Composition) -> tuple[Layer, ...]:
    """Layers as the lens sees them: sharp ones are drawn together, for every layer costs a twentieth of a second."""
    if not scene.rim and not scene.behind_blur and not (scene.before_blur and scene.before):
        parts = [_inner(svg) for svg in (scene.behind, scene.players, scene.before) if svg]
        return (Layer(_head(scene.behind or scene.players or scene.before) + "".join(parts) + "</svg>"),) if parts else ()
    players = Layer(scene.players, rim=scene.rim, rim_from=scene.light.key_from)
    return Layer(scene.behind, scene.behind_blur), players, Layer(scene.before, scene.before_blur)


def _head(svg: str) -> str:
    return svg[: svg.index(">") + 1]


def _inner(svg: str) -> str:
    return svg[svg.index(">") + 1 : svg.rindex("</svg>")]


def _flat(request: ShotRequest, scene: Composition) -> str:
    """The board as one SVG document, its layers in groups."""
    named = (("behind", scene.behind), ("players", scene.players), ("before", scene.before))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{request.width_px}" height="{request.height_px}" viewBox="0 0 {request.width_px} {request.height_px}">'
    return head + "".join(f'<g id="layer-{name}">{_inner(svg)}</g>' for name, svg in named if svg) + "</svg>"
