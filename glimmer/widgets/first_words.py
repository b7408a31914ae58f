"""First words: what a film was begun with, noted until its chat is told. Nothing is asked of a model: the chat's first message is written for
a person to send, and they may change it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

from glimmer import log
from glimmer.project import Project
from glimmer.titles import checked_title

__all__ = ["first_words", "forget_first_words", "note_first_words"]

_QUOTES: Final = str.maketrans({'"': "'", "“": "‘", "”": "’"})  # inside of quotes


def note_first_words(film: Project, idea: str, seconds: int = 0) -> None:
    """Keep the idea for the film's first message."""
    words = " ".join(idea.split())
    if not words:
        return
    quoted = f"“{words.translate(_QUOTES)}”"  # whole in quotes: full stops in it end nothing, and rehearsal knows it for an idea
    said = f"Write a film of {seconds} seconds about {quoted}" if seconds else f"Write a film about {quoted}"
    path = _path(film)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps({"title": checked_title(film.title), "words": said}, ensure_ascii=False), encoding="utf-8")
    os.replace(part, path)


def first_words(film: Project) -> str:
    """What the film's first message may be; "" for a film that was begun without, or has been told."""
    try:
        said = json.loads(_path(film).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as reason:
        log.warning("first_words.unread", reason=str(reason)[:200])
        return ""
    words = said.get("words", "") if isinstance(said, dict) else ""
    return words if isinstance(words, str) else ""


def forget_first_words(film: Project) -> None:
    """They were said."""
    _path(film).unlink(missing_ok=True)


def _path(film: Project) -> Path:
    return film.lot.folder / "first_words" / f"{film.store.project_id}.json"
