"""Display: one line of text and one bounded HTML card from plain values. Knows no noun of the road.

Ground: a room hands over words, numbers and small pictures; what comes back is text for a terminal or a diff, and HTML for a
notebook. Everything given is only ever text: a film called `<script>` prints as `<script>`. Cards make no request to the
outside; they hold at most 20 rows and 20 thumbnails, and films are linked, never embedded. They inherit the page's
colours, and hold together where a front end takes their stylesheet away (see style.py).
"""

from glimmer.display.card import (
    Media,
    Picture,
    beside,
    card,
    contact_sheet,
    media_url,
    next_step,
    palette,
    player,
    stacked,
    thumbnail_uri,
)
from glimmer.display.csv_text import read_csv_text
from glimmer.display.shown import card_of, line_of
from glimmer.display.strip import StripClip, StripJoin, StripTrack, strip
from glimmer.display.style import ACCENT, ROLES, STYLE, Html, tag
from glimmer.display.table import Table
from glimmer.display.words import bytes_text, columns_wide, cost_text, count_text, duration_text, one_line, plain_line

__all__ = [
    "ACCENT",
    "ROLES",
    "STYLE",
    "Html",
    "Media",
    "Picture",
    "StripClip",
    "StripJoin",
    "StripTrack",
    "Table",
    "beside",
    "bytes_text",
    "card",
    "card_of",
    "columns_wide",
    "contact_sheet",
    "cost_text",
    "count_text",
    "duration_text",
    "line_of",
    "media_url",
    "next_step",
    "one_line",
    "palette",
    "plain_line",
    "player",
    "read_csv_text",
    "stacked",
    "strip",
    "tag",
    "thumbnail_uri",
]
