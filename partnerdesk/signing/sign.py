"""One signature: one increment to the PDF, made with a key that is dropped at once."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from partnerdesk.errors import UserError
from partnerdesk.language import _
from partnerdesk.signing.authority import (
    Authority,
    OneTimeSigner,
    endorsed_signer,
    one_time_signer,
)
from partnerdesk.signing.marks import Appearance, Mark, Outlines, appearance
from partnerdesk.signing.own import OwnCertificate
from partnerdesk.signing.pictures import Picture

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko.stamp import StaticStampStyle


@dataclass(frozen=True)
class SignatureRequest:
    """Who signs which prepared field, and how it shall look.

    `first` certifies the file (later signatures may only fill the prepared fields);
    `when` is aware and comes from this computer's clock. `own` is the organisation's own
    certificate where it signs with that instead of a one-time key.
    """

    field: str
    name: str
    organisation: str
    role: str
    reason: str
    location: str
    mark: Mark
    first: bool
    when: datetime
    own: OwnCertificate | None = None


def sign(
    pdf: bytes, request: SignatureRequest, authority: Authority, *, outlines: Outlines
) -> bytes:
    """Return `pdf` with one more signature (PAdES B-B); the bytes of `pdf` stay its beginning.

    Raises UserError when a name is missing, the mark is empty, or the field is absent or
    signed already, or the charter is closed.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError

    if not request.name.strip():
        raise UserError(_("A signature needs a name. Please type who signs."), code="sign-name")
    try:
        writer = _kinds().writer(io.BytesIO(pdf))
        place = _place(writer, request.field)
        looks = appearance(request.mark, place.width, place.height, _captions(request), outlines)
        signer = _certified(request, authority)
        pdf_signer = _kinds().signer(
            _metadata(request, place),
            _simple_signer(signer, authority),
            stamp_style=_stamp(writer, looks),
            when=request.when,
        )
        output = io.BytesIO()
        pdf_signer.sign_pdf(writer, output=output, existing_fields_only=True)
    except (SigningError, PdfError) as problem:
        raise UserError(
            _("This charter takes no such signature. Nothing was changed. Check who is next."),
            code="sign-closed",
        ) from problem
    return output.getvalue()


def _certified(request: SignatureRequest, authority: Authority) -> OneTimeSigner:
    who = (request.name, request.organisation, request.role, request.when)
    if request.own is not None:
        return endorsed_signer(authority, request.own, *who)
    return one_time_signer(authority, *who)


@dataclass(frozen=True)
class _Kinds:
    """Our two small changes to pyHanko's classes, made when pyHanko is first needed."""

    writer: type[IncrementalPdfFileWriter]
    signer: Callable[..., PdfSigner]


@cache
def _kinds() -> _Kinds:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSigner

    class ArchivalWriter(IncrementalPdfFileWriter):
        """Keeps a PDF/A-3 file PDF/A-3: no version 2.0, and the XMP stays as it is."""

        def ensure_output_version(self, version: tuple[int, int]) -> None:
            parent: Any = super()
            parent.ensure_output_version(min(version, (1, 7)))

        def _update_meta(self) -> None:
            pass

    class TimedSigner(PdfSigner):
        """Signs at the moment the ceremony gives instead of at its own reading of the clock."""

        def __init__(self, *args: Any, when: datetime, **options: Any) -> None:
            super().__init__(*args, **options)
            self._when = when

        def init_signing_session(self, *args: Any, **options: Any) -> Any:
            session = super().init_signing_session(*args, **options)
            session.system_time = self._when
            return session

    return _Kinds(ArchivalWriter, TimedSigner)


@dataclass(frozen=True)
class _Place:
    """A prepared, still empty field: its size in points, and whether it closes the file."""

    width: float
    height: float
    closes: bool


def _place(writer: IncrementalPdfFileWriter, field: str) -> _Place:
    from pyhanko.sign.fields import enumerate_sig_fields

    for name, value, reference in enumerate_sig_fields(writer.prev):
        if name == field and value is None:
            widget = reference.get_object()
            left, foot, right, head = (float(edge) for edge in widget["/Rect"])
            closes = "/Lock" in widget and widget["/Lock"].get("/P") == 1
            return _Place(abs(right - left), abs(head - foot), closes)
    raise UserError(
        _("This place is signed already, or is not in this charter. Nothing was changed."),
        code="sign-field",
    )


def _captions(request: SignatureRequest) -> tuple[str, ...]:
    when = request.when.strftime("%Y-%m-%d %H:%M %z")
    who = ", ".join(_isolated(request.name, request.role))
    where = " · ".join(_isolated(when, request.location))
    return tuple(line for line in (who, request.organisation, where) if line.strip())


def _isolated(*parts: str) -> list[str]:
    """Return the parts that say something, each kept from turning its neighbours around."""
    return [f"\u2068{part}\u2069" for part in parts if part.strip()]


def _metadata(request: SignatureRequest, place: _Place) -> PdfSignatureMetadata:
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    return PdfSignatureMetadata(
        field_name=request.field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=request.first,
        docmdp_permissions=MDPPerm.NO_CHANGES if place.closes else MDPPerm.FILL_FORMS,
        name=request.name,
        contact_info="\n".join((request.organisation, request.role)),
        reason=request.reason or None,
        location=request.location or None,
    )


def _simple_signer(signer: OneTimeSigner, authority: Authority) -> SimpleSigner:
    from asn1crypto import keys, x509
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    certificates = SimpleCertificateStore()
    certificates.register(x509.Certificate.load(authority.certificate))
    return SimpleSigner(
        x509.Certificate.load(signer.certificate),
        keys.PrivateKeyInfo.load(signer.private_key),
        certificates,
    )


def _stamp(writer: IncrementalPdfFileWriter, looks: Appearance) -> StaticStampStyle:
    from pyhanko.pdf_utils.content import PdfResources, RawContent
    from pyhanko.pdf_utils.generic import DictionaryObject, NameObject
    from pyhanko.pdf_utils.layout import (
        AxisAlignment,
        BoxConstraints,
        InnerScaling,
        Margins,
        SimpleBoxLayoutRule,
    )
    from pyhanko.stamp import StaticStampStyle

    resources = PdfResources()
    if looks.picture is not None:
        image = writer.add_object(_image(looks.picture))
        resources.xobject = DictionaryObject({NameObject("/Mark"): image})
    box = BoxConstraints(looks.width, looks.height)
    content = RawContent(looks.operators, resources=resources, box=box)
    edge_to_edge = SimpleBoxLayoutRule(
        AxisAlignment.ALIGN_MIN,
        AxisAlignment.ALIGN_MIN,
        Margins(0, 0, 0, 0),
        InnerScaling.NO_SCALING,
    )
    return StaticStampStyle(
        background=content,
        background_layout=edge_to_edge,
        border_width=0,
        background_opacity=1.0,
    )


def _image(picture: Picture) -> Any:
    from pyhanko.pdf_utils.generic import NameObject, NumberObject, StreamObject

    space = "/DeviceGray" if picture.colours == 1 else "/DeviceRGB"
    return StreamObject(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(picture.width),
            NameObject("/Height"): NumberObject(picture.height),
            NameObject("/ColorSpace"): NameObject(space),
            NameObject("/BitsPerComponent"): NumberObject(8),
            NameObject("/Filter"): NameObject("/FlateDecode"),
        },
        encoded_data=picture.deflated,
    )
