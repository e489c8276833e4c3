"""Every file of the attack corpus is refused, for a reason of its class."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from partnerdesk.signing.authority import Authority, new_authority, one_time_signer
from partnerdesk.signing.report import Known, Verdict, told
from partnerdesk.signing.sign import sign
from partnerdesk.signing.verify import verify
from partnerdesk.signing.words import fingerprint
from tests.core.signing.ceremony import AT, CHARTER, NAMES, codes, outlines, prepared, request
from tests.core.signing.corpus import CORPUS, EVERY

Charters = dict[tuple[int, int], bytes]
SAVED = {"ranges", "unreadable"}
ADDED = {"appended", "later", "unreadable"}
REASONS = {
    "forged": {"broken", "container", *ADDED, "ranges"},
    "wrapped": {"container", *SAVED},
    "shadow": ADDED,
    "pages": ADDED | SAVED,
    "place": {"fields"},
    "catalogue": ADDED | {"broken"},
    "attachment": ADDED,
    "table": ADDED,
    "streams": SAVED,
    "linearized": SAVED,
    "polyglot": {"not-pdf", *ADDED},
}
TITLE = "Lake Basin Charter, version 1"


def test_the_corpus_has_over_a_hundred_distinct_files(charters: Charters) -> None:
    made = {hashlib.sha256(attack(charters[3, 3])).digest() for attack in EVERY.values()}
    assert len(made) == len(EVERY) >= 100


@pytest.mark.parametrize("state", [(1, 1), (3, 3), (1, 3)])
@pytest.mark.parametrize("name", CORPUS)
def test_an_attack_is_refused_for_a_reason_of_its_class(
    charters: Charters, known: Known, name: str, state: tuple[int, int]
) -> None:
    report = verify(CORPUS[name](charters[state]), known)
    assert report.verdict is not Verdict.UNCHANGED
    assert codes(report) & REASONS[name.split()[0]], codes(report)
    assert "You can rely" not in told(report)


def forged(authority: Authority, **changes: object) -> bytes:
    """Return a charter with one signature by this authority."""
    return sign(prepared(1), request(0, **changes), authority, outlines=outlines)


@pytest.mark.parametrize(
    "name",
    [
        NAMES[0],
        "\u0410mina Odhiambo",  # with a Cyrillic letter
        "\u202eobmaihdO animA",  # turned round
        "Amina\u200b Odhiambo",  # with a space of no width
    ],
)
def test_a_forger_with_the_same_or_a_similar_name_is_not_known(known: Known, name: str) -> None:
    report = verify(forged(new_authority(TITLE, AT), name=name), known)
    assert report.verdict is Verdict.CANNOT_TELL
    assert codes(report) - {"mixed-letters", "hidden-marks"} == {"unknown"}
    assert "\u202e" not in report.signers[0].name
    assert "\u200b" not in report.signers[0].name


def test_an_expired_authority_of_a_forger_is_not_known(known: Known) -> None:
    old = new_authority(TITLE, AT - timedelta(days=365 * 40))
    report = verify(forged(old, when=AT - timedelta(days=365 * 35)), known)
    assert "unknown" in codes(report)
    assert report.verdict is Verdict.CANNOT_TELL


def test_a_signatory_cannot_act_as_the_authority(authority: Authority, known: Known) -> None:
    lone = one_time_signer(authority, NAMES[0], "", "", AT)
    report = verify(forged(Authority(lone.certificate, lone.private_key)), known)
    assert "issuer" in codes(report)
    assert report.verdict is Verdict.CANNOT_TELL


def test_the_words_of_a_forger_prove_only_the_forgers_file(value: str) -> None:
    forger = new_authority(TITLE, AT)
    mark = fingerprint(hashlib.sha256(CHARTER).hexdigest(), forger.certificate)
    assert mark != value
    report = verify(forged(forger), Known(frozenset({value})))
    assert report.fingerprint == mark
