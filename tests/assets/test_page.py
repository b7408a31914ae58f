"""What docs/assets.md shows works, and the order it tells is the order of the system's calls."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "assets.md"


def test_the_examples_of_the_page_work(emulator: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder, bucket = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    picture = b"\x89PNG\r\n\x1a\n"

    def send(upload: Any, content: bytes) -> None:
        urllib.request.urlopen(
            urllib.request.Request(upload.url, content, dict(upload.headers), method=upload.method), timeout=20
        ).close()

    names: dict[str, Any] = {"picture": picture, "send": send}
    exec(folder, names)
    assert [path.suffix for path in Path("studio/objects").rglob("*.*")] == [".txt"]
    exec(bucket, {**names, "sha256": hashlib.sha256(picture).hexdigest()})
    assert [path.suffix for path in Path("cache").rglob("*.*")] == [".png"]


def test_a_put_goes_to_the_disk_in_the_order_that_is_told(tmp_path: Path) -> None:
    """Nothing short of pulling the plug proves a flush; this proves that it is asked for, and when."""
    told, root = tmp_path / "calls", tmp_path / "objects"
    put = f"from pathlib import Path; from glimmer.assets import Assets; Assets(Path({str(root)!r})).put(b'light', 'image/png')"
    try:
        watch = ["strace", "-f", "-y", "-o", str(told), "-e", "trace=fsync,fchmod,rename,renameat,renameat2"]
        subprocess.run([*watch, sys.executable, "-c", put], check=True, capture_output=True, timeout=60)
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        pytest.skip(f"system calls can't be watched here: {error}")
    name = hashlib.sha256(b"light").hexdigest()
    calls = [line.split(maxsplit=1)[1] for line in told.read_text().splitlines() if str(root) in line]
    part = next(at for at, call in enumerate(calls) if ".part" in call)
    wanted = [
        r"fsync\(\d+<.*\.part>\) += 0",
        r"fchmod\(\d+<.*\.part>, 0444\) += 0",
        rf"rename.*\.part.*/{name[:2]}/{name[2:4]}/{name}\.png",
        rf"fsync\(\d+<{root}/{name[:2]}/{name[2:4]}>\) += 0",
        rf"fsync\(\d+<{root}/{name[:2]}>\) += 0",
        rf"fsync\(\d+<{root}>\) += 0",
    ]
    assert len(calls[part:]) == len(wanted) and all(re.match(one, call) for one, call in zip(wanted, calls[part:], strict=True)), (
        calls
    )
