"""Kept uploads: photos that were chosen outlive a form that comes back, as its words do.

A form that comes back shows each as a thumbnail with a tick, under the name `<field>_kept`; with it
the photo goes along when the form is sent again (docs/decisions/0503).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.db import Error, connection, transaction
from django.utils.datastructures import MultiValueDict
from django.utils.translation import ngettext

from items.actions import kept_upload
from items.actions.kept_upload import Keeper
from items.errors import Refused
from items.photos import picture
from items.photos.uploads import CleanUpload, LostUpload, choose_again
from welfare import tallies
from welfare.forms import KEPT, keeps_photos
from welfare.http.client_address import client_address, network_of

MOST_KEYS = 20  # of one form: more are nobody's
PER_NETWORK = 60  # photos an hour from strangers: not all the room that there is for them
MOMENT = 2  # seconds for a free decoder: a page is waited for
PATIENCE = 1000  # milliseconds for SQLite's one writer: somebody waits for their page


@dataclass
class CameBack:
    """What became of the photos of one field: kept, refused with a sentence, or lost."""

    kept: list[CleanUpload] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    lost: int = 0

    def said(self, known=()) -> list[str]:
        """Return what the person has to know, but for sentences that stand there already."""
        said = [sentence for sentence in self.sentences if sentence not in known]
        return [*said, *([choose_again(self.lost)] if self.lost else [])]


def keeper_of(request) -> Keeper:
    """Return whose uploads those of a page with a login are."""
    return Keeper(person=request.user) if request.user.is_authenticated else Keeper()


def files_of(request, form_class, keeper: Keeper | None) -> MultiValueDict:
    """Return the files of a request, with those that were kept before among them.

    What isn't there any more is a `LostUpload`, so that nobody signs without a photo unawares.
    """
    files = request.FILES.copy()
    for name in photo_fields(form_class, sent_names(request)):
        keys = keys_in(request.POST, name)
        if keys:
            files.setlist(name, [*_found(keys, keeper), *request.FILES.getlist(name)])
    return files


def sent_names(request) -> list[str]:
    """Return the names of fields for which files were sent, now or before."""
    kept = (name.removesuffix(KEPT) for name in request.POST if name.endswith(KEPT))
    return [*request.FILES, *kept]


def photo_fields(form_class, names=()) -> dict:
    """Return a form's fields of photos by their names; `names` are those of rows that were sent."""
    fields = form_class.base_fields if form_class else {}
    found = {name: fields.get(name) for name in [*fields, *names]}
    return {name: each for name, each in found.items() if keeps_photos(each)}


def keys_in(sent, name) -> list[int]:
    """Return the keys of kept uploads that were sent for a field."""
    keys = [key for key in sent.getlist(f"{name}{KEPT}") if key.isascii() and key.isdigit()]
    return list(dict.fromkeys(int(key[:20]) for key in keys[:MOST_KEYS]))


def _found(keys, keeper) -> list:
    there = {}
    if keeper:
        there = {upload.key: upload for upload in kept_upload.find(_possible(keys), keeper)}
    return [there.get(key) or LostUpload(key) for key in keys]


def lost_among(files) -> list[int]:
    """Return the keys of the uploads that weren't found."""
    return [file.key for file in files if isinstance(file, LostUpload)]


def waiting(files, keeper: Keeper | None) -> list[int]:
    """Return the keys of those an account kept that nobody is logged in with now.

    They aren't shown, but wait for the login in the page that came back.
    """
    keys = lost_among(files)
    if not keys or keeper is None or keeper.person or keeper.form:
        return []
    there = kept_upload.stand(_possible(keys))
    return [key for key in keys if key in there]


def _possible(keys) -> list[int]:
    return [key for key in keys if 0 < key < 2**63]


def may_keep(request, form_class, keeper: Keeper | None) -> bool:
    """Count new photos of who isn't logged in, from their network; tell whether that is usual.

    Where the database can't be written, nothing is kept either.
    """
    if keeper is None or keeper.person:
        return True
    names = photo_fields(form_class, sent_names(request))
    many = sum(len(request.FILES.getlist(name)) for name in names)
    try:
        with little_patience(), transaction.atomic():
            (tally,) = tallies.locked(("kept", network_of(client_address(request))))
            if tally.count + many > PER_NETWORK:
                return False
            tally.count += many
            tally.save()
            return True
    except Error:
        return False


def come_back(form, keeper: Keeper | None, known=()) -> None:
    """Keep what was chosen in a bound form, and say at its field what could not be kept.

    `known` are sentences that the form says already.
    """
    for name, each in form.fields.items():
        if keeps_photos(each):
            back = keep(form.files, form.add_prefix(name), keeper, many=each.many)
            for sentence in back.said([*known, *form.errors.get(name, ())]):
                form.add_error(name, sentence)


def keep(files: MultiValueDict, name: str, keeper: Keeper | None, *, many: bool) -> CameBack:
    """Make a field's new uploads clean and keep them; leave those that are kept in `files`."""
    chosen = files.getlist(name)[0 if many else -1 :]
    known = [file for file in chosen if isinstance(file, CleanUpload)]
    back = CameBack(_still_there(known))
    back.lost = len(known) - len(back.kept)
    fresh = [file for file in chosen if isinstance(file, UploadedFile)]
    clean, room = {}, _room(keeper) if fresh else 0
    for file in fresh:
        if len(clean) >= room:
            back.lost += 1
            continue
        try:
            clean[keeper.key_of(content(file))] = picture.read(file, patience=MOMENT)
        except picture.Busy:
            back.lost, room = back.lost + 1, 0  # nor is there a decoder for the others
        except Refused as refused:
            back.sentences.append(str(refused))
    kept = _kept(clean, keeper) if clean else []
    back.lost += len(clean) - len(kept)
    back.kept += [upload for upload in kept if upload.key not in {known.key for known in back.kept}]
    files.setlist(name, back.kept)
    return back


def choose_files_again(files) -> str:
    """Return the sentence that files of another kind than photos aren't kept."""
    sentence = ngettext(
        "Choose the file again (%(n)d): %(names)s",
        "Choose the files again (%(n)d): %(names)s",
        len(files),
    )
    return sentence % {"n": len(files), "names": ", ".join(file.name for file in files)}


def content(file) -> bytes:
    """Return a file's bytes, of which welfare/http/uploads.py has let in only so many."""
    file.seek(0)
    return file.read()


def _still_there(known: list[CleanUpload]) -> list[CleanUpload]:
    """Return those that no other act has filed since they were found."""
    try:
        there = kept_upload.stand([upload.key for upload in known]) if known else set()
    except Error:  # whoever sends them again is told
        return known
    return [upload for upload in known if upload.key in there]


def _room(keeper) -> int:
    """Return how many may be kept, before the hard work; none where the database is away."""
    if keeper is None:
        return 0
    try:
        return kept_upload.room(keeper)
    except Error:
        return 0


def _kept(clean, keeper) -> list[CleanUpload]:
    try:
        with little_patience():
            return kept_upload.keep(list(clean.items()), keeper)
    except Error:  # full, locked, read-only or away: the words come back all the same
        return []


@contextmanager
def little_patience() -> Iterator[None]:
    """Wait for SQLite's lock a moment only: the request may have waited for it already."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
