"""Typst for a sandboxed subprocess with resource limits: a template and data become PDF or PNG.

`python -I renderer.py < order` reads one JSON object (folder, template, fonts, data, timestamp,
format) and writes the bytes of the file, or what is wrong to standard error. It is started by
`pdf.py` and imports nothing of ours. What a document does wrong ends this process and no other.
"""

import json
import resource
import sys

MEMORY = 800_000_000  # bytes of address space; 1,000 rows take 300 million
SECONDS = 15  # of the processor
COLOURS = 64  # of a picture: nine, and the shades at the edges of its letters


def set_limits():
    """Limit the memory, processor time and files of this process to what a document needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def compiled(order):
    """Return the file; the data reach the template as one string, which it reads as JSON."""
    import typst

    is_pdf = order["format"] == "pdf"
    made = typst.compile(
        f"{order['folder']}/{order['template']}.typ",
        root=order["folder"],
        font_paths=[order["fonts"]],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(order["data"])},
        format=order["format"],
        ppi=72.0,  # of a picture: a pixel is a point
        pdf_standards=["ua-1"] if is_pdf else [],
        timestamp=order["timestamp"],
    )
    return made if is_pdf else in_few_colours(made, order["says"])


def in_few_colours(png, says):
    """Return a picture in a palette, a fifth of the bytes, with what it says as its description."""
    from io import BytesIO

    from PIL import Image, PngImagePlugin

    about = PngImagePlugin.PngInfo()
    about.add_itxt("Description", says)
    file = BytesIO()
    palette = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS)
    palette.save(file, "PNG", optimize=True, pnginfo=about)
    return file.getvalue()


def main():
    set_limits()
    order = json.loads(sys.stdin.buffer.read())
    try:
        file = compiled(order)
    except RuntimeError as error:  # Typst's own
        sys.exit(f"{error} {getattr(error, 'hints', '')}")
    sys.stdout.buffer.write(file)


if __name__ == "__main__":
    main()
