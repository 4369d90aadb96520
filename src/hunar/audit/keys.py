"""The academy's key and the public keys that a reader of its documents trusts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from hunar.engines.transparency import SignerKey, VerifierKey
from hunar.kernel.signing import PublicKey, SigningKey, kept_key

TRUSTED_KEYS = "trusted-keys.json"


def keys_folder() -> Path:
    return Path(settings.DATA_DIR) / "keys"


@cache
def academy_key() -> SigningKey:
    """The key that signs now. It is made at first use; its address is a ``did:web``."""
    path = keys_folder() / "signing.pem"
    remembered = keys_folder() / "signing.id"
    if remembered.exists():
        return kept_key(path, remembered.read_text().strip())
    did = "did:web:" + urlsplit(settings.BASE_URL).netloc.replace(":", "%3A")
    key = kept_key(path, f"{did}#key-1")
    remembered.write_text(key.id)
    return key


def log_origin() -> str:
    """The name of the academy's log, as in each checkpoint's first line."""
    host = academy_key().public.controller.removeprefix("did:web:").replace("%3A", ":")
    return f"{host}/log"


def checkpoint_signer() -> SignerKey:
    return SignerKey(log_origin(), academy_key().private.private_bytes_raw())


def trusted_keys_document() -> dict[str, object]:
    """What a reader needs to verify offline: to be handed over once, on a trusted way."""
    public = academy_key().public
    return {
        "kind": "hunar/trusted-keys/1",
        "keys": [public.as_json()],
        "log": {"origin": log_origin(), "key": str(checkpoint_signer().verifier)},
    }


def read_trusted_keys(path: Path | None) -> tuple[dict[str, PublicKey], list[VerifierKey]]:
    """The keys in a handed-over file, or this installation's own when ``path`` is None."""
    document: Any = json.loads(path.read_text()) if path else trusted_keys_document()
    keys = [PublicKey.from_json(entry) for entry in document["keys"]]
    return {key.id: key for key in keys}, [VerifierKey.parse(document["log"]["key"])]
