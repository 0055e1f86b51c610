"""The one pipeline: what people send becomes two clean files, or one sentence with the remedy."""

import resource
import subprocess
import sys
import time
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from PIL import Image

from items.errors import Refused
from items.photos import decoder, jpeg, picture
from items.photos.slots import slot
from tests.photos import corpus
from tests.photos.corpus import REFUSED, SECRET, TAKEN

MB = 1_000_000


def opened(file):
    return Image.open(BytesIO(file))


def is_near(pixel, colour):
    wanted = {"red": (255, 0, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}[colour]
    return max(abs(a - b) for a, b in zip(pixel, wanted, strict=True)) < 60


def corners(file):
    shown = opened(file)
    at = [(shown.width // 8, shown.height // 8), (shown.width * 7 // 8, shown.height * 7 // 8)]
    return [shown.getpixel(point) for point in at]


def sentence(sent):
    with override("en"), pytest.raises(Refused) as refused:
        picture.read(sent)
    (said,) = refused.value.sentences
    return said


@pytest.mark.parametrize("name", TAKEN)
@pytest.mark.slow
def test_what_is_taken_becomes_clean(name):
    clean = picture.read(TAKEN[name]())

    for file, size in [(clean.large, clean.size), (clean.small, clean.small_size)]:
        assert jpeg.faults(file, decoder.MOST_PIXELS) == []
        assert SECRET not in file
        shown = opened(file)
        shown.load()
        assert (shown.format, shown.mode, shown.size) == ("JPEG", "RGB", size)
        assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"} | {
            "progressive",
            "progression",
        }
    assert len(clean.small) <= decoder.SMALL_BYTES


def test_corpus_holds_what_must_not_be_kept():
    # The negative control: the secret stands in what is sent, and a file with it is seen to.
    secret = {name for name, make in TAKEN.items() if SECRET in make()}

    assert {"JPEG full of notes", "JPEG with GPS", "PNG with words", "WebP"} <= secret
    assert b"ZQSECRETMAKER" in corpus.HEIC.read_bytes()
    assert set(jpeg.faults(corpus.full_of_notes())) >= {"EXIF or XMP", "IPTC", "a comment"}


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        (corpus.saved(corpus.quarters(), "PNG"), "no JPEG"),
        (corpus.saved(corpus.quarters()) + b"more", "4 bytes after its end"),
        (corpus.saved(corpus.quarters())[:-2], "no end"),
        (corpus.saved(corpus.quarters(), icc_profile=b"x"), "a colour profile or further pictures"),
        (corpus.saved(corpus.quarters(2049, 1)), "more than 2048 pixels"),
        (b"\xff\xd8\xff\xd9", "no picture"),
        (b"\xff\xd8\xff\xe0\0", "broken"),
        (b"\xff\xd8\xff\xe0\0\x01", "broken"),
        (b"\xff\xd8\xffoops", "broken"),
        (b"\xff\xd8\xff\xe4\0\x02\xff", "broken"),
    ],
)
def test_what_is_not_clean_is_noticed(sent, fault):
    assert fault in " ".join([*jpeg.faults(sent, 2048), *(["broken"] * (fault == "broken"))])
    assert jpeg.faults(sent, 2048)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_refused_with_the_remedy(name):
    make, word = REFUSED[name]
    sent = make()
    began = time.monotonic()

    said = sentence(sent)

    assert word in said
    assert any(remedy in said for remedy in ("Choose", "Send", "Set the camera"))
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("tenth", [1, 9])  # all of them: test_decoder.py
def test_what_arrived_in_part_is_refused(kind, tenth):
    whole = corpus.saved(corpus.noise(400, 300), kind)

    assert "did not arrive whole" in sentence(whole[: len(whole) * tenth // 10])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_is_turned_upright(orientation):
    clean = picture.read(corpus.turned(orientation))

    red, blue = corners(clean.large)
    assert clean.size == (96, 64)
    assert is_near(red, "red")
    assert is_near(blue, "blue")


def test_iphone_picture_is_read_and_turned():
    clean = picture.read(corpus.HEIC.read_bytes())

    assert clean.size == (48, 64)
    shown = opened(clean.large)
    assert is_near(shown.getpixel((40, 8)), "red")  # a quarter turn to the right
    assert is_near(shown.getpixel((8, 56)), "blue")


@pytest.mark.parametrize(
    "name", ["JPEG for print", "PNG, clear", "PNG in a palette", "WebP", "JPEG, two in one"]
)
def test_colours_stay(name):
    red, blue = corners(picture.read(TAKEN[name]()).large)

    assert is_near(red, "red")
    assert is_near(blue, "blue")


def test_sixteen_bits_stay_grey_rather_than_white():
    shown = opened(picture.read(TAKEN["PNG, 16 bit in grey"]()).large)

    assert abs(shown.getpixel((10, 10))[0] - 76) < 20  # the grey of red
    assert shown.getpixel((80, 10))[0] > 240


def test_what_is_clear_becomes_white():
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))

    assert is_near(opened(picture.read(corpus.saved(clear, "PNG")).large).getpixel((9, 9)), "white")


def test_profile_is_applied_not_only_dropped():
    grey = Image.new("RGB", (20, 20), (128, 128, 128))
    lab = corpus.saved(grey, icc_profile=corpus.profile("sRGB"))

    assert opened(picture.read(lab).large).getpixel((9, 9)) == (128, 128, 128)


def test_large_picture_becomes_2048_wide_and_its_small_one_25_kb():
    clean = picture.read(corpus.saved(corpus.noise(4000, 3000), quality=90))

    assert clean.size == (2048, 1536)
    assert len(clean.small) <= 25_000
    assert max(clean.small_size) >= 320  # the noisiest there is


def test_small_picture_is_not_blown_up():
    clean = picture.read(TAKEN["JPEG"]())

    assert clean.size == clean.small_size == (96, 64)


def test_upload_of_django_is_read_from_its_start():
    upload = SimpleUploadedFile("../../con.jpg\u202e", TAKEN["JPEG"](), "text/html")
    upload.read()

    assert picture.read(upload).size == (96, 64)


def test_black_areas_hide_what_was_there():
    large = picture.read(corpus.saved(corpus.quarters(800, 600))).large

    black = picture.black_out(large, [(0, 0, 0.5, 0.5)])

    assert black.size == (800, 600)
    shown = opened(black.large).crop((0, 0, 400, 300))
    assert max(high for _low, high in shown.getextrema()) < 12
    assert is_near(corners(black.large)[1], "blue")
    assert max(opened(black.small).getpixel((100, 100))) < 12


# Limits, measured in a child of our own. What is in a picture makes no difference to the memory
# that it takes: one of plain areas is made and read faster.


def peak(sent):
    """Return the bytes of memory that cleaning these bytes takes at most, beside the answer."""
    child = [sys.executable, "-c", MEASURE, str(picture.DECODER)]
    done = subprocess.run(child, input=sent, capture_output=True, check=True, timeout=30)
    *_answer, line = done.stdout.splitlines()
    return int(line), done.stdout


MEASURE = """
import runpy, sys
runpy.run_path(sys.argv.pop(1), run_name="__main__")
status = open("/proc/self/status").read()
print(); print(int(status.split("VmHWM:")[1].split()[0]) * 1024)
"""


def plain(width, height, kind="JPEG", mode="RGB", **how):
    return corpus.saved(corpus.quarters(width, height, mode), kind, **how)


def large_png():
    """Return the largest PNG that is taken, and with as many bytes: they lie in memory too."""
    return plain(6000, 4000, "PNG", "RGBA", compress_level=1).ljust(picture.MAX_FILE, b"\0")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("12 Mpx", lambda: plain(4000, 3000)),
        ("108 Mpx", lambda: plain(12_000, 9000, quality=30)),
        ("24 Mpx progressive", lambda: plain(6000, 4000, progressive=True)),
        ("24 Mpx PNG", large_png),
        ("PNG bomb", REFUSED["PNG bomb"][0]),
        ("PNG bomb of words", REFUSED["PNG bomb of words"][0]),
    ],
)
@pytest.mark.slow
def test_memory_stays_bounded(name, make):
    used, answer = peak(make())

    assert used < 300 * MB
    assert b'"size"' in answer or "bomb" in name


@pytest.mark.usefixtures("each_picture_is_cleaned_anew")
def test_site_itself_decodes_nothing():
    sent = plain(4000, 3000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    picture.read(sent)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 15_000  # kB


@pytest.mark.slow
def test_decoder_over_its_memory_is_a_refusal(monkeypatch, tmp_path):
    source = picture.DECODER.read_text().replace("450_000_000", "60_000_000")
    (tmp_path / "decoder.py").write_text(source)
    monkeypatch.setattr(picture, "DECODER", tmp_path / "decoder.py")

    assert "photo" in sentence(large_png())


def test_decoder_that_crashes_is_a_refusal(monkeypatch, tmp_path):
    (tmp_path / "decoder.py").write_text("import os; os.abort()")
    monkeypatch.setattr(picture, "DECODER", tmp_path / "decoder.py")

    assert "damaged" in sentence(TAKEN["JPEG"]())


def test_decoder_that_hangs_is_a_refusal(monkeypatch, tmp_path):
    (tmp_path / "decoder.py").write_text("import time; time.sleep(60)")
    monkeypatch.setattr(picture, "DECODER", tmp_path / "decoder.py")
    monkeypatch.setattr(picture, "TIMEOUT", 0.2)  # seconds

    assert "too many pixels" in sentence(TAKEN["JPEG"]())


def test_cleaner_that_leaves_something_is_found_out(monkeypatch, tmp_path):
    source = picture.DECODER.read_text().replace(
        "return header, large + small", "return header, large[:-2] + small"
    )
    (tmp_path / "decoder.py").write_text(source)
    monkeypatch.setattr(picture, "DECODER", tmp_path / "decoder.py")

    with pytest.raises(ValueError, match="isn't clean"):
        picture.read(TAKEN["JPEG"]())


def test_too_many_at_once_are_asked_to_wait(monkeypatch):
    with monkeypatch.context() as patched, slot(1), slot(1):
        patched.setattr(picture, "TIMEOUT", 0.01)
        assert "in a minute" in sentence(TAKEN["JPEG"]())
    assert picture.read(TAKEN["JPEG"]())  # every turn was given back
