"""The homelessness strategy: two columns, a side box, running footers and words broken at line ends."""

import io

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate, Frame, FrameBreak, KeepTogether, NextPageTemplate, PageBreak, PageTemplate, Paragraph, Spacer,
    Table, TableStyle,
)

from homelessness_text import PARTS, SIDE_BOX, SUBTITLE, TITLE

INK = HexColor("#5b2a4e")
PALE = HexColor("#f3e9f0")
BODY = ParagraphStyle(
    "body", fontName="Times-Roman", fontSize=10, leading=12.6, spaceAfter=5, alignment=TA_JUSTIFY,
    hyphenationLang="en_GB", embeddedHyphenation=1,
)
STYLES = {
    "h1": ParagraphStyle("h1", fontName="Helvetica-Bold", fontSize=15, leading=18, textColor=INK, spaceBefore=9, spaceAfter=5,
                         keepWithNext=1),
    "h2": ParagraphStyle("h2", fontName="Helvetica-Bold", fontSize=11, leading=13, textColor=INK, spaceBefore=6, spaceAfter=3,
                         keepWithNext=1),
    "p": BODY,
    "li": ParagraphStyle("li", parent=BODY, leftIndent=12, bulletIndent=2, spaceAfter=3, alignment=TA_LEFT),
    "box": ParagraphStyle("box", fontName="Helvetica", fontSize=9, leading=11.4, spaceAfter=4, textColor=HexColor("#333333")),
    "boxhead": ParagraphStyle("boxhead", fontName="Helvetica-Bold", fontSize=10.5, leading=13, textColor=INK, spaceAfter=4),
    "cell": ParagraphStyle("cell", fontName="Helvetica", fontSize=8.5, leading=10.4),
    "cellhead": ParagraphStyle("cellhead", fontName="Helvetica-Bold", fontSize=8.5, leading=10.4, textColor=HexColor("#ffffff")),
}
WIDTH, HEIGHT = A4
LEFT, GAP, FOOT = 18 * mm, 8 * mm, 20 * mm
COLUMN = (WIDTH - 2 * LEFT - GAP) / 2


def footer(canvas, document):
    canvas.saveState()
    canvas.setFont("Helvetica", 8)
    canvas.setFillColor(HexColor("#666666"))
    canvas.drawString(LEFT, 11 * mm, "Harrowick Borough Council  |  Homelessness and Rough Sleeping Strategy 2025–2030")
    canvas.drawRightString(WIDTH - LEFT, 11 * mm, f"Page {document.page}")
    canvas.setStrokeColor(INK)
    canvas.line(LEFT, 15 * mm, WIDTH - LEFT, 15 * mm)
    canvas.restoreState()


def banner(canvas, document):
    canvas.saveState()
    canvas.setFillColor(INK)
    canvas.rect(0, HEIGHT - 62 * mm, WIDTH, 62 * mm, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#ffffff"))
    canvas.setFont("Helvetica-Bold", 29)
    canvas.drawString(LEFT, HEIGHT - 34 * mm, TITLE)
    canvas.setFont("Helvetica", 13)
    canvas.drawString(LEFT, HEIGHT - 45 * mm, SUBTITLE)
    canvas.restoreState()
    footer(canvas, document)


def columns(name, top, draw):
    size = HEIGHT - top - FOOT
    frames = [
        Frame(x, FOOT, COLUMN, size, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        for x in (LEFT, LEFT + COLUMN + GAP)
    ]
    return PageTemplate(name, frames, onPage=draw)


def side_box():
    head, *lines = SIDE_BOX
    inner = [Paragraph(head, STYLES["boxhead"])] + [Paragraph(line, STYLES["box"]) for line in lines]
    box = Table([[inner]], colWidths=[COLUMN])
    box.setStyle(TableStyle([("BACKGROUND", (0, 0), (-1, -1), PALE), ("BOX", (0, 0), (-1, -1), 0.8, INK),
                             ("LEFTPADDING", (0, 0), (-1, -1), 8), ("RIGHTPADDING", (0, 0), (-1, -1), 8)]))
    return KeepTogether([Spacer(1, 4), box, Spacer(1, 8)])


def grid(rows):
    widths = [64 * mm, 42 * mm, 24 * mm, WIDTH - 2 * LEFT - 130 * mm]
    made = [[Paragraph(t, STYLES["cellhead" if i == 0 else "cell"]) for t in texts] for i, texts in enumerate(rows)]
    table = Table(made, colWidths=widths, repeatRows=1)
    table.setStyle(TableStyle([("BACKGROUND", (0, 0), (-1, 0), INK), ("GRID", (0, 0), (-1, -1), 0.4, HexColor("#999999")),
                               ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return table


def story():
    flow = [NextPageTemplate("inner")]
    for kind, value in PARTS:
        if kind == "box":
            flow.append(side_box())
        elif kind == "column":
            flow.append(FrameBreak())
        elif kind == "wide":
            flow += [NextPageTemplate("wide"), PageBreak()]
        elif kind == "table":
            flow += [Spacer(1, 4), grid(value), Spacer(1, 8)]
        elif kind == "li":
            flow.append(Paragraph(value, STYLES["li"], bulletText="•"))
        else:
            flow.append(Paragraph(value, STYLES[kind]))
    return flow


def build():
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, title=f"{TITLE}: {SUBTITLE}", author="Harrowick Borough Council", invariant=1)
    wide = Frame(LEFT, FOOT, WIDTH - 2 * LEFT, HEIGHT - 20 * mm - FOOT, leftPadding=0, rightPadding=0, topPadding=0)
    document.addPageTemplates([
        columns("first", 70 * mm, banner), columns("inner", 20 * mm, footer), PageTemplate("wide", [wide], onPage=footer),
    ])
    document.build(story())
    return out.getvalue()
