"""The scanned minutes: text drawn as a picture, made a little worse, and put alone on each page."""

import io
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = (1000, 1414)
FONT = "LiberationSerif"
SOURCE = Path(__file__).resolve().parent / "minutes.txt"


def pages():
    return [page.strip("\n").split("\n") for page in SOURCE.read_text(encoding="utf-8").split("#n\n")]


def draw(lines, number):
    """One page as a grey picture, slightly turned, blurred and speckled."""
    fonts = {kind: ImageFont.truetype(f"{FONT}-{kind}.ttf", 25) for kind in ("Regular", "Bold")}
    picture = Image.new("L", SIZE, 250)
    pen = ImageDraw.Draw(picture)
    top = 110
    for line in lines:
        kind, text = (line[1], line[3:]) if line.startswith("#") else ("", line)
        font = fonts["Bold" if kind else "Regular"]
        left = (SIZE[0] - pen.textlength(text, font=font)) / 2 if kind == "c" else 115
        pen.text((left, top), text, font=font, fill=35)
        top += 33 if text else 17
    pen.text((SIZE[0] / 2, SIZE[1] - 90), str(number), font=fonts["Regular"], fill=60)
    dice = random.Random(number)
    for _ in range(160):
        x, y = dice.randrange(SIZE[0]), dice.randrange(SIZE[1])
        pen.point((x, y), fill=dice.randrange(90, 200))
    for hole in (420, 990):
        pen.ellipse((28, hole, 60, hole + 32), fill=150)
    turned = picture.rotate((0.7, -0.5)[number % 2], resample=Image.BICUBIC, fillcolor=236)
    return turned.filter(ImageFilter.GaussianBlur(0.55))


def jpeg(picture):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=38, dpi=(121, 121))
    return out.getvalue()


def build():
    """A PDF whose pages hold one JPEG each and no text."""
    images = [jpeg(draw(lines, number)) for number, lines in enumerate(pages(), 1)]
    kids = " ".join(f"{3 + 3 * i} 0 R" for i in range(len(images)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               f"<< /Type /Pages /Kids [{kids}] /Count {len(images)} >>".encode()]
    for index, image in enumerate(images):
        first = 3 + 3 * index
        paint = b"q 595 0 0 842 0 0 cm /Im0 Do Q"
        objects.append((f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 1} 0 R "
                        f"/Resources << /XObject << /Im0 {first + 2} 0 R >> >> >>").encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(paint), paint))
        head = (f"<< /Type /XObject /Subtype /Image /Width {SIZE[0]} /Height {SIZE[1]} /ColorSpace /DeviceGray "
                f"/BitsPerComponent 8 /Filter /DCTDecode /Length {len(image)} >>\nstream\n")
        objects.append(head.encode() + image + b"\nendstream")
    return assemble(objects)


def assemble(objects):
    """The objects with their cross-reference table."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
