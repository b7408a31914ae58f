"""Where a studio's file lies: SQLite's journal needs memory that all processes share, so a folder that other machines mount is a risk.

Told from the list of mounts alone; nothing is written, no server asked.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

__all__ = ["network_file_system"]

_NETWORK: Final = frozenset(
    "9p acfs afpfs afs beegfs ceph cifs coda davfs ftp gfs gfs2 glusterfs gpfs lustre ncpfs nfs nfs3 nfs4 ocfs2 orangefs panfs "
    "prl_fs pvfs2 smb3 smbfs vboxsf virtiofs vmhgfs webdav".split()
)  # shared folders of virtual machines (9p, virtiofs, vboxsf …) are no better: host and guest have a memory each
_LOCAL_FUSE: Final = frozenset(
    "bindfs ecryptfs encfs fuse-overlayfs gocryptfs lxcfs mergerfs ntfs ntfs-3g portal securefs snapfuse".split()
)
_BSD: Final = re.compile(r"(?P<device>.+?) on (?P<folder>/.*) \((?P<kind>[\w.+-]+)(?:,.*)?\)")
_OCTAL: Final = re.compile(r"\\([0-7]{3})")


def network_file_system(folder: Path, mounts: str | None = None) -> str:
    """The kind of file system that `folder` lies on if other machines can be on it too ("nfs4", "cifs", "fuse.sshfs" …), else "".

    `mounts`: the text of /proc/mounts, or of the command `mount` on a Mac; None to ask this machine. What can't be told counts as local.
    """
    listed = _mounts_here() if mounts is None else mounts
    inside = folder.absolute() if mounts is not None else folder.resolve()
    kind, depth = "", -1
    for place, its_kind in _mounted(listed):
        parts = len(Path(place).parts)
        if parts >= depth and inside.is_relative_to(place):  # of two on one folder the later one is seen
            kind, depth = its_kind, parts
    is_own_root = depth == 1 and kind == "9p"  # a sandboxed container (gVisor) shows its own disk so
    return kind if _is_network(kind) and not is_own_root else ""


def _is_network(kind: str) -> bool:
    if kind.startswith(("fuse.", "macfuse_", "osxfuse_")):
        return kind.split(".", 1)[-1] not in _LOCAL_FUSE
    return kind in _NETWORK


def _mounted(listed: str) -> Iterator[tuple[str, str]]:
    """(folder, kind) of each line, in either of the two ways to write them."""
    for line in listed.splitlines():
        bsd = _BSD.fullmatch(line.strip())
        if bsd:
            yield bsd["folder"], bsd["kind"]
        elif len(fields := line.split()) >= 4:
            yield _OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[1]), fields[2]


def _mounts_here() -> str:
    try:
        if sys.platform == "darwin":
            return subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True).stdout
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except (OSError, subprocess.SubprocessError):
        return ""
