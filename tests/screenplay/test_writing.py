"""Fountain out reads back as the same script: scenes, lines, elements, title page, ids."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glimmer.errors import ScreenplayError
from glimmer.screenplay import Screenplay, read, read_file, write

SAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.fountain"))


def without_source_lines(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: without_source_lines(inner)
            for key, inner in value.items()
            if key not in ("source_line", "source", "notices", "title")
        }
    return [without_source_lines(inner) for inner in value] if isinstance(value, list | tuple) else value


def content(script: Screenplay) -> Any:
    return without_source_lines(script.model_dump())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_survives_writing_and_reading(path: Path) -> None:
    script = read_file(path)
    again = read(write(script))
    assert content(again) == content(script)
    assert write(again) == write(script)


PIECES = st.sampled_from(
    [
        "INT. A - DAY", "EXT. SEA - NIGHT #12A#", "INT. A #1#", ".VOID", ".*1st floor*", "INT. A - DAY", "FADE IN:", "CUT TO:", "FADE OUT.", "> Whip", "> a <", "~la la", "# Act", "## Sub", "= syn", "===",
        "BOB\nHello.", "BOB (V.O.)\n(soft)\nHello *there*.", "ANNA ^\nHi.", "@mara\n\\(hi)", "李雷\n你好。", "BOB\n(nods)", "BOB\n~tra la", "BOB\nOne\n  \ntwo", "BOB\nHello [[n]] you", "BOB\n(a) b (c)",
        "She runs.", "She\nruns\nfast.", "!BANG\nhe falls", "BANG\n!~x", "\\*x\\* 5 * 3", "a [[note]] b", "[[n\n\nm]]", "/* bone\n\nyard */", "C:\\dir\\_x_", "!INT. NOT - A SCENE", "MR. SMITH.", "Title: x",
        "\\~ not a lyric", "[[ open", "She says: *hm", "**bold** _under_", "@", "!", ">", "~", "=", "#", "(alone)", "BOB\nINT\\. HOUSE", "éa\u0301", "ß @ß\nß", "@ß\nx", "@A (B\nx", "\\[[no\\]]", "...", "..a",
    ]
)  # fmt: skip
ANYTHING = st.text(alphabet=st.sampled_from(list("AbÉ李ي .,!?@#>~=()[]*/_\\^:'-\n\n")), max_size=60)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.one_of(PIECES, ANYTHING), min_size=1, max_size=9),
    st.sampled_from(["", "Title: A *b*\nAuthor: x\nAuthor: y\nContact:\n  a\n  b_c_d\n\n"]),
)
def test_whatever_was_read_is_written_so_that_it_reads_the_same(pieces: list[str], title_page: str) -> None:
    try:
        script = read(title_page + "\n\n".join(pieces))
    except ScreenplayError:
        return
    assert content(read(write(script))) == content(script)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_any_text_or_bytes_is_a_script_or_a_screenplay_error(given_text: str | bytes) -> None:
    try:
        script = read(given_text)
    except ScreenplayError:
        return
    assert script.shot_list
    spoken = [line_id for shot in script.shot_list for line_id in shot.line_ids]
    assert spoken == [line.id for line in script.lines]
