"""API keys: shown once, kept as a hash, listed, and refused from the moment on that they are revoked.

A key is 256 bits of chance, so a plain SHA-256 of it is enough: there is nothing to guess, as there is with passwords.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from threading import Lock
from time import time

#: What a key begins with, so that a scanner finds one that somebody committed.
MARK = "aisk"
TIERS = ("free", "paid")
TABLE = """
CREATE TABLE IF NOT EXISTS keys (
    name TEXT PRIMARY KEY, owner TEXT NOT NULL, tier TEXT NOT NULL, hash TEXT NOT NULL,
    created REAL NOT NULL, last_used REAL, revoked REAL
)"""
#: Compared with where no key is called so, so that both take the same time.
NOBODY = hashlib.sha256(b"nobody").hexdigest()


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key; never the key.

    Attributes:
        name: the part of it that is no secret.
        owner: whose it is.
        tier: what they pay for.
        created: when, in seconds since 1970.
        last_used: likewise; None where it never was.
        revoked: likewise; None where it is valid.
    """

    name: str
    owner: str
    tier: str
    created: float
    last_used: float | None
    revoked: float | None


class Keys:
    """The keys, in a file of SQLite; safe to share between threads and processes.

    Args:
        file: in memory, and gone with the process, if it is empty.
        clock: seconds since 1970.
    """

    def __init__(self, file: str = "", clock: Callable[[], float] = time) -> None:
        self._clock, self._lock = clock, Lock()
        self._base = sqlite3.connect(file or ":memory:", check_same_thread=False, isolation_level=None)
        self._base.execute(TABLE)

    def create(self, owner: str, tier: str = "free") -> tuple[Key, str]:
        """A new key: what is known of it, and the key itself, which nobody can ask for again.

        Raises:
            ValueError: no tier is called so, or it has no owner.
        """
        if tier not in TIERS or not owner.strip():
            raise ValueError(f"a key has an owner, and a tier of {', '.join(TIERS)}")
        name, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
        key = Key(name, owner.strip(), tier, self._clock(), None, None)
        with self._lock:
            values = (key.name, key.owner, key.tier, _hash(secret), key.created)
            self._base.execute("INSERT INTO keys (name, owner, tier, hash, created) VALUES (?, ?, ?, ?, ?)", values)
        return key, f"{MARK}_{name}_{secret}"

    def check(self, said: str) -> Key | None:
        """Whose key it is; None where it is nobody's, or revoked. Using it is remembered."""
        mark, name, secret = (*said.split("_", 2), "", "")[:3]
        with self._lock:
            found = self._base.execute("SELECT hash FROM keys WHERE name = ?", (name,)).fetchone()
            right = hmac.compare_digest(found[0] if found else NOBODY, _hash(secret))
            if not right or mark != MARK:
                return None
            # asked and remembered in one statement: what is revoked meanwhile is refused
            used = "UPDATE keys SET last_used = ? WHERE name = ? AND revoked IS NULL"
            if not self._base.execute(used, (self._clock(), name)).rowcount:
                return None
        return next(key for key in self.listed() if key.name == name)

    def listed(self) -> tuple[Key, ...]:
        """All of them, also the revoked, oldest first."""
        asked = "SELECT name, owner, tier, created, last_used, revoked FROM keys ORDER BY created, name"
        with self._lock, closing(self._base.execute(asked)) as rows:
            return tuple(Key(*row) for row in rows)

    def revoke(self, name: str) -> bool:
        """Whether there was such a one that was valid; it is refused from now on."""
        with self._lock:
            revoked = "UPDATE keys SET revoked = ? WHERE name = ? AND revoked IS NULL"
            return self._base.execute(revoked, (self._clock(), name)).rowcount > 0

    def close(self) -> None:
        """The file is closed."""
        self._base.close()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
