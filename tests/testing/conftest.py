"""One fake and one client of the real SDK for all of these tests: a client costs 0.2 s, its first interaction half a second."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from glimmer.testing import FakeGemini

TIMEOUT_MS = 8_000  # the machine may be busy


@pytest.fixture(scope="session")
def _one_fake() -> Iterator[FakeGemini]:
    with FakeGemini() as fake:
        yield fake


@pytest.fixture(scope="session")
def client(_one_fake: FakeGemini) -> Any:
    """google-genai, attempts = 1, as the Gemini door has it."""
    genai = pytest.importorskip("google.genai")
    options = {"base_url": _one_fake.url, "timeout": TIMEOUT_MS, "retry_options": {"attempts": 1}}
    return genai.Client(api_key=_one_fake.key, http_options=options)


@pytest.fixture
def fake(_one_fake: FakeGemini) -> Iterator[FakeGemini]:
    """As new; afterwards nothing scripted may be left over."""
    _one_fake.reset()
    yield _one_fake
    _one_fake.check()
