"""What an edition consists of, kept in VAR_DIR for the next run: no visitor's file tells of it."""

import json
import os
from dataclasses import asdict, dataclass, field
from hashlib import blake2b, sha256
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from items.models.revision import current_revision

SOURCES = ("items", "welfare", "templates", "locale", "static")


@dataclass
class Scope:
    """The files that tell of one thing, such as a list, and where else they lead."""

    pages: list[str] = field(default_factory=list)
    out: list[str] = field(default_factory=list)


@dataclass
class State:
    """An edition as the last run left it; `made_by` is everything on which all of it depends."""

    made_by: str = ""
    revision: int = 0
    digests: dict[str, str] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    token: str = ""


def place_of(folder: Path) -> Path:
    """Return where the state of the edition in a folder is kept."""
    name = sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    return Path(settings.VAR_DIR) / "editions" / f"{name}.json"


def load(folder: Path) -> State:
    """Return the state of the edition in a folder; an empty one where none is kept."""
    try:
        kept = json.loads(place_of(folder).read_text())
        scopes = {name: Scope(**scope) for name, scope in kept.pop("scopes").items()}
        return State(**kept, scopes=scopes)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return State()


def save(folder: Path, state: State) -> None:
    place = place_of(folder)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = place.with_suffix(".new")
    with aside.open("w") as file:
        os.fchmod(file.fileno(), 0o600)
        json.dump(asdict(state), file, separators=(",", ":"))
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, place)


def made_by(*, sheets: bool) -> str:
    """Return a digest of what all pages follow from: day, program, settings, and what is wanted."""
    digest = blake2b(digest_size=12)
    for source in SOURCES:
        for path in sorted((settings.BASE_DIR / source).rglob("*.*")):
            if path.suffix != ".pyc":
                about = path.stat()
                digest.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    names = sorted(name for name in dir(settings) if name.isupper())
    values = "".join(f"{name}={getattr(settings, name)!r}\n" for name in names)
    digest.update(salted_hmac("welfare.edition", values).hexdigest().encode())
    return f"{localdate()} {digest.hexdigest()} {sheets}"


def revision() -> int:
    return current_revision()
