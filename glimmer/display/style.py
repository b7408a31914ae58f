"""Style: the one look of every card.

Two layers. What a card needs to hold together (places, sizes, spaces, the roles' colours) is written on the tags themselves:
JupyterLab takes `<style>` out of a notebook that it does not trust (one that papermill ran, or that somebody sends), but
lets `style="…"` through, property by property (`allowedStyles` in its sanitizer: flex, positions and plain colours pass; var(),
object-fit and position: fixed do not). The small stylesheet only refines. Nothing sets the page's or the ink's colour:
both are inherited, so a card is right on any theme, and what is soft is soft by opacity.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ACCENT", "ROLES", "STYLE", "Html", "role_colour", "tag"]

# White words on each are at least 4.5 : 1, and each stands off a white and a #111 page alike, so one set serves every theme.
_ROLE_COLOURS: Final = {
    "picture": "#3b66a0",
    "dialogue": "#95661a",
    "music": "#7457b0",
    "effects": "#2f7a58",
    "captions": "#5a6473",
    "title": "#4a5160",
    "other": "#5a6473",
}
ROLES: Final = tuple(_ROLE_COLOURS)
ACCENT: Final = "#d2902a"

_WELL: Final = "rgba(128,128,128,0.14)"
_LINE: Final = "1px solid rgba(128,128,128,0.32)"

_ON_TAG: Final = {
    "glimmer": f"box-sizing:border-box;max-width:920px;margin:4px 0 8px;padding:14px 18px 12px;border:{_LINE};border-radius:10px;"
    "font-size:13px;line-height:1.45",
    "g-head": "margin:0;overflow-wrap:break-word",
    "g-name": "font-size:17px;font-weight:600;line-height:1.3",
    "g-sub": "opacity:0.7",
    "g-facts": "margin:8px 0 0;padding:0",
    "g-fact": "display:inline-block;margin:0 26px 4px 0;vertical-align:top",
    "g-label": "display:block;float:none;width:auto;margin:0;padding:0;font-size:11px;font-weight:normal;line-height:1.3;text-align:left;opacity:0.7",
    "g-value": "display:block;float:none;width:auto;margin:0;padding:0;font-weight:600",
    "g-body": "margin:12px 0 0",
    "g-picture": "display:block;max-width:100%;max-height:480px;margin:0;border-radius:6px",
    "g-video": "display:block;width:100%;max-width:100%;max-height:500px;border-radius:6px;background-color:#000",
    "g-audio": "display:block;width:100%;max-width:520px;height:36px",
    "g-small": "display:block;width:220px;min-width:110px;height:28px",
    "g-scroll": "overflow-x:auto",
    "g-rows": "margin:0;border:0;border-collapse:collapse;font-size:13px;table-layout:auto",
    "g-more": "margin:6px 0 0;opacity:0.7",
    "g-notices": f"list-style-type:none;margin:12px 0 0;padding:7px 12px;border-left:3px solid {ACCENT};border-radius:4px;"
    "background-color:rgba(210,144,42,0.12)",
    "g-notice": "margin:2px 0;padding:0;overflow-wrap:break-word",
    "g-sheet": "display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:14px 12px",
    "g-wide": "display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:14px 14px",
    "g-cell": "min-width:0",
    "g-thumb": "display:block;width:100%;height:auto;margin:0;border-radius:5px",
    "g-cap": "margin:4px 0 0;font-weight:600;line-height:1.35;overflow:hidden;text-overflow:ellipsis;white-space:nowrap",
    "g-note": "font-size:12px;line-height:1.35;opacity:0.7;overflow-wrap:break-word",
    "g-chip": "display:inline-block;width:22px;height:14px;margin:2px 3px 0 0;border-radius:3px;vertical-align:top",
    "g-row": "display:flex;align-items:center;margin:3px 0;font-size:11px",
    "g-track": "flex:0 0 34px;width:34px;padding:0 8px 0 0;font-weight:600;text-align:right;opacity:0.7;overflow:hidden;box-sizing:border-box",
    "g-lane": f"position:relative;flex:1 1 auto;min-width:0;overflow:hidden;border-radius:4px;background-color:{_WELL};color:#fff;white-space:nowrap",
    "g-ruler": "position:relative;flex:1 1 auto;height:18px;opacity:0.75;white-space:nowrap",
    "g-bar": f"height:6px;margin:8px 0 0;overflow:hidden;border-radius:3px;background-color:{_WELL}",
}  # fmt: skip

_RULES: Final = """.glimmer *{box-sizing:border-box}
.glimmer{font-family:var(--jp-ui-font-family,system-ui,-apple-system,"Segoe UI",sans-serif)}
.glimmer dd,.glimmer td,.glimmer .g-ruler{font-variant-numeric:tabular-nums}
.glimmer .g-name{letter-spacing:-.01em;overflow-wrap:anywhere}
.glimmer .g-sheet .g-thumb{aspect-ratio:16/9;object-fit:cover}
.glimmer table.g-rows th,.glimmer table.g-rows td{padding:5px 14px 5px 6px;border:0}
.glimmer table.g-rows thead th{border-bottom:1px solid rgba(128,128,128,.32)}
.glimmer table.g-rows th{font-size:11px;font-weight:500;opacity:.7}
.glimmer table.g-rows tbody tr{background:none}
.glimmer table.g-rows tbody tr:nth-child(even){background:rgba(128,128,128,.08)}
.glimmer .g-lane img{object-fit:cover}
.glimmer .g-clip{transition:filter .15s}
.glimmer .g-clip:hover{filter:brightness(1.15)}
.glimmer .g-fill{animation:glimmer-grow .25s linear}
@keyframes glimmer-grow{from{width:var(--g-from)}}
@media (prefers-reduced-motion:reduce){.glimmer .g-fill{animation:none}}"""

STYLE: Final = _RULES.replace("\n", "")


class Html(str):
    """Markup that this package made. Only such a string goes into a card unescaped."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def tag(name: str, more: str = "") -> str:
    """The attributes of a tag of class `name`: its class and the style that must survive without a stylesheet."""
    return f'class="{name}" style="{_ON_TAG[name]}{";" + more if more else ""}"'


def role_colour(role: str) -> str:
    return _ROLE_COLOURS.get(role, _ROLE_COLOURS["other"])
