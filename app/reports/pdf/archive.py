"""PDF/A-2b: what a file needs to be read in fifty years (ISO 19005-2). Fonts are embedded anyway; here come
the colour space and the metadata that say so. Nothing else of ours is forbidden there: no scripts, no
encryption, no outside parts.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from app.reports.blocks import Document

PRODUCER = "Wellside, ReportLab"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>{creator}</xmp:CreatorTool><xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer><pdf:Keywords>{keywords}</pdf:Keywords>
</rdf:Description></rdf:RDF></x:xmpmeta>
{padding}
<?xpacket end="w"?>"""


class _Plain(pdfdoc.PDFStream):
    """Not compressed: metadata is to be read without knowing PDF."""

    def format(self, document: Any) -> bytes:
        entries = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Metadata"),
                "Subtype": pdfdoc.PDFName("XML"),
                "Length": len(self.content),
            }
        )
        return bytes(entries.format(document)) + b"\nstream\n" + bytes(self.content) + b"\nendstream\n"


def prepare(canvas: Canvas, document: Document) -> None:
    """Before the file is written."""
    pdf = canvas._doc
    metadata = _Plain(content=_metadata(pdf, document).encode())
    pdf.Catalog.Metadata = metadata
    catalog = pdf.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = pdfdoc.PDFArray([_output_intent(pdf)])


def _metadata(pdf: Any, document: Document) -> str:
    year, month, day, hour, minute, second = pdf._timeStamp.YMDhms
    sign = "-" if pdf._timeStamp.dhh < 0 else "+"
    offset = f"{sign}{abs(pdf._timeStamp.dhh):02d}:{pdf._timeStamp.dmm:02d}"
    date = f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}{offset}"
    return _XMP.format(
        title=escape(document.title),
        author=escape(document.author or document.company or "Wellside"),
        subject=escape(document.subtitle),
        creator="Wellside",
        date=date,
        producer=PRODUCER,
        keywords=escape(document.keywords),
        padding="\n".join([" " * 100] * 20),
    )


def _output_intent(pdf: Any) -> Any:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    stream = pdfdoc.PDFStream(
        pdfdoc.PDFDictionary({"N": 3, "Alternate": pdfdoc.PDFName("DeviceRGB")}),
        profile,
        [pdfdoc.PDFZCompress],
    )
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString("sRGB IEC61966-2.1"),
            "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": pdf.Reference(stream),
        }
    )
