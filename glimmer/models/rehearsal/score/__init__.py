"""The rehearsal composer: planned by `form`, written by `melody` and `writers`, played by `orchestra`, mastered by `rendering`."""

from glimmer.models.rehearsal.score.composer import RehearsalComposer

__all__ = ["RehearsalComposer"]
