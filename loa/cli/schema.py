"""``loa schema``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import say

if TYPE_CHECKING:
    from pydantic import BaseModel


def schema(
    folder: Annotated[Path, typer.Option("--folder", help=say("Thư mục để ghi tệp", "Folder to write into"))] = Path(
        "var/schema"
    ),
) -> None:
    """Write a JSON Schema for each kind of YAML file: settings, campaigns, plans, rules, templates and brands."""
    from loa.cli.output import line
    from loa.reader import json_schema

    folder.mkdir(parents=True, exist_ok=True)
    for name, model in _models().items():
        path = folder / f"{name}.schema.json"
        path.write_text(json.dumps(json_schema(model), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        line(path.as_posix())


def _models() -> dict[str, type[BaseModel]]:
    from loa.campaign.model import Campaign
    from loa.campaign.terms import TermFile
    from loa.plan import Plan
    from loa.render.audio.template import AudioTemplate
    from loa.render.brand import Brand
    from loa.render.template import Preview, Shared, Template
    from loa.rules.schema import RuleFile
    from loa.workspace import Settings

    return {
        "loa": Settings,
        "campaign": Campaign,
        "plan": Plan,
        "terms": TermFile,
        "template": Template,
        "audio": AudioTemplate,
        "shared": Shared,
        "brand": Brand,
        "preview": Preview,
        "rules": RuleFile,
    }
