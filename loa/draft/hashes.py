"""What a draft was made from, as hashes: a change of any of them drops an approval."""

from __future__ import annotations

import hashlib
import json

from loa.campaign import Campaign


def header_hash(campaign: Campaign) -> str:
    """The frame within which a reviewer approved: who speaks, on what basis, to whom, in which fixed words."""
    frame = campaign.model_dump(
        mode="json", include={"id", "title", "author", "lead", "partners", "basis", "audiences", "themes"}
    )
    return sha(json.dumps(frame, ensure_ascii=False, sort_keys=True).encode())


def sha(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
