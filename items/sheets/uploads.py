"""Temporary uploads: a sheet from its choice to its confirmation, one per person, for an hour.

One file each in a folder that nobody else may read: a line of JSON about it, then its bytes.
"""

import hashlib
import json
import os
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings

from items.models import ItemList, Person
from items.sheets.corrections import Corrections

KEPT_FOR = 60 * 60  # seconds
SILENT_FOR = 120  # seconds without a word, after which a saving counts as stopped


@dataclass
class Upload:
    """A sheet as it was sent, for which list, and what was corrected since."""

    content: bytes
    name: str
    list: int  # the list's key
    sheet: str = ""  # the worksheet that was chosen
    corrections: Corrections = field(default_factory=Corrections)
    is_returned: bool = False  # what differs in an exported ledger (items.sheets.returned), as JSON

    @property
    def digest(self) -> str:
        """Return a digest of the sheet and its corrections."""
        said = json.dumps([self.name, self.sheet, asdict(self.corrections)], sort_keys=True)
        return hashlib.sha256(said.encode() + self.content).hexdigest()


@dataclass
class Saving:
    """How far the saving of a long sheet is, or how it ended."""

    state: str = ""  # "running", "writing", "saved", "refused" or "stopped"; "": there is none
    done: int = 0
    of: int = 0
    sentences: list[str] = field(default_factory=list)

    @property
    def goes_on(self) -> bool:
        return self.state in ("running", "writing")


def folder() -> Path:
    """Return the folder of the temporary uploads."""
    return Path(settings.VAR_DIR) / "uploads"


def keep(upload: Upload, person: Person) -> None:
    """Keep the sheet; a person's next one takes its place."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    forget_old()
    about = {name: getattr(upload, name) for name in ("name", "list", "sheet", "is_returned")}
    about |= {"corrections": asdict(upload.corrections)}
    # Written under another name and moved: nobody reads half a sheet, and nobody else may read it.
    unfinished = _path(person).with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(json.dumps(about).encode() + b"\n" + upload.content)
    unfinished.replace(_path(person))


def kept(person: Person, item_list: ItemList) -> Upload | None:
    """Return the sheet that the person chose for this list within the hour, if any."""
    path = _path(person)
    try:
        if path.stat().st_mtime < time.time() - KEPT_FOR:
            return None
        about, content = path.read_bytes().split(b"\n", 1)
    except FileNotFoundError:
        return None
    said = json.loads(about)
    if said["list"] != item_list.pk:
        return None
    corrections = said.pop("corrections")
    leaders = corrections["leaders"]
    corrections["leaders"] = None if leaders is None else tuple(leaders)
    return Upload(content, corrections=Corrections(**corrections), **said)


def tell(person: Person, saving: Saving) -> None:
    """Write down how far the saving of the person's sheet is."""
    unfinished = _progress(person).with_suffix(".telling")
    unfinished.write_text(json.dumps(asdict(saving)))
    unfinished.replace(_progress(person))


def told(person: Person) -> Saving:
    """Return how far the saving of the person's sheet is, as it was last told."""
    path = _progress(person)
    try:
        age, saving = time.time() - path.stat().st_mtime, Saving(**json.loads(path.read_text()))
    except FileNotFoundError:
        return Saving()
    return Saving("stopped") if saving.goes_on and age > SILENT_FOR else saving


def forget_saving(person: Person) -> None:
    """Delete what was told of the saving, once its end was seen."""
    _progress(person).unlink(missing_ok=True)


def forget(person: Person) -> None:
    """Delete the person's sheet."""
    _path(person).unlink(missing_ok=True)


def forget_old(now: float | None = None) -> int:
    """Delete the sheets that nobody confirmed within the hour; return how many there were."""
    count, now = 0, now or time.time()
    for path in folder().iterdir() if folder().is_dir() else ():
        try:
            if path.stat().st_mtime < now - KEPT_FOR:
                path.unlink()
                count += 1
        except FileNotFoundError:
            continue  # its owner has just confirmed it
    return count


def _progress(person: Person) -> Path:
    return folder() / f"{int(person.pk)}.progress"


def _path(person: Person) -> Path:
    return folder() / f"{int(person.pk)}.sheet"
