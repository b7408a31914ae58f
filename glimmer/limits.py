"""Every limit in one place. An error that comes of one names it, so that a person can find it here.

These stop accidents and hostile input; they are far above what a feature film needs.
"""

from __future__ import annotations

from typing import Final

# Screenplay -------------------------------------------------------------------------------------------------
MAX_SCRIPT_BYTES: Final = 16 * 1024 * 1024  # Big Fish is 0.15 MB
MAX_SCRIPT_LINES: Final = 250_000  # a 200,000-line file is still read
MAX_SCRIPT_LINE_CHARS: Final = 20_000  # one paragraph; a page holds about 3,000 characters
MAX_SCENES: Final = 2_000  # a long feature has 200
MAX_SHOTS: Final = 10_000
MAX_LINE_CHARS: Final = 5_000  # one character's speech; about five minutes spoken
MAX_CAST: Final = 500

# Making -----------------------------------------------------------------------------------------------------
MAX_TAKES_PER_CALL: Final = 20
MAX_FILM_SECONDS: Final = 6 * 60 * 60
MAX_SOUND_SECONDS: Final = 60 * 60  # one made piece of sound
MAX_IMAGE_PIXELS: Final = 64_000_000
MAX_MEDIA_BYTES: Final = 8 * 1024**3
MAX_FRAME_SIDE_PX: Final = 8_192

MAX_CALL_USD: Final = 1_000  # one request to a model; a clip of 15 s in 4K is 3
MAX_ANSWER_BYTES: Final = 512 * 1024**2  # what one answer of a model may hold; a clip of 15 s in 4K is about 60 MB

# Bringing media of one's own, and words about it ---------------------------------------------------------------
MAX_PICTURE_BYTES: Final = 512 * 1024**2  # 64 million pixels, uncompressed, are 256 MB
MAX_PICTURE_FRAMES: Final = 2_000  # of an animated PNG or WebP, whose first stands as a still
MAX_FRAME_RATE: Final = 1_000  # frames a second; slow motion is shot at 120 to 960
MAX_UPLOAD_BYTES: Final = 1024**3  # through a browser; what is larger is copied to the machine and added by its path
MAX_SOUND_RATE_HZ: Final = 768_000
MAX_SOUND_CHANNELS: Final = 64
MAX_PROMPT_BYTES: Final = 64 * 1024
MAX_PROMPT_LOOPS: Final = 10_000  # repetitions in one rendering of a prompt; the lines of a long feature are 3,000
MAX_PROMPT_RENDERED_CHARS: Final = 2_000_000  # a feature's script is 150,000
MAX_MESSAGE_CHARS: Final = 100_000  # said at once in a conversation; a feature script is longer, and is read as a file
MAX_NOTE_CHARS: Final = 10_000
MAX_TAGS: Final = 100  # on one entry

# Archives (what another machine wrote) -----------------------------------------------------------------------
MAX_ARCHIVE_BYTES: Final = 512 * 1024**3  # the file, and what unpacks from it
MAX_ARCHIVE_MEMBERS: Final = 500_000  # 100,000 takes with two assets each, and room
MAX_TIMELINE_BYTES: Final = 64 * 1024**2  # an .otio that is read back; 2,000 clips are 5 MB
MAX_ARCHIVE_RATIO: Final = 200  # unpacked to packed, for a member above 1 MB; rows come to about 5, a bomb to 1,000
MAX_ARCHIVE_MANIFEST_BYTES: Final = 192 * 1024**2  # about 250 bytes a member
MAX_ARCHIVE_ROWS: Final = 5_000_000
MAX_ARCHIVE_ROW_BYTES: Final = 64 * 1024**2  # a screenplay of MAX_SCRIPT_BYTES, written as JSON
MAX_ARCHIVE_COLUMNS: Final = 64  # values in one row; the widest table has about 25

# Cutting ----------------------------------------------------------------------------------------------------
MAX_TITLE_CHARS: Final = 2_000  # a page of text; a card that can be read has 200
MAX_LOWER_THIRD_CHARS: Final = 120  # a name, and as many for the role: what is read in three seconds has half of that
MAX_LOWER_THIRD_LINES: Final = 2  # each of the two
MAX_CREDITS_CHARS: Final = 50_000  # the longest end credits name about 4,000 people, at a dozen letters each

# Colour tables (.cube) ---------------------------------------------------------------------------------------
MAX_LUT_BYTES: Final = 64 * 1024**2  # 129 x 129 x 129 rows of 27 letters are 58 MB; the usual 33 are 1 MB
MAX_LUT_SIDE: Final = 129  # of a 3D table; grading software writes 17, 33 or 65
MAX_LUT_CURVE: Final = 65_536  # rows of a 1D table, as its specification says

# Looking ----------------------------------------------------------------------------------------------------
MAX_CARD_ROWS: Final = 20
MAX_NAME_CHARS: Final = 200

# Asking the film in SQL -------------------------------------------------------------------------------------
MAX_SQL_CHARS: Final = 200_000
MAX_SQL_ROWS: Final = 100_000  # of an answer; the rest is left out, and the title says so
MAX_SQL_BYTES: Final = 64 * 1024 * 1024  # of an answer
MAX_CSV_BYTES: Final = 64 * 1024 * 1024  # of a table that comes back from a spreadsheet; MAX_SHOTS rows take about 5 MB
