"""The rehearsal sound: `beds` say what is in the air, `listening` reads what happens, `ambience` and `effects` make both heard."""

from glimmer.models.rehearsal.sound.ambience import RehearsalSound

__all__ = ["RehearsalSound"]
