"""The child: `python -m glimmer.analytics.child PARENT`. Reads a question, asks for the tables it names, answers, waits.

Parent to child: a question; after each "need", that table's rows and an end. Child to parent: hello; then, for each question,
any number of "need"s and one answer or error. It ends with its parent, when its stdin closes, or when DuckDB is past use.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from glimmer.analytics import cage, frames

if TYPE_CHECKING:
    from glimmer.analytics.engine import Answer, Engine

__all__ = ["main"]


def main() -> None:
    """Answer questions until nobody asks any more."""
    cage.die_with(int(sys.argv[1]))
    asked, answers = _pipes()
    try:
        from glimmer.analytics import engine
    except ImportError as reason:
        _say(answers, {"error": "missing", "words": str(reason)})
        return
    speaker = _Speaker(asked, answers, engine)
    cage.shut()
    _say(answers, {"hello": engine.VERSION})
    while speaker.answer_next():
        pass


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Our two pipes, under numbers nobody else knows: what a library prints goes to stderr and can't get between frames."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return asked, answers


def _say(pipe: BinaryIO, value: dict[str, object]) -> None:
    frames.send_json(pipe, value)
    pipe.flush()


class _Speaker:
    """The talk with the parent, one question after the other."""

    def __init__(self, asked: BinaryIO, answers: BinaryIO, engine: Any) -> None:
        self._asked, self._answers, self._module = asked, answers, engine
        self._engine: Engine = engine.Engine(self._rows_of)

    def answer_next(self) -> bool:
        """Answer one question. Returns: whether another may come."""
        try:
            question = frames.receive_json(self._asked)
        except EOFError:
            return False
        cage.allow_processor_seconds(question["processor_seconds"])
        try:
            answer = self._answer(question)
        except self._module.Refusal as reason:
            self._refuse(reason)
            return not reason.fatal
        self._send(answer)
        return True

    def _answer(self, question: dict[str, Any]) -> Answer:
        tables = {name: [(column, kind) for column, kind in columns] for name, columns in question["tables"].items()}
        log = Path(question["log"]) if question["log"] else None
        self._engine.offer(tables, revision=question["revision"], log=log)
        parameters = [frames.unpacked(one) for one in question["parameters"]]
        return self._engine.answer(
            self._module.Question(question["sql"], parameters, question["most_rows"], question["most_bytes"])
        )

    def _rows_of(self, name: str) -> Iterator[list[str]]:
        _say(self._answers, {"need": name})
        while (columns := frames.receive_json(self._asked)["columns"]) > 0:
            yield [frames.receive(self._asked).decode() for _ in range(columns)]

    def _send(self, answer: Answer) -> None:
        about = {"columns": answer.columns, "kinds": answer.kinds, "cut": answer.cut, "notes": answer.notes}
        frames.send_json(self._answers, {**about, "chunks": len(answer.chunks)})
        for chunk in answer.chunks:
            frames.send(self._answers, chunk)
        self._answers.flush()

    def _refuse(self, reason: Any) -> None:
        about = {"named": self._engine.named, "log_columns": self._engine.log_columns, "fatal": reason.fatal}
        _say(self._answers, {"error": reason.kind, "words": reason.words, **about})


if __name__ == "__main__":
    main()
