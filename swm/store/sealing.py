"""Encryption with a passphrase, for what must not lie about readable: vault and originals.

X25519 and AES-256-GCM of the library `cryptography`: whoever enters a complaint seals it for the
vault's public key and needs no passphrase; the private key lies wrapped by scrypt and opens what
was sealed. A new passphrase makes a new pair of keys; the old ones stay, wrapped anew, for what
was sealed for them.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from swm.errors import Refused
from swm.frozen import frozen

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

SHORTEST = 8
"""Characters that a passphrase has at least."""
_LOG_N, _R, _P = 15, 8, 1
_MAGIC = b"swm-sealed-1\n"
_INFO = b"swm sealed entry 1"


class WrongPassphrase(Refused):
    """It does not open the key."""


@frozen
class Keys:
    """The key file: public keys, the newest first, each with its private key wrapped."""

    pairs: tuple[Mapping[str, str], ...]
    salt: str

    @classmethod
    def read(cls, data: bytes) -> Keys:
        """From the bytes of the key file."""
        document = json.loads(data)
        return cls(tuple(document["密钥"]), document["盐"])

    def write(self) -> bytes:
        """As bytes of the key file."""
        return _json({"格式": 1, "盐": self.salt, "密钥": [dict(p) for p in self.pairs]})


def new_keys(passphrase: str, old: Keys | None = None, old_passphrase: str = "") -> Keys:
    """A new pair under a new passphrase; those of `old` are wrapped anew behind it."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    if len(passphrase) < SHORTEST:
        raise Refused(f"口令至少{SHORTEST}个字符", hint="几个不相干的词连起来，好记也够长")
    known = [_private(old, pair, old_passphrase) for pair in old.pairs] if old else []
    salt = os.urandom(16)
    wrap = _stretched(passphrase, salt)
    pairs = [_wrapped(private, wrap) for private in (X25519PrivateKey.generate(), *known)]
    return Keys(tuple(pairs), _text(salt))


def seal(keys: Keys, content: bytes, name: str) -> bytes:
    """`content`, readable only with the passphrase. `name` is bound to it."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    public = _bytes(keys.pairs[0]["公钥"])
    once = X25519PrivateKey.generate()
    sender = once.public_key().public_bytes_raw()
    secret = _derived(once.exchange(X25519PublicKey.from_public_bytes(public)), sender, public)
    nonce = os.urandom(12)
    sealed = AESGCM(secret).encrypt(nonce, content, name.encode())
    return _MAGIC + public + sender + nonce + sealed


def is_sealed(content: bytes) -> bool:
    """Whether these bytes were made by `seal`."""
    return content.startswith(_MAGIC)


def sealed_for(content: bytes) -> str:
    """The public key that they were sealed for."""
    return _text(content[len(_MAGIC) : len(_MAGIC) + 32])


def unseal(keys: Keys, passphrase: str, content: bytes, name: str) -> bytes:
    """What was sealed. Raises `WrongPassphrase`, or `Refused` for bytes that were altered."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    body = content[len(_MAGIC) :]
    public, sender, nonce, sealed = body[:32], body[32:64], body[64:76], body[76:]
    pair = next((p for p in keys.pairs if p["公钥"] == _text(public)), None)
    if pair is None:
        raise Refused("没有能打开它的密钥", hint="用当时的保密库备份恢复：swm vault restore 文件")
    private = _private(keys, pair, passphrase)
    secret = _derived(private.exchange(X25519PublicKey.from_public_bytes(sender)), sender, public)
    try:
        return AESGCM(secret).decrypt(nonce, sealed, name.encode())
    except InvalidTag:
        raise Refused("内容已损坏或被改动，打不开") from None


def check(keys: Keys, passphrase: str) -> None:
    """Raises `WrongPassphrase` unless it opens the newest key."""
    _private(keys, keys.pairs[0], passphrase)


def locked(content: bytes, passphrase: str) -> bytes:
    """A whole backup under a passphrase of its own."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(passphrase) < SHORTEST:
        raise Refused(f"口令至少{SHORTEST}个字符", hint="几个不相干的词连起来，好记也够长")
    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = AESGCM(_stretched(passphrase, salt)).encrypt(nonce, content, _INFO)
    return _json({"格式": "swm-vault-backup-1", "盐": _text(salt), "密文": _text(nonce + sealed)})


def unlocked(data: bytes, passphrase: str) -> bytes:
    """What `locked` holds. Raises `WrongPassphrase`, or `Refused` for what is no backup."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        document = json.loads(data)
        salt, body = _bytes(document["盐"]), _bytes(document["密文"])
    except (ValueError, KeyError, TypeError):
        raise Refused("这不是保密库的备份文件") from None
    try:
        return AESGCM(_stretched(passphrase, salt)).decrypt(body[:12], body[12:], _INFO)
    except InvalidTag:
        raise WrongPassphrase("口令不对，或备份文件已损坏") from None


def _private(keys: Keys, pair: Mapping[str, str], passphrase: str) -> X25519PrivateKey:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    body = _bytes(pair["私钥"])
    wrap = _stretched(passphrase, _bytes(keys.salt))
    try:
        raw = AESGCM(wrap).decrypt(body[:12], body[12:], _bytes(pair["公钥"]))
    except InvalidTag:
        raise WrongPassphrase("保密库的口令不对") from None
    return X25519PrivateKey.from_private_bytes(raw)


def _wrapped(private: X25519PrivateKey, wrap: bytes) -> dict[str, str]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    public = private.public_key().public_bytes_raw()
    nonce = os.urandom(12)
    sealed = AESGCM(wrap).encrypt(nonce, private.private_bytes_raw(), public)
    return {"公钥": _text(public), "私钥": _text(nonce + sealed)}


_STRETCHED: dict[tuple[str, bytes], bytes] = {}
"""What this process has worked out already: scrypt is slow on purpose."""


def _stretched(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    known = (passphrase, salt)
    if known not in _STRETCHED:
        kdf = Scrypt(salt=salt, length=32, n=1 << _LOG_N, r=_R, p=_P)
        _STRETCHED[known] = kdf.derive(passphrase.encode())
    return _STRETCHED[known]


def _derived(shared: bytes, sender: bytes, public: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=sender + public, info=_INFO)
    return kdf.derive(shared)


def _json(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
