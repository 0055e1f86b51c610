"""What happens inside the process that cleans a picture, step by step in this one.

Its limits are tried from outside, in test_picture.py: they would stay with this process.
"""

import json
import sys
from io import BytesIO
from types import SimpleNamespace
from warnings import catch_warnings, simplefilter

import pytest
from PIL import Image

from items.photos import decoder, picture
from tests.photos import corpus


def here(sent, *areas):
    """Clean in this process; return what is said, and the files."""
    written = BytesIO()
    with pytest.MonkeyPatch.context() as patched, catch_warnings():
        simplefilter("ignore")  # as in the process of its own, where nobody reads them
        patched.setattr(decoder, "set_limits", lambda: None)
        patched.setattr(sys, "argv", ["decoder.py", *areas])
        patched.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(sent)))
        patched.setattr(sys, "stdout", SimpleNamespace(buffer=written))
        decoder.main()
    line, _newline, files = written.getvalue().partition(b"\n")
    return json.loads(line), files


@pytest.mark.parametrize("name", corpus.TAKEN)
@pytest.mark.slow
def test_it_writes_what_its_own_process_writes(name):
    sent = corpus.TAKEN[name]()

    assert here(sent) == picture._run_decoder(sent, ())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_arrived_in_part_is_broken(kind):
    whole = corpus.saved(corpus.noise(400, 300), kind)
    said = [here(whole[: len(whole) * tenth // 10])[0] for tenth in range(1, 10)]

    assert [each.get("refused") for each in said] == ["broken"] * 9


def test_it_blacks_out_as_its_own_process_does():
    sent, areas = corpus.saved(corpus.quarters()), "[[0.1, 0.1, 0.3, 0.2]]"

    said = here(sent, areas)

    assert said == picture._run_decoder(sent, (areas,))
    assert said != here(sent)


def test_note_that_can_not_be_read_is_no_reason_to_refuse(monkeypatch):
    monkeypatch.setattr(Image.Image, "getexif", lambda self: 1 / 0)

    assert here(corpus.saved(corpus.quarters()))[0]["size"] == [96, 64]


def test_profile_without_end_is_left_aside():
    sent = corpus.saved(corpus.quarters(), icc_profile=b"x" * (decoder.MAX_PROFILE + 1))

    assert here(sent)[0]["size"] == [96, 64]


@pytest.mark.parametrize(
    ("limit", "value", "sent"),
    [
        ("MAX_SIDE", 95, corpus.saved(corpus.quarters())),
        ("MAX_PIXELS", {"JPEG": 6143}, corpus.saved(corpus.quarters())),
        ("MAX_PROGRESSIVE", 6143, corpus.saved(corpus.quarters(), progressive=True)),
    ],
)
def test_one_point_too_many_is_refused(monkeypatch, limit, value, sent):
    assert here(sent)[0]["size"] == [96, 64]

    monkeypatch.setattr(decoder, limit, value)

    assert here(sent) == ({"refused": "pixels"}, b"")


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_picture_is_refused(kind):
    moves = {"save_all": True, "append_images": [corpus.quarters().rotate(180)]}

    assert here(corpus.saved(corpus.quarters(), kind, **moves)) == ({"refused": "moving"}, b"")


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (MemoryError(), {"refused": "pixels"}),
        (decoder.Rejected("moving"), {"refused": "moving"}),
        (SyntaxError("broken PNG"), {"refused": "broken", "why": "SyntaxError"}),
    ],
)
def test_whatever_a_decoder_raises_is_said_in_a_word(monkeypatch, raised, said):
    def fail(*args):
        raise raised

    monkeypatch.setattr(decoder, "open_limited", fail)

    assert here(b"picture") == (said, b"")


def test_small_picture_is_the_smallest_where_none_is_small_enough(monkeypatch):
    monkeypatch.setattr(decoder, "SMALL_BYTES", 10)

    file, size = decoder.thumbnail(corpus.noise(1200, 900))

    assert max(size) == decoder.SMALL[-1][0]
    assert len(file) > decoder.SMALL_BYTES
