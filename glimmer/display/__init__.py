"""Display: one line of text and one bounded HTML card from plain values. Knows no noun of the road.

Ground: a room hands over words, numbers and small pictures; what comes back is text for a terminal or a diff, and HTML for a
notebook. Everything given is only ever text: a film called `<script>` prints as `<script>`. Cards make no request to the
outside; they hold at most 20 rows and 20 thumbnails, and films are linked, never embedded. Colours follow JupyterLab's and
VS Code's theme variables, else the system's light or dark.
"""

from glimmer.display.card import Html, Media, Picture, card, contact_sheet, media_url, thumbnail_uri
from glimmer.display.strip import StripClip, StripTrack, strip
from glimmer.display.style import ROLES, STYLE
from glimmer.display.table import Table
from glimmer.display.words import bytes_text, columns_wide, cost_text, count_text, duration_text, one_line, plain_line

__all__ = [
    "ROLES",
    "STYLE",
    "Html",
    "Media",
    "Picture",
    "StripClip",
    "StripTrack",
    "Table",
    "bytes_text",
    "card",
    "columns_wide",
    "contact_sheet",
    "cost_text",
    "count_text",
    "duration_text",
    "media_url",
    "one_line",
    "plain_line",
    "strip",
    "thumbnail_uri",
]
