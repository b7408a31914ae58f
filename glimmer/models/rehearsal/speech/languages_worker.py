"""The child process that holds espeak-ng: the only place where that GPL-3 library is loaded, and never in Glimmer's own process.

Run by its path, not as a module (`languages_voice.py` starts it), so that it imports the standard library and nothing of Glimmer: up
in 0.1 s. Reads one JSON object from stdin, writes one JSON line and raw 16-bit samples to stdout, ends. Texts are only ever texts:
espeak's markup (SSML, [[phonemes]], control characters) is not switched on.

    in   {"pieces": [{"text", "voice", "pitch", "range", "rate"}, …], "most_samples": n}
    out  {"rate": 22050, "pieces": [{"samples": n, "phonemes": "…", "words": [[character, characters, sample], …]}, …]} + samples
"""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any

# espeak-ng's speak_lib.h, API revision 12.
_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_UTF8 = 1
_IPA = 0x02
_BY_CHARACTER = 1
_RATE, _VOLUME, _PITCH, _RANGE = 1, 2, 3, 4
_ROOM = 80  # volume, of 100: at 100 its loudest vowels reach full scale
_LIST_ENDS, _WORD, _CLAUSE_ENDS = 0, 1, 5


class _Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    ]


_Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class _Espeak:
    """The library, opened, with what it said since the last `speak`."""

    def __init__(self, library: str, texts_and_voices: str) -> None:
        self._library = ctypes.CDLL(library)
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
        self.rate = int(self._library.espeak_Initialize(_SYNCHRONOUS, 0, texts_and_voices.encode(), _DONT_EXIT))
        if self.rate <= 0:
            raise RuntimeError(f"espeak-ng did not start (code {self.rate})")
        self._left = 0
        self._sound = bytearray()
        self._words: list[tuple[int, int, int]] = []
        self._hears = _Heard(self._hear)  # kept: the library calls it for as long as it lives
        self._library.espeak_SetSynthCallback(self._hears)

    def speak(self, piece: dict[str, Any], most_samples: int) -> tuple[dict[str, Any], bytes]:
        """One piece: what is told of it, and its samples. A voice that espeak-ng doesn't have gives no sound."""
        self._left, self._sound, self._words = most_samples, bytearray(), []
        # Breath and whisper are noise, seeded with the time of day unless told otherwise.
        self._library.espeak_ng_SetRandSeed(ctypes.c_long(1))
        text = str(piece["text"]).encode("utf-8", "ignore")
        phonemes = ""
        if self._library.espeak_SetVoiceByName(str(piece["voice"]).encode()) == 0:
            for setting, value in ((_VOLUME, _ROOM), (_RATE, piece["rate"]), (_PITCH, piece["pitch"]), (_RANGE, piece["range"])):
                self._library.espeak_SetParameter(setting, int(value), 0)
            self._library.espeak_Synth(text + b"\0", len(text) + 1, 0, _BY_CHARACTER, 0, _UTF8, None, None)
            phonemes = self._phonemes(text)
        told = {"samples": len(self._sound) // 2, "phonemes": phonemes, "words": self._words}
        return told, bytes(self._sound)

    def _phonemes(self, text: bytes) -> str:
        """The text in IPA, with "(en)" where espeak-ng had to leave its language to name a letter."""
        rest, clauses = ctypes.c_char_p(text), []
        while rest.value is not None:
            clauses.append((self._library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA) or b"").decode("utf-8", "replace"))
        return " | ".join(clauses)

    def _hear(self, sound: Any, samples: int, events: Any) -> int:
        """espeak-ng's callback: 1 ends the synthesis."""
        if sound and samples > 0:
            self._sound += ctypes.string_at(sound, 2 * min(samples, self._left))
            self._left -= min(samples, self._left)
        k = 0
        while events[k].type != _LIST_ENDS:
            if events[k].type in (_WORD, _CLAUSE_ENDS):
                length = events[k].length if events[k].type == _WORD else 0
                self._words.append((events[k].text_position - 1, length, events[k].sample))
            k += 1
        return int(self._left <= 0)


def main(folder: str) -> None:
    """Speak what stdin asks for with the espeak-ng that lies in `folder`/espeakng_loader."""
    sys.path.append(folder)
    import espeakng_loader

    asked = json.loads(sys.stdin.buffer.read())
    espeak = _Espeak(espeakng_loader.get_library_path(), espeakng_loader.get_data_path())
    said = [espeak.speak(piece, int(asked["most_samples"])) for piece in asked["pieces"]]
    head = json.dumps({"rate": espeak.rate, "pieces": [told for told, _ in said]})
    sys.stdout.buffer.write(head.encode() + b"\n" + b"".join(sound for _, sound in said))


if __name__ == "__main__":
    main(sys.argv[1])
