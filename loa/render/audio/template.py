"""``templates/audio/<name>/template.yaml``: the passages of a bulletin in the order in which they are heard."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from loa.errors import Problem, ProblemsFound
from loa.reader import Loaded, load
from loa.reader.fields import Model, Text, YesNo
from loa.render.library import TEMPLATE_FILE, Source, source_of, template_folder
from loa.render.template import BUILT_IN, FIELD, FieldSpec
from loa.render.tree.nodes import When
from loa.workspace import Workspace


class Passage(Model):
    """Something that is said in one go, and the rest after it."""

    name: str = Field(default="", description="Tên phần, ghi trên bản để đọc: Mở đầu, Nội dung…")
    text: Text = Field(description="Lời đọc, có thể chứa {{ trường }}")
    each: str = Field(default="", description="Đọc lại cho từng phần tử của danh sách này (item.…, number)")
    when: When | None = Field(default=None, description="Điều kiện có phần này")
    pause: float = Field(default=0.8, ge=0, le=10, description="Nghỉ sau phần này (giây)")


class AudioTemplate(Model):
    """The whole file."""

    title: Text = Field(description="Tên mẫu")
    about: str = Field(default="", description="Giới thiệu mẫu")
    fields: dict[str, FieldSpec] = Field(description="Các trường dữ liệu của mẫu")
    script: tuple[Passage, ...] = Field(
        min_length=1, max_length=40, description="Các phần của bản tin, theo thứ tự đọc"
    )
    chime: YesNo = Field(default=True, description="Có nhạc hiệu trước và sau bản tin")
    longest: float = Field(default=5, gt=0, le=30, description="Thời lượng dài nhất (phút)")


def load_audio(ws: Workspace, name: str) -> AudioTemplate:
    """The template of a bulletin.

    Raises:
        RenderError: E401, there is no such template.
        ProblemsFound: everything that is wrong in its file.
    """
    return _read(source_of(ws, template_folder(ws, name) / TEMPLATE_FILE))


@lru_cache(maxsize=16)
def _read(source: Source) -> AudioTemplate:
    loaded = load(source.path, AudioTemplate, source.shown)
    if problems := _problems(loaded):
        raise ProblemsFound(problems)
    return loaded.value


def _problems(loaded: Loaded[AudioTemplate]) -> list[Problem]:
    known = set(loaded.value.fields) | BUILT_IN
    return [
        Problem("E411", {"field": name}, loaded.place_of(("script", index, "text")), tuple(sorted(known)))
        for index, passage in enumerate(loaded.value.script)
        for name in FIELD.findall(passage.text)
        if name.split(".")[0] not in known
    ]
