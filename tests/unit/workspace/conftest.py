from collections.abc import Callable
from pathlib import Path

import pytest

SETTINGS = """\
body:
  name: Ủy ban nhân dân tỉnh Nghệ An
  short_name: UBND tỉnh Nghệ An
  unit: tinh-nghe-an
units:
  file: units.csv
accounts:
  - id: fb-kim-lien
    channel: facebook
    unit: xa-kim-lien
    name: Xã Kim Liên
    settings:
      page_id: "1001"
    secrets:
      token: fb-kim-lien
reviewers:
  - id: anh-hai
    name: Nguyễn Văn Hải
"""
UNITS = """\
code,name,parent,hotline,portal,address,logo,valid_from,valid_to,successors
tinh-nghe-an,Tỉnh Nghệ An,,02383840000,https://dichvucong.nghean.gov.vn,"Số 3, đường Trường Thi",,,,
xa-kim-lien,Xã Kim Liên,tinh-nghe-an,0238 1022,,,,2025-07-01,,
xa-cu,Xã Cũ,tinh-nghe-an,,,,,,2025-06-30,xa-kim-lien
"""

Maker = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    """Writes a workspace; each argument replaces one of its files."""

    def write(settings: str = SETTINGS, units: str = UNITS) -> Path:
        root = tmp_path / "noi-lam-viec"
        root.mkdir(exist_ok=True)
        (root / "loa.yaml").write_text(settings, encoding="utf-8")
        (root / "units.csv").write_text(units, encoding="utf-8")
        return root

    return write
