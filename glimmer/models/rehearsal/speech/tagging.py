"""Parts of speech: the small English tagger that comes with the voice, for whoever must read a sentence.

Part of the door to `hibari`; the voice itself is not loaded for it.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any

from hibari.g2p import _load_json
from hibari.g2p.tagger import Tagger
from hibari.g2p.tokenize import Tokenizer

__all__ = ["tagged"]

_tagging = threading.Lock()


@lru_cache(maxsize=1)
def _reader() -> tuple[Any, Any]:
    return Tokenizer(_load_json("tokenizer_exceptions.json")), Tagger(_load_json("tagger.json.gz"))


def tagged(text: str) -> list[tuple[str, str]]:
    """The words and marks of `text` with their Penn Treebank tags (NN noun, VBZ "teaches", DT "the" …)."""
    with _tagging:
        tokenizer, tagger = _reader()
        words = [word for word, _ in tokenizer(text)]
        return list(zip(words, tagger(words), strict=True)) if words else []
