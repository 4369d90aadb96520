"""C2SP signed notes with Ed25519 keys (https://c2sp.org/signed-note)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .errors import InvalidSignature, MalformedKey, MalformedNote, NoTrustedSignature

ED25519 = 0x01
"""The signature type byte of plain Ed25519 note signatures."""
MAX_SIGNATURES = 100
_KEY_SIZE = 32
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_VKEY = re.compile(r"(?P<name>[^+]+)\+(?P<id>[0-9a-f]{8})\+(?P<key>[A-Za-z0-9+/=]+)")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key that readers of notes trust under a name."""

    name: str
    public_key: bytes
    """32 bytes, as RFC 8032 encodes them."""

    def __post_init__(self) -> None:
        _check_name(self.name)
        if len(self.public_key) != _KEY_SIZE:
            raise MalformedKey("An Ed25519 public key is 32 bytes long.")

    @property
    def key_id(self) -> bytes:
        """The first 4 bytes of ``SHA-256(name || 0x0A || 0x01 || public key)``."""
        return hashlib.sha256(
            self.name.encode() + b"\n" + bytes([ED25519]) + self.public_key
        ).digest()[:4]

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read the text form ``name+key id in hex+base64(0x01 || public key)``.

        :raises MalformedKey: if the form, the type or the key id is wrong.
        """
        match = _VKEY.fullmatch(text)
        encoded = _decode_base64(match["key"]) if match else None
        if not match or not encoded:
            raise MalformedKey("A verifier key reads name+id+base64.")
        if encoded[0] != ED25519:
            raise MalformedKey("Only Ed25519 verifier keys (type 1) are supported.")
        key = cls(match["name"], encoded[1:])
        if key.key_id.hex() != match["id"]:
            raise MalformedKey("The key id does not belong to this name and key.")
        return key

    def __str__(self) -> str:
        encoded = base64.b64encode(bytes([ED25519]) + self.public_key).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"


@dataclass(frozen=True, slots=True)
class SignerKey:
    """A private key that signs notes under a name; its text form never shows the seed."""

    name: str
    seed: bytes = field(repr=False)
    """The 32-byte Ed25519 private key of RFC 8032."""

    def __post_init__(self) -> None:
        _check_name(self.name)
        if len(self.seed) != _KEY_SIZE:
            raise MalformedKey("An Ed25519 private key is 32 bytes long.")

    @classmethod
    def generate(cls, name: str) -> SignerKey:
        """Return a fresh random key.

        :raises MalformedKey: if the name is empty or holds a space or a plus sign.
        """
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return VerifierKey(self.name, private.public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line of a note."""

    name: str
    key_id: bytes
    """4 bytes."""
    signature: bytes

    def __str__(self) -> str:
        encoded = base64.b64encode(self.key_id + self.signature).decode()
        return f"— {self.name} {encoded}\n"


@dataclass(frozen=True, slots=True)
class VerifiedNote:
    """A text that at least one trusted key has signed."""

    text: str
    """Ends in a newline."""
    signed_by: tuple[VerifierKey, ...]
    """The trusted keys that signed, in the order of their lines."""
    other_signatures: tuple[Signature, ...]
    """Lines of unknown keys, not verified: of witnesses, or of a newer key."""


def sign_note(text: str, *signers: SignerKey, keep: Sequence[Signature] = ()) -> str:
    """Return the signed note of a text.

    :param text: ends in a newline and holds no other control character.
    :param keep: signature lines made elsewhere over the same text, kept in front.
    :raises MalformedNote: if the text cannot be a note or nobody signs it.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    encoded = _checked_text(text)
    lines = list(keep)
    for signer in signers:
        signed = Ed25519PrivateKey.from_private_bytes(signer.seed).sign(encoded)
        lines.append(Signature(signer.name, signer.verifier.key_id, signed))
    if not lines:
        raise MalformedNote("A note needs at least one signature.")
    return text + "\n" + "".join(map(str, lines))


def parse_note(note: str | bytes) -> tuple[str, tuple[Signature, ...]]:
    """Split a note into its text and its signature lines, without trusting either.

    :raises MalformedNote: if the bytes are not a signed note.
    """
    whole = _decoded(note)
    at = whole.rfind("\n\n")
    if at < 0 or not whole.endswith("\n"):
        raise MalformedNote("A note is a text, an empty line and signature lines.")
    text, block = whole[: at + 1], whole[at + 2 : -1]
    lines = block.split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise MalformedNote(f"A note has at most {MAX_SIGNATURES} signatures.")
    return text, tuple(_parse_line(line) for line in lines)


def verify_note(note: str | bytes, keys: Sequence[VerifierKey]) -> VerifiedNote:
    """Return the text of a note if at least one of the trusted keys has signed it.

    :raises MalformedNote: if the bytes are not a signed note.
    :raises InvalidSignature: if a line of a trusted key does not verify.
    :raises NoTrustedSignature: if no trusted key has signed.
    """
    text, signatures = parse_note(note)
    trusted = {(key.name, key.key_id): key for key in keys}
    signed_by: list[VerifierKey] = []
    others: list[Signature] = []
    for line in signatures:
        key = trusted.get((line.name, line.key_id))
        if key is None:
            others.append(line)
            continue
        _check_signature(key, line.signature, text.encode())
        if key not in signed_by:
            signed_by.append(key)
    if not signed_by:
        raise NoTrustedSignature("No trusted key has signed this note.")
    return VerifiedNote(text, tuple(signed_by), tuple(others))


def _check_signature(key: VerifierKey, signature: bytes, signed: bytes) -> None:
    from cryptography.exceptions import InvalidSignature as Refused
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key.public_key).verify(signature, signed)
    except (Refused, ValueError):
        raise InvalidSignature(f"The signature of {key.name} does not verify.") from None


def _parse_line(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    decoded = _decode_base64(encoded)
    if dash != "—" or not _is_name(name) or decoded is None or len(decoded) < 5:
        raise MalformedNote("A signature line reads: em dash, key name, base64.")
    return Signature(name, decoded[:4], decoded[4:])


def _decoded(note: str | bytes) -> str:
    try:
        whole = note.decode() if isinstance(note, bytes) else note
        whole.encode()
    except UnicodeError:
        raise MalformedNote("A note is UTF-8 text.") from None
    if _CONTROL.search(whole):
        raise MalformedNote("A note holds no control characters other than newlines.")
    return whole


def _checked_text(text: str) -> bytes:
    if not _decoded(text).endswith("\n"):
        raise MalformedNote("The text of a note ends in a newline.")
    return text.encode()


def _check_name(name: str) -> None:
    if not _is_name(name):
        raise MalformedKey("A key name is not empty and holds no space, plus or control character.")


def _is_name(name: str) -> bool:
    return bool(name) and not any(c.isspace() or c == "+" or c < " " for c in name)


def _decode_base64(text: str) -> bytes | None:
    """Decode strictly: the one text that encodes these bytes, or nothing."""
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return decoded if base64.b64encode(decoded).decode() == text else None
