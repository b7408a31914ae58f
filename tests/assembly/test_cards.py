"""The strip shows what lies over what, how shots meet, and what was set; it stays small, and passes a notebook's sanitizer."""

from __future__ import annotations

from fractions import Fraction
from html.parser import HTMLParser

from glimmer.assembly import Assembly, Clip, Marker, Track, Transition
from glimmer.assembly.cards import cut_card

# What JupyterLab 4.6 lets through in a notebook it does not trust (allowedStyles of its sanitizer), as far as the strip uses it.
LET_THROUGH = set(
    "align-items background-color border border-left border-radius border-right border-top bottom box-sizing color display flex float"
    " font-size font-style font-weight height left line-height list-style-type margin margin-left max-width min-height min-width opacity"
    " overflow overflow-wrap padding padding-left position right text-align text-overflow top vertical-align white-space width".split()
)


class Styles(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.styles: list[str] = []
        self.titles: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("style", "title") and value:
                (self.styles if name == "style" else self.titles).append(value)


def clip(name: str, start: int, frames: int, **more: object) -> Clip:
    return Clip.model_validate({"id": name, "name": name, "kind": "footage", "start": start, "frames": frames, **more})


def cut() -> Assembly:
    below = (
        clip("1A", 0, 100, speed=Fraction(2)),
        clip("1B", 100, 100, backwards=True, speed="1/2"),
        clip("1C", 200, 100, frozen=True, opacity=0.5),
        clip("end", 300, 100, kind="title", title="The <End>"),
    )
    joins = (
        Transition(kind="wipe", left="1A", right="1B", frames=20, direction="up"),
        Transition(kind="dip", left="1B", right="1C", frames=20, colour="white"),
        Transition(kind="fade_in", right="1A", frames=25),
        Transition(kind="fade_out", left="end", frames=25),
    )
    above = (clip("gull", 120, 100, box={"left": 0.6, "top": 0.1, "width": 0.3, "height": 0.3}),)
    return Assembly(
        title="Cut",
        rate=Fraction(24),
        tracks=(
            Track(name="V1", kind="picture", clips=below, transitions=joins),
            Track(name="V2", kind="picture", clips=above),
            Track(name="A1", kind="sound", role="dialogue", clips=(clip("line 1", 10, 90, kind="sound"),), muted=True),
        ),
        markers=(Marker(at=50, note="check the <lamp>"), Marker(at=400, note="the end")),
    )


def test_upper_tracks_stand_above_those_they_lie_over() -> None:
    html = cut_card(cut())
    assert html.index(">V2<") < html.index(">V1<") < html.index(">A1<")


def test_speed_direction_and_held_frames_are_said() -> None:
    shown = Styles(cut_card(cut()))
    told = " | ".join(shown.titles)
    assert "1A ×2 · at ×2 speed, 100 frames" in told and "1B ×0.5 ← · at ×0.5 speed, backwards" in told
    assert "1C ‖ · a held frame, 50% opaque" in told and "gull · picture in picture" in told
    assert "A1, muted" in shown.titles and "wipe up 20" in shown.titles and "dip to white 20" in shown.titles


def test_a_transition_is_a_wedge_over_its_cut_and_a_fade_a_corner() -> None:
    shown = Styles(cut_card(cut()))
    assert any("left:25.000%;margin-left:-6px" in style and "border-top:8px solid #fff" in style for style in shown.styles)
    assert any("left:22.500%;width:5.000%" in style for style in shown.styles)
    assert sum("border-top:62px solid rgba(8,10,14,0.62)" in style for style in shown.styles) == 2


def test_notes_stand_under_the_ruler_as_text() -> None:
    html = cut_card(cut())
    assert ">check the &lt;lamp&gt;</span>" in html and "<lamp>" not in html
    assert 'title="the end"' in html  # no room for its words, but not lost


def test_what_the_strip_is_made_of_passes_a_sanitizer() -> None:
    declared = [each for style in Styles(cut_card(cut())).styles for each in style.split(";") if each]
    assert {each.split(":")[0].strip() for each in declared} <= LET_THROUGH
    assert not [each for each in declared if "var(" in each or "calc(" in each or "url(" in each]


def test_a_feature_with_thousands_of_transitions_and_notes_is_a_small_card() -> None:
    clips = tuple(clip(f"{n}", n * 50, 50) for n in range(5000))
    joins = tuple(Transition(kind="dissolve", left=f"{n}", right=f"{n + 1}", frames=12) for n in range(4999))
    markers = tuple(Marker(at=n * 10, note="note " * 30) for n in range(5000))
    long = Assembly(
        title="Long", rate=Fraction(24), tracks=(Track(name="V1", kind="picture", clips=clips, transitions=joins),), markers=markers
    )
    assert len(cut_card(long)) < 160_000
