"""Writes Word documents as plain XML: what comes in is marked-up text, what goes out is bytes.

Only what the examples need is here: styles, lists, tables with merged cells, sections,
fields, footnotes, comments, text boxes and tracked changes. It reads nothing back.
Times and identifiers are fixed, so the same source gives the same bytes.
"""

import io
import zipfile
from xml.sax.saxutils import escape

AUTHOR = "R. Finch"
WHEN = "2026-01-19T09:30:00Z"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_ids = iter(())


def restart_ids():
    """Starts the numbering of changes and bookmarks again, for one document."""
    global _ids
    _ids = iter(range(100, 10_000))


def run(text, props="", tag="w:t"):
    """One run of text; `props` is the inside of its w:rPr."""
    rpr = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f'<w:r>{rpr}<{tag} xml:space="preserve">{escape(text)}</{tag}></w:r>'


def bold(text):
    return run(text, "<w:b/>")


def italic(text):
    return run(text, "<w:i/>")


def hidden(text):
    """Text that Word does not show or print."""
    return run(text, "<w:vanish/>")


def _change(kind, inner):
    return f'<w:{kind} w:id="{next(_ids)}" w:author="{AUTHOR}" w:date="{WHEN}">{inner}</w:{kind}>'


def ins(text, props=""):
    return _change("ins", run(text, props))


def dele(text, props=""):
    return _change("del", run(text, props, "w:delText"))


def mark(kind):
    """The property that says a paragraph mark or a row was inserted or deleted."""
    return f'<w:{kind} w:id="{next(_ids)}" w:author="{AUTHOR}" w:date="{WHEN}"/>'


def moved(kind, name, text):
    """A tracked move: `kind` is From or To; both ends carry the same name."""
    first = next(_ids)
    return (
        f'<w:move{kind}RangeStart w:id="{first}" w:author="{AUTHOR}" w:date="{WHEN}" w:name="{name}"/>'
        + _change(f"move{kind}", run(text))
        + f'<w:move{kind}RangeEnd w:id="{first}"/>'
    )


def reformatted(text):
    """Text whose formatting alone was changed and tracked."""
    old = f'<w:rPrChange w:id="{next(_ids)}" w:author="{AUTHOR}" w:date="{WHEN}"><w:rPr><w:i/></w:rPr></w:rPrChange>'
    return run(text, "<w:b/>" + old)


def field(instruction, result):
    """A complex field, as Word writes it: begin, code, separator, result, end."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run(result)
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def simple_field(instruction, result):
    return f'<w:fldSimple w:instr=" {instruction} ">{run(result)}</w:fldSimple>'


def footnote(number):
    return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def commented(number, inner):
    """Content with a reviewer's comment on it."""
    return (
        f'<w:commentRangeStart w:id="{number}"/>{inner}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def content(parts):
    """A string, or a list whose strings become plain runs and whose XML stays as it is."""
    if isinstance(parts, str):
        parts = [parts]
    return "".join(part if part.startswith("<") else run(part) for part in parts)


def para(parts="", style=None, props="", change=None):
    """A paragraph; `change` ("ins" or "del") tracks its paragraph mark."""
    ppr = f'<w:pStyle w:val="{style}"/>' if style else ""
    ppr += props
    if change:
        ppr += f"<w:rPr>{mark(change)}</w:rPr>"
    return f"<w:p>{f'<w:pPr>{ppr}</w:pPr>' if ppr else ''}{content(parts)}</w:p>"


def heading(level, text, bookmark=None):
    inner = run(text)
    if bookmark:
        number = next(_ids)
        inner = f'<w:bookmarkStart w:id="{number}" w:name="{bookmark}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'
    return para([inner], f"Heading{level}")


def bullet(parts, change=None):
    return para(parts, "ListBullet", change=change)


def bullets(items):
    return "".join(bullet(item) for item in items)


def contents(entries):
    """A table of contents field in its own content control, with links and page references."""
    lines = []
    for index, (level, text, bookmark, page) in enumerate(entries):
        link = (
            f'<w:hyperlink w:anchor="{bookmark}">{run(text)}<w:r><w:tab/></w:r>'
            + field(f"PAGEREF {bookmark} \\h", page)
            + "</w:hyperlink>"
        )
        if index == 0:
            link = (
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + link
            )
        lines.append(para([link], f"TOC{level}"))
    lines.append(para(['<w:r><w:fldChar w:fldCharType="end"/></w:r>']))
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        "</w:docPartObj></w:sdtPr><w:sdtContent>"
        + para("Contents", "TOCHeading")
        + "".join(lines)
        + "</w:sdtContent></w:sdt>"
    )


def text_box(paragraphs, width=2500000, height=1700000):
    """A floating text box: a drawing, and the same words again as a fallback for old readers."""
    inner = "".join(para(text, "BoxText") for text in paragraphs)
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="45720" distB="45720" distL="114300" distR="114300" simplePos="0" relativeHeight="251659264"'
        ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>60000</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:wrapSquare wrapText="bothSides"/>'
        '<wp:docPr id="7" name="Text Box 7"/><a:graphic><a:graphicData'
        ' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="E6F0EE"/></a:solidFill>'
        '<a:ln w="9525"><a:solidFill><a:srgbClr val="1F5C57"/></a:solidFill></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr lIns="91440" tIns="45720" rIns="91440" bIns="45720" anchor="t"/></wps:wsp></a:graphicData>'
        "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        '<v:shape style="position:absolute;width:197pt;height:134pt">'
        f"<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def cell(parts, width, span=1, merge=None, fill=None, style="TableText", change=None):
    """A table cell; `merge` is "start" or "on" for cells joined downwards."""
    tcpr = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if span > 1:
        tcpr += f'<w:gridSpan w:val="{span}"/>'
    if merge:
        tcpr += '<w:vMerge w:val="restart"/>' if merge == "start" else "<w:vMerge/>"
    if fill:
        tcpr += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    blocks = parts if isinstance(parts, list) and parts and parts[0].startswith("<w:p>") else None
    inner = "".join(blocks) if blocks else para(parts, style, change=change)
    return f"<w:tc><w:tcPr>{tcpr}</w:tcPr>{inner}</w:tc>"


def row(cells, header=False, change=None):
    trpr = "<w:cantSplit/>" + ("<w:tblHeader/>" if header else "") + (mark(change) if change else "")
    return f"<w:tr><w:trPr>{trpr}</w:trPr>{''.join(cells)}</w:tr>"


def table(widths, rows):
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>" + para("", "TableAfter")
    )


def head_row(names, widths, fill="1F5C57"):
    cells = [cell([bold_white(n)], w, fill=fill) for n, w in zip(names, widths)]
    return row(cells, header=True)


def bold_white(text):
    return run(text, '<w:b/><w:color w:val="FFFFFF"/>')


def plain_row(texts, widths, change=None):
    """A row of text cells; with `change` both the row and its text are tracked."""
    made = {None: run, "ins": ins, "del": dele}[change]
    return row([cell([made(t)], w, change=change) for t, w in zip(texts, widths)], change=change)


def section(landscape=False, kind="nextPage", title_page=False, margins=1134):
    width, height = (16838, 11906) if landscape else (11906, 16838)
    orient = ' w:orient="landscape"' if landscape else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
        f'<w:footerReference w:type="default" r:id="rIdFooter"/><w:type w:val="{kind}"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{orient}/><w:pgMar w:top="1304" w:right="{margins}"'
        f' w:bottom="1247" w:left="{margins}" w:header="567" w:footer="567" w:gutter="0"/>'
        + ("<w:titlePg/>" if title_page else "")
        + "</w:sectPr>"
    )


def _part(root, inner):
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{root} {NAMESPACES}>{inner}</w:{root}>'


def _notes(notes):
    rule = '<w:p><w:r><w:{0}/></w:r></w:p>'
    out = (
        f'<w:footnote w:type="separator" w:id="-1">{rule.format("separator")}</w:footnote>'
        f'<w:footnote w:type="continuationSeparator" w:id="0">{rule.format("continuationSeparator")}</w:footnote>'
    )
    ref = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    for number, text in enumerate(notes, 1):
        out += f'<w:footnote w:id="{number}">{para([ref, " " + text], "FootnoteText")}</w:footnote>'
    return _part("footnotes", out)


def _comments(comments):
    out = ""
    for number, text in enumerate(comments):
        out += f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:date="{WHEN}" w:initials="RF">{para(text)}</w:comment>'
    return _part("comments", out)


def package(styles, body, header, footer, title, notes=(), comments=(), track=False,
            creator="Merrowshire County Council"):
    """The finished file: every part zipped in a fixed order with a fixed time."""
    base = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    names = ["document", "styles", "numbering", "settings", "header1", "footer1"]
    parts = {
        "document": _part("document", f"<w:body>{body}</w:body>"),
        "styles": _part("styles", styles),
        "numbering": _part("numbering", NUMBERING),
        "settings": _part("settings", ("<w:trackRevisions/>" if track else "") + '<w:themeFontLang w:val="en-GB"/>'),
        "header1": _part("hdr", header),
        "footer1": _part("ftr", footer),
    }
    if notes:
        parts["footnotes"] = _notes(notes)
    if comments:
        parts["comments"] = _comments(comments)
    names = list(parts)
    kinds = {"document": "document.main", "header1": "header", "footer1": "footer"}
    overrides = "".join(
        f'<Override PartName="/word/{n}.xml" ContentType="{base}{kinds.get(n, n)}+xml"/>' for n in names
    )
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    ids = {"header1": "rIdHeader", "footer1": "rIdFooter"}
    rels = "".join(
        f'<Relationship Id="{ids.get(n, "rId" + n)}" Type="{rel}{n.rstrip("1")}" Target="{n}.xml"/>' for n in names[1:]
    )
    pkg = "http://schemas.openxmlformats.org/package/2006/"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    files = {
        "[Content_Types].xml": head + f'<Types xmlns="{pkg}content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": head + f'<Relationships xmlns="{pkg}relationships"><Relationship Id="rId1" Type="{rel}officeDocument"'
        f' Target="word/document.xml"/><Relationship Id="rId2" Type="{pkg}relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": head + f'<cp:coreProperties xmlns:cp="{pkg}metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{escape(title)}</dc:title>'
        f'<dc:creator>{escape(creator)}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{WHEN}'
        f'</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{WHEN}</dcterms:modified></cp:coreProperties>',
        "word/_rels/document.xml.rels": head + f'<Relationships xmlns="{pkg}relationships">{rels}</Relationships>',
    }
    files.update({f"word/{n}.xml": parts[n] for n in names})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, (2026, 1, 19, 9, 30, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            z.writestr(info, text)
    return out.getvalue()


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="454" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
