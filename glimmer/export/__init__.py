"""Export: the end of the road. Takes a rendered film and its cut, gives files a person can hand on.

    film        the film and everything beside it          subtitles   .srt .vtt .ass
    timeline    .otio .edl, proven by reading them back    timeline_reading   .otio -> a cut
    placing     whole, or not at all
    archive     one film in one .glim file; archive_reading takes it apart and trusts nothing in it

Foreign formats are opened only here: opentimelineio and pysubs2, when they are first needed.
"""

from glimmer.export.archive import Archived, write_archive
from glimmer.export.archive_reading import OpenedArchive, StagedAsset, opened_archive
from glimmer.export.film import Exported, checked_out, export_film
from glimmer.export.subtitles import SUBTITLE_FORMATS, write_subtitles
from glimmer.export.timeline import TIMELINE_KINDS, write_timeline
from glimmer.export.timeline_reading import read_timeline

__all__ = [
    "SUBTITLE_FORMATS",
    "TIMELINE_KINDS",
    "Archived",
    "Exported",
    "OpenedArchive",
    "StagedAsset",
    "checked_out",
    "export_film",
    "opened_archive",
    "read_timeline",
    "write_archive",
    "write_subtitles",
    "write_timeline",
]
