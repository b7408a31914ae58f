"""Cards and tables are bounded, escaped and the same every time; text stays in line in every script."""

from __future__ import annotations

import os
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glimmer import limits
from glimmer.display import (
    Html,
    Media,
    Picture,
    StripClip,
    StripTrack,
    Table,
    bytes_text,
    card,
    columns_wide,
    contact_sheet,
    cost_text,
    count_text,
    duration_text,
    media_url,
    next_step,
    one_line,
    palette,
    plain_line,
    player,
    stacked,
    strip,
    thumbnail_uri,
)
from glimmer.errors import LimitError, NotFound, SettingsError

JPEG = b"\xff\xd8\xff\xe0" + bytes(200)
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(1)</script>'


class Tags(HTMLParser):
    """The tags and attributes a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def full_card(name: str) -> Html:
    clips = (StripClip(name, 0, 40, name, thumbnail_uri(JPEG)), StripClip(name, 30, 40))
    return card(
        name,
        [(name, name)],
        subtitle=name,
        rows=Table([name, "n"], [(name, 1)], title=name),
        picture=Picture("a.png", name),
        media=Media("film.mp4", "video", name),
        inside=strip([StripTrack(name, clips)], rate=Fraction(24), markers=[(1, name)]),
        notices=[name],
    )


@given(st.text(max_size=40) | st.just(HOSTILE))
def test_a_name_is_only_ever_text(name: str) -> None:
    plain, given_ = Tags(full_card("x")), Tags(full_card(name))
    assert set(given_.tags) <= set(plain.tags)
    assert {attribute for attribute, _ in given_.attributes} <= {attribute for attribute, _ in plain.attributes}


def test_a_hostile_name_is_shown_as_it_is_written() -> None:
    shown = Tags(full_card(HOSTILE))
    assert "script" not in shown.tags and "onerror" not in dict(shown.attributes)
    assert HOSTILE in shown.text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " JavaScript:x",
        "http://evil/x.png",
        "//evil/x.png",
        "data:text/html;base64,AAAA",
        "\tjavascript:x",
        "",
    ],
)
def test_an_address_outside_is_left_out(url: str) -> None:
    html = card("x", picture=Picture(url), media=Media(url), inside=contact_sheet([("x", Picture(url), "")]))
    assert not {"img", "video", "audio"} & set(Tags(html).tags)


def test_a_card_asks_nothing_of_the_outside() -> None:
    html = full_card("x")
    assert "http" not in html and "@import" not in html and "url(" not in html


def test_what_is_not_ours_is_escaped_inside_a_card() -> None:
    assert "<b>" not in card("x", inside="<b>x</b>")  # type: ignore[arg-type]


def test_a_card_says_the_same_twice() -> None:
    assert full_card("The Lighthouse") == full_card("The Lighthouse")


def test_a_table_shows_twenty_rows_and_says_how_many_more() -> None:
    table = Table(["n"], [[n] for n in range(32)])
    assert Tags(table._repr_html_()).tags.count("tr") == 1 + limits.MAX_CARD_ROWS
    assert "… and 12 more" in repr(table) and "… and 12 more" in table._repr_html_()
    assert len(list(table)) == len(table) == 32


def test_a_table_gives_rows_columns_and_slices() -> None:
    table = Table(["slate", "seconds"], [["1A", 3.5], ["1B", 2.0]])
    assert table[1] == {"slate": "1B", "seconds": 2.0}
    assert table["slate"] == ("1A", "1B")
    assert table[:1] == Table(["slate", "seconds"], [["1A", 3.5]])
    assert [row["slate"] for row in table] == ["1A", "1B"]
    with pytest.raises(NotFound, match='no column "slat"; did you mean slate'):
        table["slat"]
    with pytest.raises(IndexError):
        table[2]


def test_a_table_becomes_a_data_frame() -> None:
    pandas = pytest.importorskip("pandas")
    frame = Table(["slate", "seconds"], [["1A", 3.5], ["1B", 2.0]]).to_pandas()
    assert isinstance(frame, pandas.DataFrame) and frame["seconds"].sum() == 5.5


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(SettingsError, match="expected 2"):
        Table(["a", "b"], [[1]])


def test_a_table_stays_in_line_in_wide_and_broken_text() -> None:
    lines = repr(Table(["name", "n"], [["灯台守", 1], ["a\nb\tc", 22], ["e\u0301", 333]])).splitlines()
    assert {columns_wide(line) for line in lines[2:]} == {columns_wide(lines[1])}


def test_an_empty_table_says_so() -> None:
    assert "nothing yet" in repr(Table(["a"], []))


@given(st.text(max_size=60))
def test_a_line_is_one_line_that_nothing_turns_around(text: str) -> None:
    line = plain_line(text)
    assert len(line.splitlines()) <= 1
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x1b\x00")


def test_numbers_are_said_the_same_everywhere() -> None:
    assert one_line("Screenplay v1", count_text(1, "scene"), count_text(8, "shot"), "") == "Screenplay v1 · 1 scene · 8 shots"
    assert [duration_text(s) for s in (0.84, 44, 59.96, 84, 7500)] == ["0.8 s", "44.0 s", "1 min 00 s", "1 min 24 s", "2 h 05 min"]
    assert [cost_text(usd) for usd in (0, 0.006, 0.48, 1234.5, 0.00001)] == [
        "$0.00",
        "$0.006",
        "$0.48",
        "$1,234.50",
        "under $0.001",
    ]
    assert [bytes_text(n) for n in (812, 12_000, 2_400_000, 999_700, 10**14)] == ["812 B", "12 kB", "2.4 MB", "1.0 MB", "100 TB"]


def test_a_strip_is_drawn_to_scale() -> None:
    html = strip([StripTrack("V1", (StripClip("1A", 0, 25), StripClip("1B", 25, 75)))], rate=Fraction(24))
    assert "left:0.000%;width:25.000%" in html and "left:25.000%;width:75.000%" in html


def test_a_feature_is_still_a_small_strip() -> None:
    clips = tuple(StripClip(str(n), n * 50, 50, "picture", thumbnail_uri(JPEG)) for n in range(10_000))
    html = card("Feature", inside=strip([StripTrack("V1", clips)], rate=Fraction(24)))
    assert len(html) < 80_000
    assert Tags(html).tags.count("img") <= 20
    assert "clips" in html


def test_overlapping_sounds_are_drawn_above_each_other() -> None:
    html = strip([StripTrack("A1", (StripClip("a", 0, 50, "music"), StripClip("b", 40, 50, "music")))], rate=Fraction(24))
    assert "top:0px" in html and "top:20px" in html


def test_a_sheet_shows_twenty_pictures_at_most() -> None:
    html = contact_sheet([(str(n), Picture(thumbnail_uri(JPEG)), "") for n in range(50)])
    assert Tags(html).tags.count("img") == 20 and "… and 30 more" in html


def test_a_thumbnail_may_not_be_large() -> None:
    with pytest.raises(LimitError, match="12,289"):
        thumbnail_uri(bytes(12 * 1024 + 1))


def test_a_film_is_reached_by_a_quoted_relative_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert media_url(tmp_path / "my films" / "löwe #1.mp4") == "my%20films/l%C3%B6we%20%231.mp4"
    assert media_url(tmp_path.parent / "x.mp4") == "../x.mp4"
    (tmp_path / "a:b.mp4").touch()
    assert media_url("a:b.mp4") == "./a:b.mp4"
    assert "video" in Tags(card("x", media=Media(media_url("a:b.mp4")))).tags
    assert os.path.isabs(media_url("x.mp4")) is False


# What JupyterLab 4.6 lets through in a notebook it does not trust (allowedStyles of its sanitizer), as far as cards use it.
LET_THROUGH = set(
    "align-items background-color border border-bottom border-collapse border-left border-radius border-right bottom box-sizing color"
    " display flex float font-size font-style font-weight gap grid-template-columns height left line-height list-style-type margin"
    " margin-left max-height max-width min-height min-width opacity overflow overflow-wrap overflow-x padding padding-left position"
    " right table-layout text-align text-overflow top vertical-align white-space width".split()
)


def test_what_holds_a_card_together_passes_a_sanitizer() -> None:
    sound = StripClip("cue 1", 0, 80, "music", dips=((10, 20),))
    html = full_card("x") + contact_sheet([("1A", Picture(thumbnail_uri(JPEG)), "2 takes"), ("1B", None, "")])
    html += strip([StripTrack("A2", (sound,))], rate=Fraction(24)) + palette(["#102030"]) + next_step("a", "b") + stacked("a", "b")
    declared = [each for name, style in Tags(html).attributes if name == "style" for each in style.split(";") if each]
    assert declared and {each.split(":")[0].strip() for each in declared} <= LET_THROUGH
    assert not [each for each in declared if "var(" in each or "calc(" in each or "url(" in each or "fixed" in each]


def test_without_its_stylesheet_a_table_still_reads() -> None:
    cells = Tags(Table(["what", "length"], [["a" * 60, "2.5 s"], ["b", "12.0 s"]]).inner_html())
    looks = [value for name, value in cells.attributes if name == "style" and "text-align" in value]
    assert ["right" in look.split(";")[0] for look in looks] == [False, True] * 3


def test_words_and_facts_do_not_run_together_as_bare_text() -> None:
    assert "The Lighthouse · film" in Tags(card("The Lighthouse", subtitle="film")).text


def test_a_ducked_cue_is_drawn_lower_where_it_makes_room() -> None:
    cue = StripClip("cue 1", 100, 100, "music", dips=((120, 140), (10, 20), (190, 300)))
    html = strip([StripTrack("A2", (cue,))], rate=Fraction(24), length=200)
    assert html.count("height:45%") == 2 and "left:20.00%;width:20.00%;height:45%" in html
    assert "left:90.00%;width:10.00%;height:45%" in html


def test_a_small_player_loads_nothing_and_stays_here() -> None:
    assert 'preload="none"' in player("studio/a.flac") and player("https://x/a.flac") == ""


def test_only_colours_are_chips() -> None:
    assert Tags(palette(["#102030", "red;background:url(x)", '#"><b>'])).tags == ["span"]
