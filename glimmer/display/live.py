"""Live: where things are shown, and one display of a notebook that is updated in place. IPython is never imported for this: where it is not
loaded there is no notebook."""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["LiveDisplay", "cell_number", "in_notebook", "show_now"]


def in_notebook() -> bool:
    """Whether cells run here, with a front end that shows HTML."""
    return getattr(_shell(), "kernel", None) is not None


def cell_number() -> int:
    """The number of the notebook's cell that runs now; 0 outside of notebooks."""
    return int(getattr(_shell(), "execution_count", 0) or 0) if in_notebook() else 0


def show_now(html: str, text: str) -> None:
    """Show it under the cell that runs now."""
    LiveDisplay().show(html, text)


class LiveDisplay:
    """One place under the running cell, which shows the newest of what it is given."""

    def __init__(self) -> None:
        self._handle: Any = None

    def show(self, html: str, text: str) -> None:
        mime = {"text/html": html, "text/plain": text}
        if self._handle is None:
            from IPython import display as ipython_display

            draw: Any = ipython_display.display  # untyped upstream
            self._handle = draw(mime, raw=True, display_id=True)
        else:
            self._handle.update(mime, raw=True)


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None
