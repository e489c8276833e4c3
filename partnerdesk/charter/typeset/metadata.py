"""What an archive wants to know: title, dates, conformance, colours and attached files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from partnerdesk.charter.typeset.colour_profile import srgb
from partnerdesk.charter.typeset.objects import (
    Name,
    array,
    ascii_text,
    dictionary,
    open_stream,
    raw,
    stream,
    text,
)


@dataclass(frozen=True)
class About:
    """A document's description; `made` is its date in UTC, for equal bytes taken from its text."""

    title: str
    language: str
    made: datetime
    author: str = ""
    subject: str = ""
    creator: str = "PartnerDesk"
    keywords: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file inside the document, which holds the same content as data."""

    name: str
    mime: str
    data: bytes
    description: str


def output_intents(document: Any) -> Any:
    """Return the output intents: sRGB."""
    profile = stream(srgb(), {"N": 3})
    intent = dictionary(
        Type=Name("OutputIntent"),
        S=Name("GTS_PDFA1"),
        OutputConditionIdentifier=ascii_text("sRGB"),
        Info=ascii_text("sRGB IEC61966-2.1"),
        RegistryName=ascii_text("http://www.color.org"),
        DestOutputProfile=document.Reference(profile),
    )
    return array([intent])


def file_specification(document: Any, attachment: Attachment, made: datetime) -> Any:
    """Return the reference of an embedded file that carries the document's data."""
    file = stream(attachment.data, {"Type": Name("EmbeddedFile")})
    # ReportLab's names do not escape the slash.
    file.dictionary["Subtype"] = "/" + attachment.mime.replace("/", "#2F")
    file.dictionary["Params"] = dictionary(
        ModDate=ascii_text(made.strftime("D:%Y%m%d%H%M%SZ")),
        Size=len(attachment.data),
        CheckSum=raw(hashlib.md5(attachment.data, usedforsecurity=False).digest()),
    )
    place = document.Reference(file)
    return document.Reference(
        dictionary(
            Type=Name("Filespec"),
            F=ascii_text(attachment.name),
            UF=text(attachment.name),
            Desc=text(attachment.description),
            AFRelationship=Name("Data"),
            EF=dictionary(F=place, UF=place),
        )
    )


def xmp_stream(about: About, producer: str) -> Any:
    """Return the metadata stream: PDF/A-3a, PDF/UA-1, and what `about` says."""
    return open_stream(
        _xmp(about, producer).encode("utf-8"),
        {"Type": Name("Metadata"), "Subtype": Name("XML")},
    )


def _xmp(about: About, producer: str) -> str:
    when = about.made.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title>{_alternative(about.title)}</dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description>{_alternative(about.subject)}</dc:description>
<dc:language><rdf:Bag><rdf:li>{escape(about.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{when}</xmp:CreateDate>
<xmp:ModifyDate>{when}</xmp:ModifyDate>
<xmp:MetadataDate>{when}</xmp:MetadataDate>
<xmp:CreatorTool>{escape(about.creator)}</xmp:CreatorTool>
<pdf:Producer>{escape(producer)}</pdf:Producer>
<pdf:Keywords>{escape(about.keywords)}</pdf:Keywords>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
{_UA_SCHEMA}
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def _alternative(words: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(words)}</rdf:li></rdf:Alt>'


# PDF/A knows no pdfuaid, so the file must describe it.
_UA_SCHEMA = """<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
