"""Damaged photos are refused: a decoder fills up the rows that are missing, and says nothing."""

import random
from io import BytesIO

import pytest
from django.utils.translation import override
from PIL import Image, ImageChops, ImageDraw, ImageStat

from items.errors import Refused
from items.photos import decoder, picture
from tests.photos import corpus
from tests.photos.corpus import saved
from tests.photos.test_decoder import here

END = b"\xff\xd9"


def photo(width=1200, height=900):
    """Return what photos are like: shades, some texture, and things with edges."""
    rough = Image.effect_noise((width // 4, height // 4), 40).resize((width, height))
    shade = Image.linear_gradient("L").resize((width, height))
    turned = rough.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    bands = [Image.blend(rough, shade, 0.5), Image.blend(turned, shade, 0.6), shade]
    made, chance = Image.merge("RGB", bands), random.Random(1)
    draw = ImageDraw.Draw(made)
    for _number in range(60):
        x, y = chance.randrange(width), chance.randrange(height)
        colour = tuple(chance.randrange(256) for _band in range(3))
        draw.rectangle((x, y, x + width // 10, y + height // 20), fill=colour)
    return made


PHOTO = photo()
ONE_SCAN = {
    "as most": {"quality": 85},
    "with tables of its own": {"quality": 85, "optimize": True},
    "fine": {"quality": 95, "subsampling": 0},
    "coarse": {"quality": 50},
    "in grey": {"quality": 85},
    "with marks between rows": {"quality": 85, "restart_marker_rows": 1},
    "with marks between blocks": {"quality": 85, "restart_marker_blocks": 7, "optimize": True},
}


def jpeg(name):
    made = PHOTO.convert("L") if name == "in grey" else PHOTO
    return saved(made, **ONE_SCAN[name])


def coded(sent):
    """Return where the coded pixels of the last scan begin and end."""
    return decoder.structure(sent)[0]


def refusal(sent):
    return here(sent)[0].get("refused", "")


def decodes(sent):
    """Tell whether Pillow alone reads the picture to its end."""
    try:
        Image.open(BytesIO(sent)).load()
    except (OSError, SyntaxError):
        return False
    return True


def with_zeros(sent, at):
    return sent[:at] + bytes(len(sent) - at)


@pytest.mark.parametrize("name", ONE_SCAN)
@pytest.mark.parametrize("tenth", [2, 5, 8])
def test_rows_that_are_zeros_are_missing(name, tenth):
    sent = jpeg(name)
    begin, end = coded(sent)
    at = begin + (end - begin) * tenth // 10

    for damaged in (with_zeros(sent, at), with_zeros(sent[:-2], at) + END):
        assert refusal(damaged) == "broken"
    assert decodes(with_zeros(sent[:-2], at) + END)  # the control: the decoder takes it
    assert refusal(sent) == ""


@pytest.mark.parametrize("name", ONE_SCAN)
@pytest.mark.parametrize("percent", [10, 50, 90, 99])
def test_cut_and_closed_with_an_end_mark(name, percent):
    sent = jpeg(name)
    begin, end = coded(sent)
    damaged = sent[: begin + (end - begin) * percent // 100] + END

    assert refusal(damaged) == "broken"
    assert decodes(damaged)


@pytest.mark.parametrize("damage", ["zeros", "cut"])
def test_progressive_picture_of_which_scans_are_missing(damage):
    sent = saved(PHOTO, progressive=True, quality=85)
    begin, _end = coded(sent)  # of the last scan, which only makes it finer
    for at in (begin // 4, begin // 2, begin - 20):
        damaged = with_zeros(sent, at) if damage == "zeros" else sent[:at] + END
        assert refusal(damaged) == "broken", at
    assert decodes(sent[: begin // 2] + END)


def test_progressive_picture_whose_last_scan_is_zeros():
    sent = saved(PHOTO, progressive=True, quality=85)
    begin, end = coded(sent)
    damaged = with_zeros(sent[:-2], (begin + end) // 2) + END

    assert decodes(damaged)
    assert refusal(damaged) == "broken"


@pytest.mark.parametrize("how", [*ONE_SCAN.values(), {"progressive": True}])
def test_what_lacks_only_its_end_mark_is_taken(how):
    sent = saved(PHOTO, **how)

    said, files = here(sent[:-2])
    assert not decodes(sent[:-2])  # the control

    assert "refused" not in said
    assert files == here(sent)[1]


def test_flipped_byte_in_a_png_is_seen_by_its_checksum():
    sent = saved(PHOTO.resize((40, 30)), "PNG")
    flipped = [sent[:at] + bytes([sent[at] ^ 0x10]) + sent[at + 1 :] for at in range(41, 2500)]

    assert len(flipped) < len(sent) - 41
    assert sum(map(decodes, flipped)) > 9  # the control: some of them are taken
    assert {refusal(each) for each in flipped} == {"broken"}
    assert refusal(sent) == ""


def test_png_that_lacks_only_its_end_is_taken():
    sent = saved(PHOTO.resize((300, 200)), "PNG")

    assert here(sent[:-12]) == here(sent)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_second_half_of_zeros(kind):
    sent = saved(PHOTO, kind)

    assert refusal(with_zeros(sent, len(sent) // 2)) == "broken"
    assert refusal(sent) == ""


def test_iphone_picture_with_zeros_at_its_end():
    sent = corpus.HEIC.read_bytes()
    at = sent.index(b"mdat") - 4
    more = sent[:700] + bytes(8000)
    damaged = more[:at] + (len(more) - at).to_bytes(4, "big") + more[at + 4 :]

    assert refusal(damaged) == "broken"
    assert refusal(sent + bytes(8000)) == ""  # behind the picture they harm nobody


WHITE = Image.new("RGB", (1080, 4000), "white")
SOUND = {
    "white": saved(WHITE),
    "white, in few bits": saved(WHITE, optimize=True),
    "white, progressive": saved(WHITE, progressive=True),
    "white WebP": saved(WHITE, "WEBP"),
    "white PNG": saved(WHITE, "PNG"),
    "half white": saved(ImageChops.multiply(WHITE.resize((1200, 900)), PHOTO), optimize=True),
    "tiny": saved(PHOTO.resize((3, 2))),
    "padded a little": saved(PHOTO)[:-2] + bytes(40) + END,
    "padded with the same": saved(PHOTO)[:-2] + bytes(9000) + END,
    "padded with ones": saved(PHOTO)[:-2] + b"\xff" * 9000 + END,
    "more behind its end": saved(PHOTO) + bytes(9000),
    "marks twice": saved(PHOTO).replace(b"\xff\xdb", b"\xff\xff\xdb", 1),
}


@pytest.mark.parametrize("name", SOUND)
def test_sound_picture_is_taken(name):
    assert refusal(SOUND[name]) == ""


def test_sentence_says_what_to_do():
    begin, end = coded(saved(PHOTO))
    with override("en"), pytest.raises(Refused, match="did not arrive whole"):
        picture.read(saved(PHOTO)[: (begin + end) // 2] + END)


# What is long, what is large, what is for print


def test_long_screenshot_stays_readable():
    shot = Image.new("RGB", (1080, 20_000), "white")
    draw = ImageDraw.Draw(shot)
    for y in range(0, 20_000, 40):
        draw.text((40, y), "实事清单 Practical matters 2026-09-27", fill="black", font_size=32)

    clean = picture.read(saved(shot, "PNG"))

    width, height = clean.size
    assert width >= 400
    assert abs(width / height - 1080 / 20_000) < 0.001
    assert width * height <= decoder.LARGE_PIXELS
    row = Image.open(BytesIO(clean.large)).convert("L").crop((0, 0, width, int(40 * width / 1080)))
    assert ImageStat.Stat(row).stddev[0] > 25  # black on white, not grey on grey


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ((4000, 3000), (2048, 1536)),
        ((3000, 3000), (2048, 2048)),
        ((1200, 900), (1200, 900)),
        ((4000, 2250), (2364, 1330)),
        ((1, 9000), (1, 9000)),
        ((2, 29_000), (1, 16_000)),
    ],
)
def test_pixels_are_limited_and_not_the_long_side_alone(sent, kept):
    width, height = decoder.large_size(*sent)

    assert (width, height) == kept
    assert width * height <= decoder.MOST_PIXELS


def test_ordinary_photo_is_loaded_in_a_moment():
    sent = photo(4000, 3000)
    assert len(decoder.encode(sent.resize((2048, 1536)), decoder.QUALITIES[0])) > 300_000

    clean = picture.read(saved(sent, quality=90))

    assert clean.size == (2048, 1536)
    assert len(clean.large) <= 300_000
    assert len(clean.small) <= 25_000


def test_quality_ends_where_it_would_be_seen():
    clean = picture.read(saved(corpus.noise(2048, 1536), quality=95))

    assert len(clean.large) == len(
        decoder.encode(
            opened_large(saved(corpus.noise(2048, 1536), quality=95)), 52, progressive=True
        )
    )


def opened_large(sent):
    return decoder.scaled_upright(decoder.open_limited(sent))


def without_adobe(sent):
    """Return a JPEG for print without Adobe's mark, in which ink is not its contrary."""
    made = Image.open(BytesIO(sent))
    made.load()
    turned = saved(ImageChops.invert(made), quality=95)
    at = turned.index(b"\xff\xee")
    return turned[:at] + turned[at + 2 + int.from_bytes(turned[at + 2 : at + 4], "big") :]


@pytest.mark.parametrize("mark", ["with", "without"])
def test_colours_for_print(mark):
    sent = saved(corpus.quarters(mode="CMYK"), quality=95)
    sent = without_adobe(sent) if mark == "without" else sent
    assert (b"Adobe" in sent) == (mark == "with")

    shown = Image.open(BytesIO(picture.read(sent).large))

    assert nearest(shown.getpixel((10, 8))) == "red"
    assert nearest(shown.getpixel((86, 56))) == "blue"
    assert nearest(shown.getpixel((86, 8))) == "white"


def nearest(pixel):
    known = {"red": (255, 0, 0), "blue": (0, 0, 255), "white": (255, 255, 255), "black": (0, 0, 0)}
    known |= {"cyan": (0, 255, 255), "yellow": (255, 255, 0)}
    return min(
        known, key=lambda name: sum(abs(a - b) for a, b in zip(known[name], pixel, strict=True))
    )


def brands(major, *others):
    said = major + bytes(4) + b"".join(others)
    return (len(said) + 8).to_bytes(4, "big") + b"ftyp" + said + bytes(60)


@pytest.mark.parametrize(
    "sent",
    [
        brands(b"avif", b"mif1", b"miaf"),
        brands(b"avis", b"avif", b"msf1"),
        brands(b"mif1", b"avif", b"miaf", b"MA1B"),
        brands(b"msf1", b"avis", b"MA1A"),
        brands(b"miaf", b"mif1", b"MA1B"),
        brands(b"MA1B", b"mif1"),
        saved(PHOTO.resize((60, 40)), "AVIF"),
    ],
)
def test_avif_is_named_whatever_its_brand(sent):
    with override("en"), pytest.raises(Refused, match=r"AVIF.*JPEG.*screenshot"):
        picture.read(sent)


@pytest.mark.parametrize("other", [b"heic", b"hevc"])
def test_heic_is_no_avif_for_what_else_it_can_be(other):
    assert picture.refusal_before_decoding(brands(b"mif1", other, b"avif")) == ""
    assert picture.refusal_before_decoding(brands(b"heic", b"mif1", b"miaf")) == ""
