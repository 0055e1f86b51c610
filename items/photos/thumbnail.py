"""A thumbnail of a stored photo: square, 56 px wide at twice the density, some 3 kB at most."""

from io import BytesIO

from PIL import Image, ImageOps

SIDE = 112  # pixels
MOST = 3000  # bytes
QUALITIES = (60, 45, 30, 15)


def thumbnail(small: bytes) -> bytes:
    """Return the middle of a small JPEG of ours as a thumbnail."""
    picture = Image.open(BytesIO(small), formats=["JPEG"])
    picture.draft("RGB", (SIDE, SIDE))
    square = ImageOps.fit(picture.convert("RGB"), (SIDE, SIDE))
    for quality in QUALITIES:
        file = BytesIO()
        square.save(file, "JPEG", quality=quality, optimize=True)
        if file.tell() <= MOST:
            break
    return file.getvalue()
