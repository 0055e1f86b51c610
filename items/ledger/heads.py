"""Signed heads: each day the last entry of every ledger, signed with a key outside the database.

Whoever holds the whole database can cut a ledger, or write it anew with hashes that fit. What was
signed before shows it. A day's statement is a file beside the key, in LEDGER_DIR, and next to it
its Ed25519 signature; it names the heads that moved since the statement before, and holds that
one's SHA-256. So anyone can check one without this program:

    openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin \
        -in 2026-11-26.json -sigfile 2026-11-26.sig
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from items.models import Chain, Entry, ItemList


class ClockWentBack(Exception):
    """The clock was wrong when it signed, or is now: set it right, and look into LEDGER_DIR."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a list's ledger on the day that signed it."""

    day: str
    list: int
    slug: str
    seq: int
    hash: str


def sign(now: datetime | None = None) -> int:
    """Sign the heads that moved since the statement before; return how many these are.

    There is one statement a day: later on the same day, and where no head moved, none is written.
    Raise `ClockWentBack` where the last statement is of a later day: none could follow it.
    """
    now = now or timezone.now()
    day = timezone.localdate(now).isoformat()
    earlier = _statements()
    if earlier and earlier[-1].stem > day:
        raise ClockWentBack(f"The ledgers were signed on {earlier[-1].stem}, and today is {day}.")
    if earlier and earlier[-1].stem == day:
        return 0
    signed = {head.list: (head.seq, head.hash) for path in earlier for head in _heads(path)}
    chains = Chain.objects.exclude(seq=0).order_by("list")
    moved = [
        {"list": pk, "slug": slug, "seq": seq, "hash": hash}
        for pk, slug, seq, hash in chains.values_list("list", "list__slug", "seq", "hash")
        if signed.get(pk) != (seq, hash)
    ]
    if moved:
        says = {"day": day, "signed_at": now.isoformat(), "before": _digest(earlier)}
        text = json.dumps(says | {"heads": moved}, ensure_ascii=False, indent=1).encode()
        _write(_folder() / f"{day}.sig", _private_key().sign(text))
        _write(_folder() / f"{day}.json", text)  # last: without it the statement isn't there
    return len(moved)


def faults() -> list[str]:
    """Return where statements, signatures and ledgers don't agree, in sentences; [] when they do.

    Where nothing was signed yet there is nothing to compare.
    """
    statements, earlier = _statements(), list[Path]()
    found, heads = list[str](), list[Head]()
    if statements and not _public_key_file().exists():
        return [_("Nobody can tell who signed the statements: %s is missing.") % _public_key_file()]
    for path in statements:
        if not _is_signed(path):
            found.append(_("The statement of %s isn’t what was signed.") % path.stem)
        elif json.loads(path.read_bytes())["before"] != _digest(earlier):
            found.append(_("The statement before that of %s is missing.") % path.stem)
        else:
            heads += _heads(path)
        earlier.append(path)
    return [*found, *_moved_back(heads)]


def last_signed() -> str:
    """Return the day of the last statement; "" when there is none."""
    return statements[-1].stem if (statements := _statements()) else ""


def _moved_back(heads: list[Head]) -> Iterator[str]:
    """Yield the lists and entries that were signed and aren't there any more as they were."""
    by_list: dict[int, list[Head]] = {}
    for head in heads:
        by_list.setdefault(head.list, []).append(head)
    there = set(ItemList.objects.values_list("pk", flat=True))
    for pk, signed in by_list.items():
        if pk not in there:
            sentence = _("The list %(slug)s, whose ledger was signed on %(day)s, is gone.")
            yield sentence % {"slug": signed[-1].slug, "day": signed[-1].day}
            continue
        rows = Entry.objects.filter(list=pk, seq__in=[head.seq for head in signed])
        hashes = dict(rows.order_by().values_list("seq", "hash"))
        for head in signed:
            if hashes.get(head.seq) != head.hash:
                yield _(
                    "%(slug)s: entry %(seq)s isn’t the one that was signed on %(day)s. The ledger"
                    " was cut or written anew."
                ) % {"slug": head.slug, "seq": head.seq, "day": head.day}
                break


def _folder() -> Path:
    return Path(settings.LEDGER_DIR)


def _statements() -> list[Path]:
    """Return the files of all statements, by day."""
    return sorted(_folder().glob("????-??-??.json"))


def _heads(path: Path) -> list[Head]:
    says = json.loads(path.read_bytes())
    return [Head(day=says["day"], **head) for head in says["heads"]]


def _digest(earlier: list[Path]) -> str:
    """Return the SHA-256 of the last of these statements; "" when there is none."""
    return hashlib.sha256(earlier[-1].read_bytes()).hexdigest() if earlier else ""


def _is_signed(path: Path) -> bool:
    try:
        _public_key().verify(path.with_suffix(".sig").read_bytes(), path.read_bytes())
    except (InvalidSignature, FileNotFoundError):
        return False
    return True


def _private_key() -> Ed25519PrivateKey:
    """Return the key that signs; made, readable for this account alone, when there is none."""
    place = _folder() / "private-key.pem"
    if not place.exists():
        key = Ed25519PrivateKey.generate()
        _write(place, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    private = load_pem_private_key(place.read_bytes(), password=None)
    assert isinstance(private, Ed25519PrivateKey)
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    if not _public_key_file().exists():
        _write(_public_key_file(), public)
    return private


def _public_key_file() -> Path:
    return _folder() / "public-key.pem"


def _public_key() -> Ed25519PublicKey:
    key = load_pem_public_key(_public_key_file().read_bytes())
    assert isinstance(key, Ed25519PublicKey)
    return key


def _write(place: Path, content: bytes) -> None:
    """Write a file whole or not at all: under another name, on the disk, then renamed."""
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_suffix(".part")
    unfinished.unlink(missing_ok=True)  # of a writer that was killed
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(place)
