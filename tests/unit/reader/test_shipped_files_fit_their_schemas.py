"""The schemas of ``loa schema``, tested as an editor uses them: on the files that Loa brings, read as YAML 1.2."""

import functools
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from loa.campaign.model import Campaign
from loa.reader import json_schema
from loa.render.audio.template import AudioTemplate
from loa.render.brand import Brand
from loa.render.template import Preview, Shared, Template
from loa.rules.schema import RuleFile
from loa.workspace import Settings

ROOT = Path(__file__).resolve().parents[3]
KINDS = {
    "loa.yaml": Settings,
    "campaigns/*.yaml": Campaign,
    "loa/rules/data/*.yaml": RuleFile,
    "templates/shared.yaml": Shared,
    "templates/brand.yaml": Brand,
    "templates/brands/*.yaml": Brand,
    "templates/audio/*/template.yaml": AudioTemplate,
    "templates/[!a]*/*/template.yaml": Template,
    "templates/*/*/preview.yaml": Preview,
}
FILES = [(path, model) for pattern, model in KINDS.items() for path in sorted(ROOT.glob(pattern))]


@functools.cache
def validator(model: type[BaseModel]) -> Draft202012Validator:
    return Draft202012Validator(json_schema(model))


class _Editor(yaml.SafeLoader):
    """YAML as the editors' language server reads it: 1.2, where yes and no are words and 18:30 is a text."""


_Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag.rsplit(":", maxsplit=1)[-1] in ("null", "merge")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Editor.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
_Editor.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]*\.[0-9]+$"), list("-+.0123456789"))


def read(text: str) -> Any:
    return yaml.load(text, _Editor)  # noqa: S506 - a safe loader with fewer words for yes and no


@pytest.mark.parametrize(("path", "model"), FILES, ids=[path.relative_to(ROOT).as_posix() for path, _ in FILES])
def test_an_editor_finds_nothing_wrong(path: Path, model: type[BaseModel]) -> None:
    found = [
        (list(error.absolute_path), error.message[:200])
        for error in validator(model).iter_errors(read(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (Template, "title: Thử\nbox: {kind: colum}\n"),
        (Template, "title: Thử\nbox: {kind: text, text: Chào, uppercase: maybe}\n"),
        (Template, "titel: Thử\n"),
        (Template, "title: Thử\nfields: {ten: {requierd: yes}}\n"),
        (Brand, "motif: hoa\n"),
        (Brand, "colours: {deep: '#000000'}\n"),
        (Shared, "formats: {vuong: {width: 1080}}\n"),
        (Preview, "dữ liệu: {}\n"),
        (AudioTemplate, "title: Thử\nfields: {}\nscript: []\n"),
    ],
)
def test_an_editor_underlines_a_slip(model: type[BaseModel], text: str) -> None:
    assert list(validator(model).iter_errors(read(text)))
