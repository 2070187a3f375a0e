"""``loa schema``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from loa.cli.language import say


def schema(
    folder: Annotated[Path, typer.Option("--folder", help=say("Thư mục để ghi tệp", "Folder to write into"))] = Path(
        "var/schema"
    ),
) -> None:
    """Write loa.schema.json and campaign.schema.json."""
    from loa.campaign.model import Campaign
    from loa.cli.output import line
    from loa.reader import json_schema
    from loa.workspace import Settings

    folder.mkdir(parents=True, exist_ok=True)
    for name, model in (("loa", Settings), ("campaign", Campaign)):
        path = folder / f"{name}.schema.json"
        path.write_text(json.dumps(json_schema(model), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        line(path.as_posix())
