"""The paragraph styles of the Word examples, in one colour and one font per document."""


def _style(name, label, ppr="", rpr="", base="Normal", following="Normal"):
    based = "" if name == "Normal" else f'<w:basedOn w:val="{base}"/>'
    default = ' w:default="1"' if name == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{label}"/>{based}'
        f'<w:next w:val="{following}"/><w:qFormat/><w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>'
    )


def _font(size, colour=None, bold=False, italic=False):
    return (
        ("<w:b/>" if bold else "")
        + ("<w:i/>" if italic else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + f'<w:sz w:val="{size}"/>'
    )


def _space(before, after, keep=False, level=None, extra=""):
    return (
        ("<w:keepNext/>" if keep else "")
        + extra
        + f'<w:spacing w:before="{before}" w:after="{after}"/>'
        + (f'<w:outlineLvl w:val="{level}"/>' if level is not None else "")
    )


def sheet(colour="1F5C57", font="Liberation Sans", size=22):
    """All styles, as the inside of word/styles.xml."""
    tabs = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9600"/></w:tabs>'
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    line = f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="4" w:color="{colour}"/></w:pBdr>'
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>'
        f'<w:sz w:val="{size}"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        + _style("Normal", "Normal")
        + _style("Title", "Title", _space(1800, 120), _font(60, colour, True))
        + _style("Subtitle", "Subtitle", _space(0, 240), _font(30, "555555"))
        + _style("Heading1", "heading 1", _space(360, 120, True, 0), _font(34, colour, True))
        + _style("Heading2", "heading 2", _space(240, 80, True, 1), _font(26, colour, True))
        + _style("Heading3", "heading 3", _space(160, 60, True, 2), _font(size, "333333", True))
        + _style("TOCHeading", "TOC Heading", _space(240, 120), _font(34, colour, True))
        + _style("TOC1", "toc 1", _space(60, 20, extra=tabs))
        + _style("TOC2", "toc 2", _space(0, 10, extra=tabs) + '<w:ind w:left="284"/>')
        + _style("ListBullet", "List Bullet", number + _space(0, 60))
        + _style("TableText", "Table Text", _space(30, 30), _font(18))
        + _style("TableAfter", "Table After", _space(0, 60), _font(8))
        + _style("Caption", "caption", _space(160, 60, True), _font(19, colour, True))
        + _style("Quote", "Quote", _space(60, 160) + '<w:ind w:left="454" w:right="454"/>', _font(size, "444444", italic=True))
        + _style("BoxText", "Box Text", _space(20, 60), _font(18))
        + _style("Header", "header", _space(0, 0, extra=line), _font(16, "666666"))
        + _style("Footer", "footer", _space(0, 0, extra='<w:tabs><w:tab w:val="right" w:pos="9600"/></w:tabs>'), _font(16, "666666"))
        + _style("FootnoteText", "footnote text", _space(0, 0), _font(16))
        + '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
        + "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        + "</w:tblBorders></w:tblPr></w:style>"
    )
