"""What can stand in the way of building or checking a proof; every reason has a stable code."""

from __future__ import annotations

from typing import ClassVar


class TransparencyError(ValueError):
    """A request that cannot be met or a proof that does not hold; ``code`` never changes."""

    code: ClassVar[str] = "transparency"


class InvalidSize(TransparencyError):
    """A tree size is negative, too small for the request or in the wrong order."""

    code = "invalid-size"


class InvalidIndex(TransparencyError):
    """A leaf index lies outside the tree."""

    code = "invalid-index"


class EmptyOldTree(TransparencyError):
    """Consistency with the empty tree: it is consistent with every tree and proves nothing."""

    code = "consistency-from-empty-tree"


class MalformedHash(TransparencyError):
    """A hash is not 32 bytes long."""

    code = "malformed-hash"


class MissingNode(TransparencyError):
    """The store did not return the hash of a complete subtree."""

    code = "missing-node"


class WrongPathLength(TransparencyError):
    """A proof has more or fewer hashes than its sizes call for."""

    code = "wrong-path-length"


class RootMismatch(TransparencyError):
    """A proof leads to another root than the one claimed."""

    code = "root-mismatch"


class MalformedKey(TransparencyError):
    """A key, its name or its text form breaks the signed-note format."""

    code = "malformed-key"


class MalformedNote(TransparencyError):
    """A text is not a signed note."""

    code = "malformed-note"


class InvalidSignature(TransparencyError):
    """A trusted key's signature line does not verify."""

    code = "invalid-signature"


class NoTrustedSignature(TransparencyError):
    """No trusted key has signed the note."""

    code = "no-trusted-signature"


class MalformedCheckpoint(TransparencyError):
    """A note text is not a checkpoint."""

    code = "malformed-checkpoint"


class WrongOrigin(TransparencyError):
    """A checkpoint belongs to another log."""

    code = "wrong-origin"


class SaltTooShort(TransparencyError):
    """A salt is shorter than 16 bytes, so that a record could be guessed from its commitment."""

    code = "salt-too-short"


class RecordNotCanonical(TransparencyError):
    """A record has no canonical JSON form (RFC 8785)."""

    code = "record-not-canonical"


class CommitmentMismatch(TransparencyError):
    """A commitment was made to another record or with another salt."""

    code = "commitment-mismatch"
