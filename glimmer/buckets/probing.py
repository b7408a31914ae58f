"""Probing: what a stranger's file holds, found out in a child process that has little memory, little time and no second file.

A child costs 0.05 s for a picture and 0.15 to 0.2 s for a container; a decoder that crashes costs a sentence and not the kernel.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from glimmer import limits
from glimmer.errors import LimitError, MediaError

__all__ = ["probed"]

_CHILD: Final = str(Path(__file__).with_name("probe_child.py"))
_MEMORY_BYTES: Final = 3 * 1024**3  # address space: an 8K frame and its references take about 1 GB
_WALL_SECONDS: Final = 60  # a file of hours without a stated length is read through once
_KEPT: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "SYSTEMROOT")  # what a Python may need to start at all
_LIMITS: Final = (
    "MAX_IMAGE_PIXELS", "MAX_PICTURE_FRAMES", "MAX_FRAME_SIDE_PX", "MAX_FRAME_RATE", "MAX_FILM_SECONDS", "MAX_SOUND_RATE_HZ",
    "MAX_SOUND_CHANNELS",
)  # fmt: skip
_AGAIN: Final = "It may be damaged; export it anew and add it again."


def probed(copy: Path, reader: str, shown: str) -> dict[str, Any]:
    """What the child found in `copy`: of a picture media_type and frames; of a container has_picture, seconds, cut_short …

    Raises: MediaError if it can't be read whole, LimitError past one of the limits.
    """
    asked = {
        "reader": reader,
        "memory_bytes": _MEMORY_BYTES,
        "cpu_seconds": _WALL_SECONDS,
        "most": {name: getattr(limits, name) for name in _LIMITS},
    }
    command = [sys.executable, "-P", "-s", _CHILD, json.dumps(asked)]
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        with copy.open("rb") as file:
            done = subprocess.run(
                command,
                stdin=file,
                capture_output=True,
                timeout=_WALL_SECONDS,
                env=environment,
                cwd=os.path.abspath(os.sep),
                start_new_session=True,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise MediaError(f"{shown} was not read within {_WALL_SECONDS} s, and its reader was stopped. {_AGAIN}") from error
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise MediaError(f"{shown} can't be read: its reader {_ended(done.returncode)}. {_AGAIN}") from error
    if "refused" in answer:
        raise _refusal(answer, shown)
    return answer


def _refusal(answer: dict[str, Any], shown: str) -> MediaError | LimitError:
    if answer["limit"]:
        return LimitError(f"{shown} {answer['refused']}. Make it smaller or shorter.", limit=str(answer["limit"]))
    return MediaError(f"{shown} {answer['refused']}. {_AGAIN}")


def _ended(code: int) -> str:
    if code >= 0:
        return f"ended with {code} and said nothing"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
