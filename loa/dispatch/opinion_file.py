"""What a reviewer's proof saves: a signed text of opinions. Read strictly, before anybody looks into the book."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from loa.dispatch.remarks import LONGEST
from loa.errors import Place, Problem, ProblemsFound
from loa.store.remarks import WHOLE
from loa.text import nfc

MOST_BYTES = 4_000_000
FORM = "loa-opinions/1"
_MOST_OPINIONS, _MOST_SPOTS = 20_000, 100
_Read = TypeVar("_Read", bound=BaseModel)


def _said(text: str) -> str:
    text.encode()  # half a letter, which no book can keep, is a ValueError
    return nfc(text).replace("\0", "").strip()


Words = Annotated[str, Field(max_length=LONGEST), AfterValidator(_said)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Decision = Literal["approve", "return", "remark"]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class SpotRemark(_Strict):
    """Words on a spot of a picture, in ten-thousandths of its width and height."""

    asset: Digest
    x: Annotated[int, Field(ge=0, le=WHOLE)]
    y: Annotated[int, Field(ge=0, le=WHOLE)]
    words: Annotated[Words, Field(min_length=1)]


class Opinion(_Strict):
    """What the reviewer says of one delivery with just these bytes."""

    id: Annotated[int, Field(ge=1)]
    hash: Digest
    decision: Decision
    note: Words = ""
    spots: Annotated[list[SpotRemark], Field(max_length=_MOST_SPOTS)] = []

    @model_validator(mode="after")
    def _says_something(self) -> Opinion:
        if self.decision != "approve" and not self.note and not self.spots:
            raise ValueError(f"{self.decision}: note")
        return self


class Opinions(_Strict):
    """Everything that the reviewer of one proof says."""

    proof: Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
    campaign: Annotated[str, Field(max_length=200)]
    reviewer: Annotated[str, Field(max_length=200)]
    saved_at: Annotated[str, Field(max_length=40)]
    opinions: Annotated[list[Opinion], Field(min_length=1, max_length=_MOST_OPINIONS)]

    @model_validator(mode="after")
    def _once_each(self) -> Opinions:
        if len({each.id for each in self.opinions}) < len(self.opinions):
            raise ValueError("opinions: id × 2")
        return self


class _Envelope(_Strict):
    form: Literal["loa-opinions/1"]
    signed: str
    signature: Digest


@dataclass(frozen=True, slots=True)
class OpinionFile:
    """A file as it was read: what it says, and the signature that has not been checked yet."""

    said: Opinions
    signed: bytes
    signature: str
    sha256: str

    def is_signed_with(self, key: str) -> bool:
        """Whether somebody signed it who had this key (hexadecimal)."""
        return hmac.compare_digest(signature_of(self.signed, key), self.signature)


def signature_of(signed: bytes, key: str) -> str:
    """HMAC-SHA-256 in hexadecimal."""
    return hmac.new(bytes.fromhex(key), signed, hashlib.sha256).hexdigest()


def read_opinions(path: Path) -> OpinionFile:
    """Read a file of opinions.

    Raises:
        ProblemsFound: E101 it cannot be opened; E833 it is too large, or not what a proof saves (with the place).
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ProblemsFound([Problem("E101", {"reason": error.strerror or str(error)}, Place(str(path)))]) from error
    if len(data) > MOST_BYTES:
        raise _refused(path, f"> {MOST_BYTES // 1_000_000} MB")
    envelope = _parsed(path, data, _Envelope)
    signed = envelope.signed.encode("utf-8", "surrogatepass")
    return OpinionFile(
        _parsed(path, signed, Opinions, inside=True), signed, envelope.signature, hashlib.sha256(data).hexdigest()
    )


def _parsed(path: Path, data: bytes, shape: type[_Read], *, inside: bool = False) -> _Read:
    """JSON of this shape. A place is told for the file itself; the text inside it has its own lines."""
    try:
        return shape.model_validate(json.loads(data.decode(), parse_constant=_no_number, object_pairs_hook=_once))
    except json.JSONDecodeError as error:
        line, column = (0, 0) if inside else (error.lineno, error.colno)
        raise _refused(path, error.msg, line, column) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise _refused(path, f"{_where(first['loc'])}: {first['msg']}") from error
    except (ValueError, RecursionError) as error:
        raise _refused(path, str(error)) from error


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """What is said twice in one object would be read in two ways."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"{name} × 2")
        found[name] = value
    return found


def _no_number(name: str) -> None:
    raise ValueError(name)


def _where(location: tuple[int | str, ...]) -> str:
    """``opinions[3].note``."""
    return "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in location).lstrip(".") or "JSON"


def _refused(path: Path, detail: str, line: int = 0, column: int = 0) -> ProblemsFound:
    return ProblemsFound([Problem("E833", {"detail": detail}, Place(str(path), line, column))])
