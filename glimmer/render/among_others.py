"""Among others: SVT-AV1, where it is root (in most containers), puts its threads and whoever calls it into the real-time class SCHED_FIFO 99.

It asks nobody, and has no switch for it. Such a process, and all that it begins later, goes before everything else on the machine: a
database, a notebook server, a browser stand still for as long as there is something to encode. So what it took is given back.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

__all__ = ["back_among_others"]

_TAKEN: Final = 99  # the priority that it takes; whoever wants to be real-time for reasons of their own has another


def back_among_others() -> None:
    """Put the threads of this process that are at SCHED_FIFO 99 back into the usual class. Does nothing where nobody is root."""
    if not hasattr(os, "sched_setscheduler") or os.geteuid() != 0:
        return
    for task in Path("/proc/self/task").glob("*"):
        with suppress(OSError):  # it ended meanwhile
            thread = int(task.name)
            if os.sched_getscheduler(thread) == os.SCHED_FIFO and os.sched_getparam(thread).sched_priority == _TAKEN:
                os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))
