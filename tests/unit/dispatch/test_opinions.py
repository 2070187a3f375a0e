"""A reviewer's file is taken in once, whole, and only about the bytes that its proof shows."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from loa import store
from loa.delivery import State
from loa.dispatch import RETURN, Selection, decide, plan, render_plan
from loa.dispatch.approval import standing
from loa.dispatch.audit import doer
from loa.dispatch.opinion_file import signature_of
from loa.dispatch.opinions import open_proof, take_in
from loa.dispatch.people import find_reviewer
from loa.errors import LoaError
from loa.store.audit import Wanted, audit_page
from loa.store.proofs import ProofRow, proof_of
from loa.store.remarks import remarks_of
from loa.store.tables import delivery

from .conftest import FIRST_SLOT, Stage

CAMPAIGN, LIFE = "thu-nghiem", timedelta(days=14)


@pytest.fixture
def proof(stage: Stage) -> ProofRow:
    """Everything of March, made and sent to Lan."""
    end = FIRST_SLOT + timedelta(days=30)
    render_plan(stage.desk, (), end, lambda _done, _total: None)
    plan(stage.desk, end)
    shown = {view.id: view.content_hash for view in stage.views()}
    return open_proof(stage.desk, CAMPAIGN, "Nguyễn Thị Lan", shown, LIFE, doer(None, "cli"))


def _file(folder: Path, proof: ProofRow, *opinions: dict[str, Any], **changes: Any) -> Path:
    said = {
        "proof": proof.id,
        "campaign": proof.campaign_id,
        "reviewer": proof.reviewer_id,
        "saved_at": "2027-02-01T00:00:00.000Z",
        "opinions": [{"decision": "approve", "note": "", "spots": []} | each for each in opinions],
    }
    signed = json.dumps(said | changes)
    path = folder / "y-kien.loa.json"
    whole = {"form": "loa-opinions/1", "signed": signed, "signature": signature_of(signed.encode(), proof.key)}
    path.write_text(json.dumps(whole), "utf-8")
    return path


def _all(proof: ProofRow, **changes: Any) -> list[dict[str, Any]]:
    return [{"id": number, "hash": digest} | changes for number, digest in proof.shown.items()]


def _refused(stage: Stage, path: Path) -> str:
    """The code, after which nothing stands in the book that did not stand there before."""
    before = store.approvals_of(stage.desk.book)
    with pytest.raises(LoaError) as raised:
        take_in(stage.desk, path, "lan")
    assert store.approvals_of(stage.desk.book) == before
    return raised.value.problems()[0].code


def test_everything_approved_in_a_file_may_go_out(stage: Stage, proof: ProofRow, tmp_path: Path) -> None:
    taken = take_in(stage.desk, _file(tmp_path, proof, *_all(proof)), "lan")

    assert {each.outcome for each in taken.results} == {"approved"}
    assert {view.state for view in stage.views()} == {State.APPROVED}


def test_a_proof_that_has_expired_takes_no_file(stage: Stage, proof: ProofRow, tmp_path: Path) -> None:
    path = _file(tmp_path, proof, *_all(proof))
    stage.clock.move_to(proof.until + timedelta(seconds=1))
    assert _refused(stage, path) == "E836"


def test_another_key_and_another_reviewer_are_refused(stage: Stage, proof: ProofRow, tmp_path: Path) -> None:
    assert _refused(stage, _file(tmp_path, replace(proof, key="ab" * 32), *_all(proof))) == "E835"
    assert _refused(stage, _file(tmp_path, proof, *_all(proof), reviewer="binh")) == "E835"
    assert _refused(stage, _file(tmp_path, proof, *_all(proof), campaign="khac")) == "E835"
    assert _refused(stage, _file(tmp_path, replace(proof, id="0" * 16), *_all(proof))) == "E834"


def test_a_signed_file_decides_about_nothing_that_the_proof_did_not_show(
    stage: Stage, proof: ProofRow, tmp_path: Path
) -> None:
    first, *_ = _all(proof)
    assert _refused(stage, _file(tmp_path, proof, first | {"hash": "0" * 64})) == "E833"
    assert _refused(stage, _file(tmp_path, proof, first | {"id": 9_999})) == "E833"


@pytest.mark.parametrize(
    "change",
    [
        {"decision": "publish"},
        {"decision": "return"},
        {"decision": "return", "note": " \n"},
        {"note": "x" * 1_001},
        {"note": 7},
        {"id": "1"},
        {"id": True},
        {"more": 1},
        {"note": "\ud800"},
        {"spots": [{"asset": "0" * 64, "x": 10_001, "y": 0, "words": "a"}]},
        {"spots": [{"asset": "0" * 64, "x": 1, "y": 0, "words": ""}]},
    ],
)
def test_what_no_page_writes_is_refused(stage: Stage, proof: ProofRow, tmp_path: Path, change: dict[str, Any]) -> None:
    first, *_ = _all(proof)
    assert _refused(stage, _file(tmp_path, proof, first | change)) == "E833"
    assert _refused(stage, _file(tmp_path, proof, first, first)) == "E833"


def test_a_file_with_one_bad_remark_is_taken_in_not_at_all(stage: Stage, proof: ProofRow, tmp_path: Path) -> None:
    *others, last = _all(proof)
    spot = {"asset": "0" * 64, "x": 1, "y": 1, "words": "ở đây"}
    assert _refused(stage, _file(tmp_path, proof, *others, last | {"spots": [spot]})) == "E833"
    assert take_in(stage.desk, _file(tmp_path, proof, *others, last), "lan").results, "the proof was not used up"


def test_a_return_that_the_reviewer_could_not_know_of_stands(stage: Stage, proof: ProofRow, tmp_path: Path) -> None:
    decide(stage.desk, Selection(CAMPAIGN), "lan", RETURN, "Sai số liệu")
    taken = take_in(stage.desk, _file(tmp_path, proof, *_all(proof)), "lan")

    assert {each.outcome for each in taken.results} == {"decided since"}
    assert {view.state for view in stage.views()} == {State.AWAITING}


def test_a_return_carries_the_remarks_on_its_picture(stage: Stage, proof: ProofRow, tmp_path: Path) -> None:
    view = next(view for view in stage.views() if view.attachments)
    spot = {"asset": view.attachments[0].sha256, "x": 5_000, "y": 10_000, "words": "Chữ nhỏ"}
    opinion = {"id": view.id, "hash": view.content_hash, "decision": "return", "spots": [spot]}
    take_in(stage.desk, _file(tmp_path, proof, opinion), "lan")

    with stage.desk.book.read() as connection:
        [remark] = remarks_of(connection, view.key)
    assert (remark.words, remark.x, remark.y, remark.person_name) == ("Chữ nhỏ", 5_000, 10_000, "Nguyễn Thị Lan")
    [decision] = store.approvals_of(stage.desk.book)[view.key]
    assert (decision.decision, decision.note) == (RETURN, "Chữ nhỏ")
    assert standing([decision], view.content_hash) == []


def test_what_has_changed_or_gone_since_is_told_and_left_alone(stage: Stage, proof: ProofRow, tmp_path: Path) -> None:
    first = next(iter(proof.shown))
    with stage.desk.book.write() as connection:
        connection.execute(sa.update(delivery).where(delivery.c.id == first).values(content_hash="1" * 64))
    taken = take_in(stage.desk, _file(tmp_path, proof, *_all(proof)), "lan")

    assert {each.delivery_id: each.outcome for each in taken.results}[first] == "changed"
    assert {view.state for view in stage.views() if view.id != first} == {State.APPROVED}
    key = next(each.key for each in taken.results if each.delivery_id == first)
    assert store.approvals_of(stage.desk.book, [key]) == {}


def test_a_proof_that_expired_long_ago_is_forgotten_when_another_is_made(stage: Stage, proof: ProofRow) -> None:
    with stage.desk.book.read() as connection:
        assert proof_of(connection, proof.id) == proof
    stage.clock.advance(proof.until + timedelta(days=91) - stage.clock.now())
    made = open_proof(stage.desk, CAMPAIGN, "Nguyễn Thị Lan", proof.shown, LIFE, doer(None, "cli"))
    with stage.desk.book.read() as connection:
        assert proof_of(connection, proof.id) is None
        assert proof_of(connection, made.id) == made


def test_who_makes_a_proof_stands_in_the_audit_log(stage: Stage, proof: ProofRow) -> None:
    binh = find_reviewer(stage.desk, "binh")
    open_proof(stage.desk, CAMPAIGN, "Nguyễn Thị Lan", proof.shown, LIFE, doer(binh, ""))
    with stage.desk.book.read() as connection:
        (last,) = audit_page(connection, Wanted(deed="make proof"), most=1)
    assert last.person_name == "Trần Văn Bình"
