"""How a command ends: a mistake is one clear message on stderr and exit code 2, a bug an offer and 1, an interrupt a promise and 130."""

from __future__ import annotations

import functools
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, ParamSpec

import typer

from glimmer.errors import GlimmerError

__all__ = ["told"]

EXIT_MISTAKE: Final = 2
EXIT_BUG: Final = 1
EXIT_INTERRUPTED: Final = 130  # 128 + SIGINT, as shells have it
_P = ParamSpec("_P")


def told(command: Callable[_P, None]) -> Callable[_P, None]:
    """`command`, its errors told to a person: one message for a mistake, an offer for a bug, a promise for an interrupt."""

    @functools.wraps(command)
    def run(*given: _P.args, **named: _P.kwargs) -> None:
        with _telling():
            command(*given, **named)

    return run


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        _say("glimmer: interrupted. Finished work is kept: the same command goes on from here.")
        raise typer.Exit(EXIT_INTERRUPTED) from None
    except GlimmerError as error:
        _traceback_if_debugging()
        _say(f"glimmer: {error}")
        raise typer.Exit(EXIT_MISTAKE) from None
    except typer.Exit:
        raise
    except Exception as error:  # noqa: BLE001  # the last door: a bug is told as one, not as a page of code
        _traceback_if_debugging()
        where = traceback.extract_tb(error.__traceback__)[-1]
        _say(
            f"glimmer: a bug: {type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno}). "
            "Finished work is kept. Run it again with --debug, and please report what it says."
        )
        raise typer.Exit(EXIT_BUG) from None


def _say(message: str) -> None:
    typer.secho(message, err=True, fg=typer.colors.RED if sys.stderr.isatty() else None)


def _traceback_if_debugging() -> None:
    if os.environ.get("GLIMMER_DEBUG", "") not in ("", "0"):
        traceback.print_exc()
