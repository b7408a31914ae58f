"""Seeding: a further take of the same request is told apart from the first, for the server and for whoever counts what was sent."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

__all__ = ["seeded"]


def seeded(request: BaseModel) -> dict[str, Any]:
    """What goes into generation_config: nothing for the first take, the take's number as the seed for each further one.

    Gemini promises nothing for equal seeds (js-genai #310); but two takes sent in the same words would look like one that was paid twice.
    """
    seed = getattr(request, "seed", 0)
    return {"seed": seed} if seed > 1 else {}
