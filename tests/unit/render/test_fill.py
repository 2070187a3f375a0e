import unicodedata

from loa.render.template import Template
from loa.render.tree.fill import Scope, grow

TEMPLATE = Template.model_validate(
    {
        "title": "Thử",
        "formats": {"square": {"width": "300", "height": "300"}},
        "fields": {"title": {}, "facts": {"list": "yes"}},
        "parts": {"line": {"kind": "text", "text": "{{ item.value }}{{ item.unit }}"}},
        "box": {
            "kind": "column",
            "children": [
                {"kind": "text", "text": "{{ title }}"},
                {"kind": "text", "text": "một hoặc hai", "when": {"count": "facts", "least": "1", "most": "2"}},
                {"kind": "text", "text": "chỉ story", "when": {"formats": ["story"]}},
                {"kind": "row", "each": "facts", "children": [{"kind": "use", "part": "line"}]},
            ],
        },
    }
)


def texts(data: dict[str, object]) -> list[str]:
    assert TEMPLATE.box is not None
    (root,) = grow(TEMPLATE, TEMPLATE.box, Scope(data, "square"))
    found = [child.get("text") for child in root.children if child.kind == "text"]
    return found + [child.children[0].get("text") for child in root.children if child.kind == "row"]


def test_fields_conditions_repetitions_and_parts() -> None:
    facts = [{"value": "50", "unit": "%"}, {"value": "3", "unit": " xã"}]
    assert texts({"title": "Xin chào", "facts": facts}) == ["Xin chào", "một hoặc hai", "50%", "3 xã"]


def test_an_empty_text_leaves_no_box() -> None:
    assert texts({"facts": []}) == []


def test_the_words_of_the_data_are_never_substituted_again() -> None:
    assert texts({"title": "{{ facts }} {{title}}", "facts": []}) == ["{{ facts }} {{title}}"]


def test_text_is_composed() -> None:
    (title,) = texts({"title": unicodedata.normalize("NFD", "Chuyển đổi số"), "facts": []})
    assert title == "Chuyển đổi số"


def test_short_leaves_the_scheme_off_an_address() -> None:
    scope = Scope({"unit": {"portal": "https://www.dichvucong.gov.vn/"}}, "square")
    assert scope.fill("{{ unit.portal.short }}") == "dichvucong.gov.vn"
