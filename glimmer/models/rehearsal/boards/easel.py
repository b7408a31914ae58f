"""One easel in a child process: draws what it is asked for until nothing is asked any more. See `easels`, which starts it."""

from __future__ import annotations

import json
import select
import sys
from typing import IO, Final

from glimmer.models.interface import SheetRequest, ShotRequest
from glimmer.models.rehearsal.boards.artist import draw_sheet_here, draw_shot_here

__all__: list[str] = []

IDLE_SECONDS: Final = 60.0


def _work(requests: IO[bytes], answers: IO[bytes]) -> None:
    while _has_word(requests):
        asked = json.loads(requests.readline() or b"null")
        if asked is None:
            return
        if asked["kind"] == "shot":
            made = draw_shot_here(ShotRequest.model_validate_json(asked["request"]))
        else:
            made = draw_sheet_here(SheetRequest.model_validate_json(asked["request"]))
        facts = made.model_dump(exclude={"media", "source"})
        answers.write(json.dumps({"made": facts, "sizes": [len(made.media), len(made.source)]}).encode() + b"\n")
        answers.write(made.media)
        answers.write(made.source)
        answers.flush()


def _has_word(requests: IO[bytes]) -> bool:
    """False after a minute without a request. (Windows can't wait for a pipe with a limit: there it stays until its parent ends.)"""
    return sys.platform == "win32" or bool(select.select([requests], [], [], IDLE_SECONDS)[0])


if __name__ == "__main__":
    _work(sys.stdin.buffer, sys.stdout.buffer)
