"""Gemini without Gemini, for tests: a server on loopback that the real google-genai talks to, with every fault on a script.

    from glimmer.testing import FakeGemini

    with FakeGemini() as fake:
        os.environ |= fake.environment()
        fake.say("A lighthouse, at dusk.")
        fake.fault("503", on="interactions")
        ...
        fake.check()

`python -m glimmer.testing` serves one from a shell. Nothing here is needed to make films, and none of it is imported by what makes them.
"""

from __future__ import annotations

from glimmer.testing.asking import Answer, Asked, Call, Media
from glimmer.testing.backstage import Received
from glimmer.testing.fake import FakeGemini
from glimmer.testing.faults import FAULTS, Fault

__all__ = ["FAULTS", "Answer", "Asked", "Call", "FakeGemini", "Fault", "Media", "Received"]
