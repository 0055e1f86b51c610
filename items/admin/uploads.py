"""Temporary uploads: a sheet between preview and confirmation, one per person, for an hour.

The file lies in a folder; a signed token, which the page carries, gives it back.
"""

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from items.errors import Refused

SALT = "items.admin.uploads"
KEPT_FOR = 60 * 60  # seconds


@dataclass
class Upload:
    """A sheet as it was sent: the file's bytes and name, and the worksheet that was chosen."""

    content: bytes
    name: str
    sheet: str


def folder() -> Path:
    """Return the folder of the temporary uploads."""
    return Path(settings.VAR_DIR) / "uploads"


def keep(upload: Upload, *, plan: str, person, item_list) -> str:
    """Keep the sheet and return the token that gives it back to this person for this list.

    `plan` is the fingerprint of what was shown. A person's next sheet replaces this one.
    """
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    forget_old()
    # Written under another name and moved: nobody reads half a sheet, and nobody else may read it.
    unfinished = _path(person).with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(upload.content)
    unfinished.replace(_path(person))
    payload = {"person": person.pk, "list": item_list.pk, "plan": plan}
    payload |= {"digest": _digest(upload.content), "name": upload.name, "sheet": upload.sheet}
    return signing.dumps(payload, salt=SALT)


def fetch(token: str, *, person, item_list) -> tuple[Upload, str]:
    """Return the sheet and the fingerprint of what was shown; refuse what isn't theirs."""
    gone = Refused(_("The sheet is no longer here. Choose the file again."))
    try:
        payload = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
        content = _path(person).read_bytes()
    except (signing.BadSignature, OSError) as error:
        raise gone from error
    is_theirs = payload["person"] == person.pk and payload["list"] == item_list.pk
    if not is_theirs or payload["digest"] != _digest(content):
        raise gone
    return Upload(content, payload["name"], payload["sheet"]), payload["plan"]


def forget(person) -> None:
    """Delete the person's sheet."""
    _path(person).unlink(missing_ok=True)


def forget_old() -> None:
    """Delete the sheets that nobody confirmed within the hour."""
    for path in folder().iterdir():
        try:
            if path.stat().st_mtime < time.time() - KEPT_FOR:
                path.unlink()
        except FileNotFoundError:
            continue  # its owner has just confirmed it


def _path(person) -> Path:
    return folder() / f"{int(person.pk)}.sheet"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
