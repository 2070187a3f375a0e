"""The pair of keys of an office: one signs its packs and never leaves its secrets, the other goes to everybody."""

from __future__ import annotations

SECRET_NAME = "loa-pack-signing"  # noqa: S105 - the name of a secret


def new_key() -> tuple[str, str]:
    """A new pair of Ed25519: the secret one and the public one, both in hex."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - 40 ms that only packs need

    key = Ed25519PrivateKey.generate()
    return key.private_bytes_raw().hex(), key.public_key().public_bytes_raw().hex()


def public_of(secret: str) -> str:
    """The public key (hex) that belongs to a secret one (hex)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - 40 ms that only packs need

    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).public_key().public_bytes_raw().hex()


def sign(secret: str, data: bytes) -> str:
    """The signature of ``data``, in hex."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - 40 ms that only packs need

    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).sign(data).hex()


def is_signed_by(public: str, signature: str, data: bytes) -> bool:
    """Whether ``signature`` (hex) is that of the owner of ``public`` (hex) under ``data``."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - 40 ms that only packs need
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - 40 ms that only packs need

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True
