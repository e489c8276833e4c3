"""A charter as a value: final words for people, with the ids and levels they stand for beside."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from partnerdesk.model.bars import BarChart
from partnerdesk.model.changes import ClauseChange
from partnerdesk.model.partnership import Authority
from partnerdesk.model.record import JournalHead
from partnerdesk.model.round import ClauseType, Method, Standing

Value = None | int | str
OPTIONAL = {"optional": True}  # canonical JSON leaves the field out where it says nothing new


class CharterStatus(Enum):
    """Whether the charter is still a draft or the text that is signed."""

    DRAFT = "draft"
    SIGNED = "signed"


class CharterKind(Enum):
    """Whether this is a charter, or the statement that ends one."""

    CHARTER = "charter"
    CLOSING = "closing"


class ClauseFate(Enum):
    """What the consent round made of a clause; the names are those of the adoption rule."""

    ADOPTED = "adopted"
    WITH_RESERVATIONS = "with_reservations"
    BLOCKED = "blocked"
    OPEN = "open"
    PENDING = "pending"


@dataclass(frozen=True)
class Representative:
    """One person who speaks for a party, and how far that person's word goes."""

    id: str
    name: str
    role: str
    authority: Authority
    authority_words: str
    language: str = "en"


@dataclass(frozen=True)
class PartyEntry:
    """One party of the charter; `index` gives its colour and shape, `id` is its partner's id.

    `logo` is a small PNG in hexadecimal, or ''; `logo_words` say what it shows.
    """

    id: str
    index: int
    name: str
    short: str
    type: str = ""
    role: str = ""
    country: str = ""
    mission: str = ""
    representatives: tuple[Representative, ...] = ()
    logo: str = field(default="", metadata=OPTIONAL)
    logo_words: str = field(default="", metadata=OPTIONAL)


@dataclass(frozen=True)
class Heading:
    """A heading inside a section, one level below the section's title."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; `party` is the id of the party whose words they are, or ''."""

    text: str
    party: str = ""


@dataclass(frozen=True)
class Notice:
    """A plain statement about the charter itself; `open` where it names an open matter."""

    text: str
    open: bool = False


@dataclass(frozen=True)
class Definition:
    """A term and what stands beside it; `value` is the bare datum behind the words."""

    term: str
    text: str
    value: Value = None


@dataclass(frozen=True)
class Definitions:
    """A list of terms with their texts, under a title that may be ''."""

    title: str
    entries: tuple[Definition, ...]


@dataclass(frozen=True)
class TableColumn:
    """One column: its heading, and its share of the width, 1 or more."""

    id: str
    text: str
    weight: int = 1


@dataclass(frozen=True)
class Cell:
    """One cell's words; `value` is the id, level or key that the words stand for."""

    text: str
    value: Value = None


@dataclass(frozen=True)
class TableRow:
    """One row, a cell for each column; `party` marks the row as one party's, or is ''."""

    cells: tuple[Cell, ...]
    party: str = ""


@dataclass(frozen=True)
class Table:
    """A titled table; every row has as many cells as there are columns."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class LadderBar:
    """One party's ladder total over all decisions, today and as the partners want it."""

    party: str
    name: str
    today: int
    wanted: int


@dataclass(frozen=True)
class LadderChart:
    """Paired bars of decision power, one pair for each party, each from 0 to `top`.

    It is made only from levels that every partner agreed. `description` says in words what
    the bars show.
    """

    title: str
    description: str
    top: int
    bars: tuple[LadderBar, ...]


@dataclass(frozen=True)
class ConsentEntry:
    """One party's level on a clause, 1 to 8 or 0 for none yet; `reservation` is verbatim."""

    party: str
    name: str
    level: int
    words: str
    reservation: str = ""
    stale: bool = False


@dataclass(frozen=True)
class Translation:
    """A clause's text in another language."""

    language: str
    text: str


@dataclass(frozen=True)
class ClauseEntry:
    """One clause as printed: its number such as "C9.1", text, reach, origin, and consents.

    `affects` and `owner` are party ids, `affects_words` and `owner_words` their names.
    `date` is an ISO day or ''. `binds_words` says whom the clause binds.
    """

    number: str
    id: str
    section: str
    type: ClauseType
    type_words: str
    text: str
    state: ClauseFate
    state_words: str
    affects: tuple[str, ...] = ()
    affects_words: str = ""
    binds_words: str = ""
    owner: str = ""
    owner_words: str = ""
    date: str = ""
    origin: str = ""
    origin_words: str = ""
    consents: tuple[ConsentEntry, ...] = ()
    translations: tuple[Translation, ...] = field(default=(), metadata=OPTIONAL)

    def text_in(self, language: str) -> str:
        """Return the text in this language where it was translated, or as it was written."""
        return next((t.text for t in self.translations if t.language == language), self.text)


@dataclass(frozen=True)
class SignatureBlock:
    """The place where one signatory signs; `number` counts from 1 in the agreed order.

    `signs_as_words` is '' for an organisation, which is the usual case.
    """

    number: int
    signatory: str
    party: str
    party_name: str
    name: str
    role: str
    authority: Authority
    authority_words: str
    method: Method
    method_words: str
    read_in: str = ""
    read_in_words: str = ""
    read_by: str = ""
    witness: str = ""
    signs_as: Standing = field(default=Standing.ORGANISATION, metadata=OPTIONAL)
    signs_as_words: str = field(default="", metadata=OPTIONAL)


Block = (
    Heading
    | Paragraph
    | Notice
    | Definitions
    | Table
    | LadderChart
    | BarChart
    | ClauseEntry
    | SignatureBlock
    | ClauseChange
)


@dataclass(frozen=True)
class Section:
    """One section "C1" to "C20", or one annex "A" to "H"."""

    code: str
    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class InLanguage:
    """The same sections, annexes and changes in another language, block for block."""

    language: str
    sections: tuple[Section, ...]
    annexes: tuple[Section, ...]
    changes: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Charter:
    """One version of a charter, complete: all that is printed, and nothing of a store.

    `place` and `date` (ISO) are those of the last session; `page` is "A4" or "Letter";
    `journal` is the head that paper fixes. `practice` marks a charter of invented people.
    `scale` is the size of print in percent. A `public` version names no people; `full_words` are
    the fingerprint words of the full charter it comes from, or () where that is a draft.
    `changes` is the section that says what differs from the version before, or ().
    `others` holds the further languages; `prevailing` is the code of the one that counts where
    they differ, '' where all are equal; `parallel` sets two languages side by side.
    """

    id: str
    title: str
    purpose: str
    language: str
    page: str
    version: int
    status: CharterStatus
    place: str
    date: str
    parties: tuple[PartyEntry, ...]
    sections: tuple[Section, ...]
    annexes: tuple[Section, ...]
    journal: JournalHead
    practice: bool = False
    scale: int = field(default=100, metadata=OPTIONAL)
    public: bool = field(default=False, metadata=OPTIONAL)
    full_words: tuple[str, ...] = field(default=(), metadata=OPTIONAL)
    kind: CharterKind = field(default=CharterKind.CHARTER, metadata=OPTIONAL)
    changes: tuple[Section, ...] = field(default=(), metadata=OPTIONAL)
    others: tuple[InLanguage, ...] = field(default=(), metadata=OPTIONAL)
    prevailing: str = field(default="", metadata=OPTIONAL)
    parallel: bool = field(default=True, metadata=OPTIONAL)

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the codes of all languages that it is printed in, the leading one first."""
        return (self.language, *(other.language for other in self.others))

    def section(self, code: str) -> Section | None:
        """Return the section or annex with this code, or None."""
        return next((s for s in self.sections + self.annexes if s.code == code), None)

    def party(self, party_id: str) -> PartyEntry | None:
        """Return the party with this id, or None."""
        return next((p for p in self.parties if p.id == party_id), None)

    def clauses(self) -> tuple[ClauseEntry, ...]:
        """Return every clause that is printed, adopted or not, in the order of the text."""
        blocks = (block for section in self.sections for block in section.blocks)
        return tuple(block for block in blocks if isinstance(block, ClauseEntry))

    def signature_blocks(self) -> tuple[SignatureBlock, ...]:
        """Return the places to sign in the agreed order."""
        blocks = (block for section in self.sections for block in section.blocks)
        return tuple(block for block in blocks if isinstance(block, SignatureBlock))


@dataclass(frozen=True)
class Seal:
    """What fixes a version: the text's digest, the authority's, and the words for both.

    `digest`, `certificate_digest` and `fingerprint` are SHA-256 in lower-case hex;
    `fingerprint` covers the two digests together and `words` are its eight words.
    """

    digest: str
    fingerprint: str
    words: tuple[str, ...]
    certificate_digest: str


@dataclass(frozen=True)
class Ink:
    """What of a version is signed on paper: who keeps it, and whether everybody signed so."""

    keepers: tuple[str, ...] = ()
    everybody: bool = False


NO_INK = Ink()
"""Nothing is signed on paper."""
