"""Two notebooks and a batch job work on one film at once, and each sees at once what the others did."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

SCRIPT = "EXT. PIER - DAY\n\nA boat comes in.\n\nEXT. SEA - NIGHT\n\nNobody is out there.\n"
OPENED = """
from pathlib import Path
from PIL import Image
import glimmer as gl
film = gl.Project("Harbour", studio={studio!r}, models="rehearsal", user={user!r})
def picture(name, colour):
    path = Path({scratch!r}) / f"{{name}}.png"
    Image.new("RGB", (64, 36), colour).save(path, "PNG")
    return path
"""
BATCH = """
wanted = [film.video.add(picture(f"batch-{number}", (number, 80, 120)), shot=shot) for number in range(1, 1 + takes) for shot in ("1A", "2A")]
"""
SLOWEST_SECONDS = 60


class Kernel:
    """A real Jupyter kernel with a notebook's cells typed into it."""

    def __init__(self, manager: KernelManager, client: BlockingKernelClient) -> None:
        self._manager, self._client = manager, client

    @classmethod
    def start(cls) -> Kernel:
        manager = KernelManager(kernel_name="python3")
        manager.start_kernel()
        client = manager.blocking_client()
        client.start_channels()
        client.wait_for_ready(timeout=SLOWEST_SECONDS)
        return cls(manager, client)

    def begin(self, cell: str) -> str:
        """Send a cell and don't wait for it."""
        return str(self._client.execute(cell))

    def end(self, cell_id: str) -> str:
        """What the cell printed. Raises: AssertionError with the traceback if it failed."""
        said = ""
        while True:
            message = self._client.get_iopub_msg(timeout=SLOWEST_SECONDS)
            if message["parent_header"].get("msg_id") != cell_id:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "stream" and content["name"] == "stdout":
                said += content["text"]
            assert kind != "error", "\n".join(content["traceback"])
            if kind == "status" and content["execution_state"] == "idle":
                return said.strip()

    def run(self, cell: str) -> str:
        return self.end(self.begin(cell))

    def stop(self) -> None:
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)


@pytest.fixture
def cell(tmp_path: Path) -> dict[str, str]:
    """The first cell of each of the three."""
    return {
        user: OPENED.format(studio=str(tmp_path / "films"), user=user, scratch=str(tmp_path)) for user in ("ada", "ben", "batch")
    }


@pytest.fixture
def kernels(cell: dict[str, str]) -> Iterator[tuple[Kernel, Kernel]]:
    both = Kernel.start(), Kernel.start()
    begun = [(kernel, kernel.begin(cell[user])) for kernel, user in zip(both, ("ada", "ben"), strict=True)]  # both open it at once
    for kernel, cell_id in begun:
        kernel.end(cell_id)
    yield both
    for kernel in both:
        kernel.stop()


def papermill(folder: Path, first_cell: str, takes: int) -> subprocess.Popen[str]:
    """A batch job on a notebook of its own, as `papermill in.ipynb out.ipynb -p takes 6` in a shell."""
    parameters = nbformat.v4.new_code_cell("takes = 1", metadata={"tags": ["parameters"]})
    notebook = nbformat.v4.new_notebook(cells=[parameters, *map(nbformat.v4.new_code_cell, (first_cell, BATCH))])
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python 3"}
    nbformat.write(notebook, folder / "batch.ipynb")
    command = [sys.executable, "-m", "papermill", "batch.ipynb", "out.ipynb", "-p", "takes", str(takes), "--no-progress-bar"]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_two_kernels_and_a_batch_job_work_on_one_film_and_see_each_other(
    kernels: tuple[Kernel, Kernel], cell: dict[str, str], tmp_path: Path
) -> None:
    ada, ben = kernels
    takes = 6
    # A script that one keeps is the other's script; a circle, a note and a tag are there at the next look.
    ada.run(f"film.screenplays.add({SCRIPT!r}); [film.video.add(picture(f'a{{n}}', (n, 0, 0)), shot='1A') for n in range(3)]")
    assert ben.run("print(film.screenplays.latest.version, len(film.video['1A'].takes))") == "1 3"
    ada.run("film.video['1A'].circle(2); film.video['1A'].note('the second is it').tag('calm')")
    assert (
        ben.run("shot = film.video['1A']; print(shot.circled, shot.used.number, shot.noted, *shot.tags)")
        == "2 2 the second is it calm"
    )
    ben.run(f"film.screenplays.add({SCRIPT + chr(10) + 'EXT. SKY - DAWN' + chr(10) * 2 + 'Gulls.' + chr(10)!r})")
    assert ada.run("script = film.screenplays.latest; print(script.version, len(script.shot_list), film.video.names[:3])") == (
        "2 3 ('1A', '2A', '3A')"
    )
    # Undo is one history, whoever made the step.
    ada.run("film.video['2A'].note('not this one')")
    assert ben.run("step = film.undo(); print(step.by, step.what, repr(film.video['2A'].noted))") == "ada note on 2A ''"
    assert ada.run("print(repr(film.video['2A'].noted)); film.redo(); print(film.video['2A'].noted)") == "''\nnot this one"
    # All three write at once.
    job = papermill(tmp_path, cell["batch"], takes)
    busy = "for n in range(40): film.video['{shot}'].note(f'{user} {{n}}'); film.video['3A'].rate(n % 5 + 1 if n % 2 else 0)"
    begun = [(one, one.begin(busy.format(shot=shot, user=user))) for one, shot, user in ((ada, "1A", "ada"), (ben, "2A", "ben"))]
    for kernel, cell_id in begun:
        kernel.end(cell_id)
    printed, _ = job.communicate(timeout=SLOWEST_SECONDS)
    assert job.returncode == 0 and "locked" not in printed, printed
    look = "print([(shot.noted, len(shot.takes)) for shot in film.video][:2], sorted({step.by for step in film.store.steps(500)}))"
    seen = f"[('ada 39', {3 + takes}), ('ben 39', {takes})] ['ada', 'batch', 'ben']"
    assert ada.run(look) == ben.run(look) == seen
    # The job's last step is undone here, and its take is gone there.
    assert ada.run("print([step.by for step in film.store.steps(500) if step.action == 'add'].count('batch'))") == str(2 * takes)
    ben.run("film.video['1A'].trash_take(9)")
    assert ada.run("print(len(film.video['1A'].takes), film.undo().by, len(film.video['1A'].takes))") == "8 ben 9"
    assert ada.run("print(gl.Studio(film.lot.folder).check())").endswith("the database is whole")
