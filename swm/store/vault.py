"""The vault: who reported and in what words, on this computer and never in the ledger.

It lies in the user's data folder under the ledger's id. One file an entry, named by the random
token that the complaint's 收件 holds; an entry that no complaint names is an orphan, and harms
nobody. The entry is written, and on disk, before the commit: there is never a complaint without
its reporter. When the commit is refused the entry goes again; when the machine dies in between
it stays as an orphan, which `vault list` and `check` tell.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from swm.errors import NotFound, Refused
from swm.frozen import frozen
from swm.store import private, sealing
from swm.store.sealing import Keys

TOKEN = re.compile(r"[0-9a-f]{16}")
_HALF, _OLD = re.compile(r"[0-9a-f]{24}"), 600
"""The name of a file being written, and the seconds after which nobody writes it any more."""
_KEYS, _LOG = "keys.json", "access.log"
Passphrase = Callable[[str], str]
"""Asks for the passphrase; told what for. Raises `Refused` where nobody can be asked."""


@frozen
class Reporter:
    """Who reported, how to reach them, and what they said in their own words."""

    name: str = ""
    phone: str = ""
    contact: str = ""
    words: str = ""

    @property
    def reachable(self) -> bool:
        """Whether an answer can reach them."""
        return bool(self.phone or self.contact)

    @property
    def empty(self) -> bool:
        """Whether nothing at all was said."""
        return not any(vars(self).values())

    def document(self) -> dict[str, str]:
        """By the words that a clerk types."""
        return {
            "姓名": self.name,
            "电话": self.phone,
            "其他联系方式": self.contact,
            "原话": self.words,
        }

    @classmethod
    def of(cls, document: Mapping[str, str]) -> Reporter:
        """From `document`."""
        return cls(
            document.get("姓名", ""),
            document.get("电话", ""),
            document.get("其他联系方式", ""),
            document.get("原话", ""),
        )


@frozen
class Access:
    """Somebody looked, or erased."""

    at: str
    who: str
    what: str
    id: str
    token: str


def data_folder(environ: Mapping[str, str]) -> Path:
    """Where a person's programs keep their data."""
    if os.name == "nt" and environ.get("LOCALAPPDATA"):
        return Path(environ["LOCALAPPDATA"])
    named = environ.get("XDG_DATA_HOME", "")
    return Path(named) if os.path.isabs(named) else Path.home() / ".local" / "share"


class Vault:
    """The entries of one ledger on this computer."""

    def __init__(self, ledger_id: str, environ: Mapping[str, str] | None = None) -> None:
        if not re.fullmatch(r"[0-9A-Za-z_-]{1,64}", ledger_id):
            raise Refused(f"台账编号“{ledger_id}”不能作文件夹名", hint="请核对 swm.yaml 的台账编号")
        self.ledger_id = ledger_id
        told = os.environ if environ is None else environ
        self.folder = data_folder(told) / "swm" / "vault" / ledger_id

    @property
    def exists(self) -> bool:
        """Whether anything was ever put into it."""
        return self.folder.is_dir()

    @property
    def keys(self) -> Keys | None:
        """The keys, when a passphrase is set."""
        place = self.folder / _KEYS
        if not place.is_file():
            return None
        try:
            return Keys.read(place.read_bytes())
        except (ValueError, KeyError, TypeError):
            hint = "用备份恢复：swm vault restore 文件"
            raise Refused(f"保密库的密钥文件已损坏：{place}", hint=hint) from None

    def tokens(self) -> list[str]:
        """The tokens of all entries."""
        if not self.exists:
            return []
        names = (p.name for p in self.folder.iterdir() if p.suffix == ".entry")
        return sorted(n[:16] for n in names if TOKEN.fullmatch(n[:16]))

    def place(self, token: str) -> Path:
        """Where the entry of that token lies."""
        if not TOKEN.fullmatch(token):
            raise Refused(f"“{token}”不是保密登记的代号")
        return self.folder / f"{token}.entry"

    def keep(self, token: str, reporter: Reporter) -> None:
        """Write an entry, sealed when a passphrase is set. It is on disk when this returns."""
        self._sweep()
        content = json.dumps(reporter.document(), ensure_ascii=False).encode()
        keys = self.keys
        private.put(self.place(token), sealing.seal(keys, content, token) if keys else content)

    def _sweep(self) -> None:
        """Remove what a crash left half written: it may hold a name, and nothing finds it."""
        for place in self.folder.iterdir() if self.exists else ():
            if _HALF.fullmatch(place.name) and time.time() - place.stat().st_mtime > _OLD:
                private.drop(place)

    def drop(self, token: str) -> None:
        """Take an entry away."""
        private.drop(self.place(token))

    def is_sealed(self, token: str) -> bool:
        """Whether the entry cannot be read without the passphrase."""
        return sealing.is_sealed(self._content(token))

    def look(self, token: str, passphrase: Passphrase) -> Reporter:
        """What an entry holds. Raises `NotFound`, `WrongPassphrase`."""
        return Reporter.of(json.loads(self._opened(token, passphrase)))

    def _content(self, token: str) -> bytes:
        place = self.place(token)
        if not place.is_file():
            raise NotFound(
                "这台电脑的保密库里没有这一件的登记",
                "登记在另一台电脑上的到那里看；或从备份恢复：swm vault restore 文件",
            )
        return place.read_bytes()

    def _opened(self, token: str, passphrase: Passphrase) -> bytes:
        content = self._content(token)
        if not sealing.is_sealed(content):
            return content
        keys = self.keys
        if keys is None:
            raise Refused("保密库缺少密钥文件", hint="用备份恢复：swm vault restore 文件")
        return sealing.unseal(keys, passphrase("保密库口令"), content, token)

    # --- who looked -----------------------------------------------------------------------------

    def note(self, at: datetime, who: str, what: str, id: str, token: str = "") -> None:
        """One line of the vault's own log, on disk before anything is shown."""
        line = {
            "时间": f"{at:%Y-%m-%d %H:%M:%S}",
            "人": who,
            "动作": what,
            "编号": id,
            "登记": token,
        }
        private.append(self.folder / _LOG, json.dumps(line, ensure_ascii=False))

    def log(self) -> list[Access]:
        """Who looked and when, the oldest first; a line torn by a crash is left out."""
        place = self.folder / _LOG
        found = []
        for line in place.read_text("utf-8", "replace").splitlines() if place.is_file() else ():
            try:
                d = json.loads(line)
                found.append(Access(d["时间"], d["人"], d["动作"], d["编号"], d["登记"]))
            except (ValueError, KeyError, TypeError):
                continue
        return found

    @property
    def erased(self) -> frozenset[str]:
        """The tokens of entries that were erased on purpose."""
        return frozenset(a.token for a in self.log() if a.what == "删除")

    # --- the passphrase, backups ------------------------------------------------------------------

    def set_passphrase(self, new: str, old: str = "") -> int:
        """Set or change it: new keys, then every entry sealed for them. Returns how many.

        The key file holds the old keys too, so that whatever a crash leaves half done can be
        read, and done again.
        """
        keys = self.keys
        fresh = sealing.new_keys(new, keys, old)
        private.put(self.folder / _KEYS, fresh.write())
        return self.seal_all(new)

    def seal_all(self, passphrase: str) -> int:
        """Seal every entry that is not sealed for the newest key. Returns how many."""
        keys, count = self.keys, 0
        if keys is None:
            return 0
        for token in self.tokens():
            content = self._content(token)
            if sealing.is_sealed(content) and sealing.sealed_for(content) == keys.pairs[0]["公钥"]:
                continue
            plain = self._opened(token, lambda _: passphrase)
            private.put(self.place(token), sealing.seal(keys, plain, token))
            count += 1
        return count

    def backup(self, passphrase: str) -> bytes:
        """Everything, encrypted whole: entries, keys, log. With keys it must be their passphrase."""
        keys = self.keys
        if keys is not None:
            sealing.check(keys, passphrase)
        entries = {t: self._opened(t, lambda _: passphrase).decode() for t in self.tokens()}
        place = self.folder / _LOG
        document = {
            "台账编号": self.ledger_id,
            "登记": entries,
            "密钥": keys.write().decode() if keys else "",
            "查看记录": place.read_text("utf-8") if place.is_file() else "",
        }
        return sealing.locked(json.dumps(document, ensure_ascii=False).encode(), passphrase)

    def restore(self, data: bytes, passphrase: str) -> tuple[int, int]:
        """Bring back what is not here: (brought back, here already). What is here stays."""
        document = json.loads(sealing.unlocked(data, passphrase))
        if document["台账编号"] != self.ledger_id:
            raise Refused("这是另一本台账的保密库备份，没有动", hint="核对 swm.yaml 的台账编号")
        if document["密钥"] and self.keys is None:
            private.put(self.folder / _KEYS, document["密钥"].encode())
        known = {*self.tokens(), *self.erased}
        new = {t: text for t, text in document["登记"].items() if t not in known}
        for token, text in new.items():
            self.keep(token, Reporter.of(json.loads(text)))
        return len(new), len(document["登记"]) - len(new)
