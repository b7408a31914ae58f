"""`python -m glimmer.testing`: a fake Gemini for a shell, a notebook, or a test that kills its clients."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from glimmer.testing.fake import FakeGemini


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves until it is stopped (Ctrl+C, or SIGTERM). Prints the two lines to set."""
    asked = _parser().parse_args(arguments)
    try:
        fake = FakeGemini(port=asked.port, key=asked.key, state=asked.state)
        _follow(fake, asked.script)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"fake Gemini: {error}\n")
        return 2
    fake.job_seconds = asked.job_seconds
    stopped = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stopped.set())
    with fake:
        for name, value in fake.environment().items():
            sys.stdout.write(f"export {name}={value}\n")
        sys.stdout.flush()
        stopped.wait()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m glimmer.testing", description="Serve a fake Gemini on 127.0.0.1 until stopped."
    )
    parser.add_argument("--port", type=int, default=0, help="0 for a free one")
    parser.add_argument("--key", default="", help="the key that it takes; else one is made up")
    parser.add_argument(
        "--script", type=Path, help='JSON: {"say": [{"text": "…"}], "faults": [{"name": "503", "on": "video", "times": 2}]}'
    )
    parser.add_argument("--state", type=Path, help="a file that is kept up to date with the counts (also at GET /fake/state)")
    parser.add_argument("--job-seconds", type=float, default=0.3, help="how long a video job takes")
    return parser


def _follow(fake: FakeGemini, script: Path | None) -> None:
    """Raises: ValueError for a script that is none."""
    if script is None:
        return
    read = json.loads(script.read_text(encoding="utf-8"))
    unknown = set(read) - {"say", "faults"} if isinstance(read, dict) else {"the whole"}
    if unknown:
        raise ValueError(f"{script}: {', '.join(sorted(unknown))} is unknown; expected an object with say and faults.")
    for each in read.get("say", ()):
        _say(fake, each)
    for each in read.get("faults", ()):
        named: dict[str, Any] = {"name": each} if isinstance(each, str) else dict(each)
        fake.fault(str(named.pop("name")), **named)


def _say(fake: FakeGemini, each: Any) -> None:
    if isinstance(each, str):
        fake.say(each)
        return
    named = dict(each)
    named["calls"] = [(call["name"], call.get("arguments", {})) for call in named.get("calls", ())]
    fake.say(**named)


if __name__ == "__main__":
    sys.exit(main())
