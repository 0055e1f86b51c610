"""The picture of a list for other apps: its equation and its strip, drawn without a font."""

from io import BytesIO

from PIL import Image, ImageDraw

from items.public import Arithmetic, Block
from items.states import Group, Status

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 60
PAPER, INK, STEEL = "#fbfaf7", "#1b1a18", "#66707c"
DONE, IRON, LATE = "#1f6b47", "#b8400e", "#a8102a"
COLOUR_OF = {Group.RESOLVED: DONE, Group.IN_PROGRESS: IRON}  # of numbers; of others steel
# Each sign as rows of dots, five wide: blocks, as the strip has them.
SIGNS = {
    "0": "01110 10001 10011 10101 11001 10001 01110",
    "1": "00100 01100 00100 00100 00100 00100 01110",
    "2": "01110 10001 00001 00110 01000 10000 11111",
    "3": "01110 10001 00001 00110 00001 10001 01110",
    "4": "00010 00110 01010 10010 11111 00010 00010",
    "5": "11111 10000 11110 00001 00001 10001 01110",
    "6": "00110 01000 10000 11110 10001 10001 01110",
    "7": "11111 00001 00010 00100 01000 01000 01000",
    "8": "01110 10001 10001 01110 10001 10001 01110",
    "9": "01110 10001 10001 01111 00001 00010 01100",
    "=": "00000 00000 11111 00000 11111 00000 00000",
    "+": "00000 00100 00100 11111 00100 00100 00000",
}
ROWS, ADVANCE = 7, 6  # dots: the height of a sign, and from one sign to the next


def share_image(arithmetic: Arithmetic, strip: tuple[Block, ...]) -> bytes:
    """Return the PNG of a list: 1200 × 630 pixels in few colours, some kilobytes."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    bottom = _equation(draw, arithmetic)
    if strip:
        _strip(draw, strip, bottom + MARGIN)
    else:
        _bar(draw, arithmetic, bottom + MARGIN)
    file = BytesIO()
    image.quantize(16).save(file, "PNG", optimize=True)
    return file.getvalue()


def _equation(draw, arithmetic):
    """Draw the equation as large as it fits; return where it ends."""
    terms = [(str(arithmetic.total), INK)]
    for at, group in enumerate(arithmetic.groups):
        terms.append((" + " if at else " = ", STEEL))
        terms.append((str(group.count), COLOUR_OF.get(group.key, STEEL)))
    letters = sum(len(text) for text, _colour in terms)
    dot = min(24, (WIDTH - 2 * MARGIN) // (letters * ADVANCE))
    x = MARGIN
    for text, colour in terms:
        for letter in text:
            if letter == " ":
                x += dot * ADVANCE // 3
                continue
            _sign(draw, letter, x, MARGIN, dot, colour)
            x += dot * ADVANCE
    return MARGIN + ROWS * dot


def _sign(draw, letter, left, top, dot, colour):
    for y, row in enumerate(SIGNS[letter].split()):
        for x, filled in enumerate(row):
            if filled == "1":
                at = left + x * dot, top + y * dot
                draw.rectangle((*at, at[0] + dot - 1, at[1] + dot - 1), fill=colour)


def _strip(draw, strip, top):
    """Draw one block for each item, in rows that fill what is left of the picture."""
    room = WIDTH - 2 * MARGIN, HEIGHT - MARGIN - top
    columns = next(n for n in range(6, 200) if -(-len(strip) // n) * room[0] / n <= room[1])
    side = room[0] / columns
    for at, block in enumerate(strip):
        y, x = divmod(at, columns)
        _block(draw, block, MARGIN + x * side, top + y * side, side * 0.86)


def _block(draw, block, left, top, side):
    box = (left, top, left + side, top + side)
    colour = {Status.RESOLVED: DONE, Status.IN_PROGRESS: IRON, Status.PENDING_CHECK: IRON}
    edge = colour.get(block.status, STEEL)
    line = max(2, round(side / 16))
    draw.rectangle(
        box, fill=DONE if block.status == Status.RESOLVED else PAPER, outline=edge, width=line
    )
    if block.status == Status.IN_PROGRESS:
        draw.rectangle((left, top + side / 2, left + side, top + side), fill=IRON)
    elif block.status == Status.PENDING_CHECK:
        for step in range(1, 6):
            at = side * step / 3
            _diagonals(draw, left, top, side, at, line)
    elif block.status == Status.WITHDRAWN:
        draw.line((left, top, left + side, top + side), fill=STEEL, width=line)
    if block.overdue_days > 0:
        corner = side * 0.4
        points = [(left + side - corner, top), (left + side, top), (left + side, top + corner)]
        draw.polygon(points, fill=PAPER)
        draw.line((points[0], points[2]), fill=LATE, width=line * 2)


def _diagonals(draw, left, top, side, at, line):
    """Draw a hatch's two lines that cross the block's edges at `at` from its corner."""
    near, far = max(0, at - side), min(at, side)
    draw.line((left + near, top + far, left + far, top + near), fill=IRON, width=line)
    draw.line((left + side - near, top + far, left + side - far, top + near), fill=IRON, width=line)


def _bar(draw, arithmetic, top):
    x = MARGIN
    for group in arithmetic.groups:
        width = (WIDTH - 2 * MARGIN) * group.count / max(1, arithmetic.total)
        colour = COLOUR_OF.get(group.key, STEEL)
        draw.rectangle((x, top, x + width, top + 90), fill=colour)
        x += width
