"""Drawings that stand for photos in the demonstration: simple, and plainly no photographs."""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (960, 720)
WALL, FLOOR, LINE = "#dfe4e6", "#b9bdb8", "#3d4348"
OLD_WALL, OLD_FLOOR, DIRT = "#c9c3b2", "#98938a", "#8a7a5c"


def drawn(paint) -> bytes:
    picture = Image.new("RGB", SIZE)
    paint(ImageDraw.Draw(picture))
    file = BytesIO()
    picture.save(file, "JPEG", quality=90)
    return file.getvalue()


def room(draw, wall, floor):
    draw.rectangle((0, 0, 960, 470), fill=wall)
    draw.rectangle((0, 470, 960, 720), fill=floor)
    draw.line((0, 470, 960, 470), fill=LINE, width=4)


def desk(draw):
    """Draw the desk of a control room, with its screens."""
    for left in (90, 380, 670):
        draw.rectangle((left, 130, left + 210, 270), fill="#2b3036", outline=LINE, width=6)
        draw.line((left + 20, 230, left + 90, 190, left + 190, 215), fill="#7fb8a4", width=5)
    draw.rectangle((40, 290, 920, 330), fill="#8d99a3", outline=LINE, width=4)


def chair(draw, x, seat, lean=0, torn=False):
    draw.polygon(
        [(x - 60 + lean, 330), (x + 60 + lean, 330), (x + 66, 520), (x - 66, 520)],
        fill=seat,
        outline=LINE,
        width=5,
    )
    draw.rounded_rectangle((x - 85, 510, x + 85, 560), 16, fill=seat, outline=LINE, width=5)
    draw.line((x, 560, x, 640), fill=LINE, width=14)
    draw.line((x - 70, 660, x, 635, x + 70, 660), fill=LINE, width=12)
    if torn:
        draw.line((x - 20 + lean, 360, x + 5, 410, x - 15, 450), fill="#e8dcc0", width=9)
        draw.line((x - 40, 532, x + 30, 540), fill="#e8dcc0", width=9)


def chairs_before(draw):
    room(draw, OLD_WALL, OLD_FLOOR)
    desk(draw)
    for x, lean in [(200, 46), (480, -38), (760, 58)]:
        chair(draw, x, "#6d5f52", lean, torn=True)


def chairs_after(draw):
    room(draw, WALL, FLOOR)
    desk(draw)
    for x in (200, 480, 760):
        chair(draw, x, "#2f6c8f")


def tiles(draw, line):
    for x in range(0, 960, 80):
        draw.line((x, 0, x, 470), fill=line, width=2)
    for y in range(0, 470, 80):
        draw.line((0, y, 960, y), fill=line, width=2)


def basin(draw, x, colour, broken):
    draw.rounded_rectangle((x - 95, 300, x + 95, 390), 30, fill=colour, outline=LINE, width=5)
    draw.rectangle((x - 22, 390, x + 22, 560), fill=colour, outline=LINE, width=5)
    draw.line((x, 300, x, 255, x + 42, 255), fill="#59636b", width=14)
    if broken:
        draw.line((x - 60, 305, x - 20, 345, x - 45, 388), fill=LINE, width=5)
        draw.ellipse((x - 120, 590, x + 130, 650), fill="#7f8b8d")


def toilets_before(draw):
    room(draw, OLD_WALL, OLD_FLOOR)
    tiles(draw, "#aaa38f")
    draw.polygon([(610, 0), (960, 0), (960, 240), (720, 120)], fill=DIRT)
    for x in (200, 480):
        basin(draw, x, "#d8d2c4", broken=True)
    draw.rectangle((700, 180, 900, 620), fill="#8c7b63", outline=LINE, width=6)


def toilets_after(draw):
    room(draw, WALL, FLOOR)
    tiles(draw, "#c3cdd1")
    for x in (200, 480):
        basin(draw, x, "#ffffff", broken=False)
        draw.rounded_rectangle((x - 80, 60, x + 80, 220), 10, fill="#c8dbe4", outline=LINE, width=5)
    draw.rectangle((700, 180, 900, 620), fill="#5d8aa3", outline=LINE, width=6)
    draw.ellipse((858, 390, 884, 416), fill="#f1d489")


def filter_after(draw):
    """Draw a water dispenser with the day of its new filter on a label."""
    room(draw, WALL, FLOOR)
    draw.rectangle((360, 220, 600, 640), fill="#f4f6f7", outline=LINE, width=6)
    draw.rectangle((410, 60, 550, 220), fill="#a9cfe4", outline=LINE, width=6)
    draw.rectangle((420, 300, 540, 380), fill="#2b3036")
    draw.rectangle((400, 450, 560, 540), fill="#fff7d6", outline=LINE, width=4)
    for top in (475, 500):
        draw.line((420, top, 540, top), fill=LINE, width=4)


def lock_after(draw):
    """Draw a door with a new lock."""
    room(draw, WALL, FLOOR)
    draw.rectangle((300, 60, 660, 640), fill="#a5b3a4", outline=LINE, width=8)
    draw.ellipse((560, 330, 620, 390), fill="#e0c15a", outline=LINE, width=5)
    draw.rectangle((575, 395, 605, 440), fill="#e0c15a", outline=LINE, width=4)
