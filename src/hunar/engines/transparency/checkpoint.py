"""C2SP tree heads (https://c2sp.org/tlog-checkpoint): what a log signs and readers keep."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .errors import MalformedCheckpoint, WrongOrigin
from .note import SignerKey, VerifierKey, sign_note, verify_note
from .tree import HASH_SIZE

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_CONTROL = re.compile(r"[\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The size and root of a log at a moment."""

    origin: str
    """Names the log, by convention as a URL without its scheme."""
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()
    """Further lines, opaque; the standard advises against them."""

    def __post_init__(self) -> None:
        for line in (self.origin, *self.extensions):
            if not line or _CONTROL.search(line):
                raise MalformedCheckpoint("Each line of a checkpoint has text and no controls.")
        if not 0 <= self.size < 1 << 63:
            raise MalformedCheckpoint("The size of a log lies between 0 and 2^63 - 1.")
        if len(self.root) != HASH_SIZE:
            raise MalformedCheckpoint("The root of a log is 32 bytes long.")

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read the text of a (verified) note.

        :raises MalformedCheckpoint: if the text is not a checkpoint.
        """
        if not text.endswith("\n"):
            raise MalformedCheckpoint("A checkpoint ends in a newline.")
        lines = text[:-1].split("\n")
        if len(lines) < 3 or not _SIZE.fullmatch(lines[1]):
            raise MalformedCheckpoint("A checkpoint has an origin, a size and a root.")
        return cls(lines[0], int(lines[1]), _decode_root(lines[2]), tuple(lines[3:]))

    def __str__(self) -> str:
        root = base64.b64encode(self.root).decode()
        return "\n".join((self.origin, str(self.size), root, *self.extensions)) + "\n"


def sign_checkpoint(checkpoint: Checkpoint, *signers: SignerKey) -> str:
    """Return the checkpoint as a signed note.

    The caller sees to it that a log never signs two checkpoints which are inconsistent.

    :raises MalformedNote: if nobody signs.
    """
    return sign_note(str(checkpoint), *signers)


def open_checkpoint(
    note: str | bytes, keys: Sequence[VerifierKey], *, origin: str | None = None
) -> Checkpoint:
    """Return the checkpoint in a note that a trusted key has signed.

    :param origin: the log that the reader expects, if she knows it.
    :raises MalformedNote: if the bytes are not a signed note.
    :raises InvalidSignature: if a line of a trusted key does not verify.
    :raises NoTrustedSignature: if no trusted key has signed.
    :raises MalformedCheckpoint: if the signed text is not a checkpoint.
    :raises WrongOrigin: if the checkpoint belongs to another log.
    """
    checkpoint = Checkpoint.parse(verify_note(note, keys).text)
    if origin is not None and checkpoint.origin != origin:
        raise WrongOrigin(f"The checkpoint belongs to {checkpoint.origin}, not to {origin}.")
    return checkpoint


def _decode_root(text: str) -> bytes:
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise MalformedCheckpoint("The root of a checkpoint is base64.") from None
    if base64.b64encode(decoded).decode() != text:
        raise MalformedCheckpoint("The root of a checkpoint is canonical base64.")
    return decoded
