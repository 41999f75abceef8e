"""Writes Word files by hand: only the parts that reading needs, so that each trap stands plainly in the test."""

from __future__ import annotations

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)

NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="First"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/><w:lvlText w:val="%3．"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#61548;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num>
</w:numbering>"""

STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:styleId="First"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Child"><w:name w:val="Mine"/><w:basedOn w:val="First"/></w:style>
<w:style w:type="paragraph" w:styleId="Second"><w:name w:val="heading 2"/></w:style>
</w:styles>"""


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*content, style="", number=None):
    numbers = (
        f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    )
    name = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(one if one.startswith("<") else run(one) for one in content)
    return f"<w:p><w:pPr>{name}{numbers}</w:pPr>{inner}</w:p>"


def inserted(text):
    return f'<w:ins w:id="1" w:author="a">{run(text)}</w:ins>'


def deleted(text):
    return f'<w:del w:id="2" w:author="a"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def table(*rows):
    width = '<w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>'
    cells = ("".join(f"<w:tc>{width}{para(cell)}</w:tc>" for cell in row) for row in rows)
    grid = '<w:gridCol w:w="2000"/>' * len(rows[0])
    body = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'


def word_file(*body, extra=None, names=()):
    """Return a Word file with these paragraphs; `extra` adds or replaces parts by name."""
    parts = {
        "numbering": NUMBERING,
        "styles": STYLES,
        "document": f"<w:document {W}><w:body>{''.join(body)}</w:body></w:document>",
    }
    kinds = {"document": "document.main", "numbering": "numbering", "styles": "styles"}
    files = {f"word/{name}.xml": text for name, text in parts.items()}
    files["[Content_Types].xml"] = _TYPES.format(
        "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{_KIND.format(kind)}"/>'
            for name, kind in kinds.items()
        )
    )
    files["_rels/.rels"] = _RELS.format(
        f'<Relationship Id="r1" Type="{_RELATION.format("officeDocument")}" Target="word/document.xml"/>'
    )
    files["word/_rels/document.xml.rels"] = _RELS.format(
        "".join(
            f'<Relationship Id="r{name}" Type="{_RELATION.format(name)}" Target="{name}.xml"/>'
            for name in ("numbering", "styles")
        )
    )
    files |= extra or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()
