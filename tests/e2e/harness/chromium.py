"""Chromium: the one that is there, or how to get one. `python tests/e2e/harness/chromium.py` sees to it before the suite begins
(`make test` does so), because two workers that both install would be in each other's way.

In this order: $GLIMMER_CHROMIUM; one on the PATH; the one Playwright brought; as root on Debian, its package; else Playwright brings one.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

__all__ = ["FLAGS", "chromium", "modest"]

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL_SECONDS: Final = 300
# Nothing but this machine has a name or an address; sandboxes need rights that containers and root do not have.
FLAGS: Final = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-gpu",  # there is none; what stands in for one draws slower than the processor does, and never rests
)


def chromium() -> str:
    """The path of a Chromium that can be begun; "" where there is none."""
    named = os.environ.get("GLIMMER_CHROMIUM", "")
    if named:
        return named if os.access(named, os.X_OK) else ""
    return next((found for name in NAMES if (found := shutil.which(name))), "") or _playwrights_own()


def modest(path: str, folder: Path) -> str:
    """A program that begins this Chromium without the right to go before others, where that can be taken away; else the path itself.

    Where it is root, Chromium puts the threads that draw at nice -8: a page that draws all the time leaves servers and kernels a seventh.
    """
    if not (shutil.which("setpriv") and _is_root()):
        return path
    program = folder / "chromium-modest"
    program.write_text(f'#!/bin/sh\nexec setpriv --inh-caps -sys_nice --bounding-set -sys_nice -- {shlex.quote(path)} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    tried = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False)
    return str(program) if tried.returncode == 0 else path


def _playwrights_own() -> str:
    homes = (os.environ.get("PLAYWRIGHT_BROWSERS_PATH", ""), "~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
    for home in filter(None, homes):
        for path in sorted(Path(home).expanduser().glob("chromium-*/chrome-*/*"), reverse=True):
            if path.name in ("chrome", "Chromium.app"):
                return str(path / "Contents/MacOS/Chromium" if path.suffix == ".app" else path)
    return ""


def _install() -> None:
    """Try what can be tried; whether it helped is seen by looking again."""
    if sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.DEVNULL,
            "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        }
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            _tried(command, quiet)
    if not chromium():
        _tried([sys.executable, "-m", "playwright", "install", *(["--with-deps"] if _is_root() else []), "chromium"], {})


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _tried(command: list[str], how: dict[str, object]) -> None:
    try:
        subprocess.run(command, timeout=INSTALL_SECONDS, check=False, **how)  # type: ignore[call-overload]
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{' '.join(command)}: {error}", file=sys.stderr)


def main() -> None:
    if not chromium():
        print("No Chromium here yet; getting one …", flush=True)
        _install()
    found = chromium()
    print(
        f"Chromium: {found}" if found else "No Chromium is to be had here; the browser tests will be skipped, or fail where CI=1."
    )


if __name__ == "__main__":
    main()
