"""Read what was printed: its text, its pages as pixels, and the codes on them."""

import re
import shutil
import subprocess
from io import BytesIO
from tempfile import NamedTemporaryFile

import pytest
from PIL import Image, ImageFilter

PACKAGES = dict.fromkeys(("pdftotext", "pdftoppm", "pdfimages"), "poppler-utils")
PACKAGES["zbarimg"] = "zbar-tools"


def needs(*programs):
    """Return a mark that leaves a test out, with the remedy, where a program is missing."""
    missing = [name for name in programs if not shutil.which(name)]
    packages = " ".join(sorted({PACKAGES[name] for name in missing}))
    why = f"{', '.join(missing)} is missing: apt install {packages}"
    return pytest.mark.skipif(bool(missing), reason=why)


def run(*command, given=None):
    done = subprocess.run(command, input=given, capture_output=True, timeout=60)
    return done.stdout


def text_of(file):
    """Return the text of a PDF, as a reader selects it."""
    return "".join(text_by_page(file))


def text_by_page(file):
    """Return the text of each page."""
    return run("pdftotext", "-", "-", given=file).decode().split("\f")[:-1]


def photos_in(file):
    """Return a line for each photo in a PDF, as pdfimages lists them."""
    with NamedTemporaryFile(suffix=".pdf") as named:
        named.write(file)
        named.flush()
        listed = run("pdfimages", "-list", named.name).decode().splitlines()
    return [line for line in listed[2:] if " jpeg " in line]


def sizes_of(file):
    """Return each line of text with its height in points, as a PDF reader places it."""
    page = run("pdftotext", "-bbox-layout", "-", "-", given=file).decode()
    found = []
    for line in re.findall(r"<line[^>]*>(.*?)</line>", page, re.S):
        words = re.findall(r'yMin="([\d.]+)"[^>]*yMax="([\d.]+)">([^<]*)<', line)
        found += [(word, float(bottom) - float(top)) for top, bottom, word in words]
    return found


def pages_of(file, dpi):
    """Return the pages of a PDF as pictures."""
    shown = run("pdftoppm", "-r", str(dpi), "-png", "-", given=file)
    end = b"IEND\xaeB`\x82"
    return [Image.open(BytesIO(one + end)).convert("L") for one in shown.split(end)[:-1]]


def codes_in(page, box=(0, 0, 1, 1), *, turn=0, blur=0):
    """Return what zbarimg reads in a part of a page, turned by degrees and blurred."""
    width, height = page.size
    left, top, right, bottom = box
    part = page.crop((left * width, top * height, right * width, bottom * height))
    if turn:
        part = part.rotate(turn, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    if blur:
        part = part.filter(ImageFilter.GaussianBlur(blur))
    with NamedTemporaryFile(suffix=".png") as file:
        part.save(file.name)
        said = run("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file.name)
    return said.decode().split()
