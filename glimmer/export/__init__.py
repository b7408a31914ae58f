"""Export: the end of the road. Takes a rendered film and its cut, gives files a person can hand on.

    film        the film and everything beside it          subtitles   .srt .vtt .ass
    timeline    .otio .edl, proven by reading them back    placing     whole, or not at all

Foreign formats are opened only here: opentimelineio and pysubs2, when they are first needed.
"""

from glimmer.export.film import Exported, checked_out, export_film
from glimmer.export.subtitles import SUBTITLE_FORMATS, write_subtitles
from glimmer.export.timeline import TIMELINE_KINDS, write_timeline

__all__ = [
    "SUBTITLE_FORMATS",
    "TIMELINE_KINDS",
    "Exported",
    "checked_out",
    "export_film",
    "write_subtitles",
    "write_timeline",
]
