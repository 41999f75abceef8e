"""A prompt is a file with declared fields; what does not fit is refused with the reason."""

import hashlib

import pytest

from drafter.errors import UsageError
from drafter.writing.prompts import fill_prompt, load_prompt, read_prompt

FIELDS = {
    "heading": "二、综治",
    "role": "body",
    "unit": "柳河社区",
    "period": "",
    "facts": "F1 调解{F1.1}",
    "expressions": "",
    "models": "",
    "manner": "",
    "fence": "abc",
    "reasons": "",
}
OWN = "---\nname: section\nneeds: [facts]\n---\n规矩\n===\n{{ facts }}\n===\n再写\n"


def test_the_prompt_that_comes_with_drafter_is_whole():
    prompt = load_prompt("section")

    assert prompt.needs == set(FIELDS)
    assert "F1 调解{F1.1}" in fill_prompt(prompt, "task", FIELDS)
    assert "不认的理由" in fill_prompt(prompt, "again", {**FIELDS, "reasons": "不认的理由"})


def test_a_workspace_may_bring_its_own(tmp_path):
    (tmp_path / "prompts").mkdir()
    file = tmp_path / "prompts" / "section.md"
    file.write_text(OWN, encoding="utf-8")
    prompt = load_prompt("section", tmp_path)

    assert fill_prompt(prompt, "task", {"facts": "要点"}) == "要点"
    assert prompt.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_there_is_no_other_prompt(tmp_path):
    with pytest.raises(UsageError, match="找不到"):
        load_prompt("nothing", tmp_path)


@pytest.mark.parametrize("fields", [{}, {"facts": "", "more": ""}, {"more": ""}])
def test_missing_and_superfluous_fields_are_refused(fields):
    with pytest.raises(UsageError, match="字段"):
        fill_prompt(read_prompt(OWN.encode(), "section", "x.md"), "task", fields)


UNFIT = {
    "no front matter": b"hello",
    "not UTF-8": "规矩".encode("gb18030"),
    "another name": OWN.replace("name: section", "name: other").encode(),
    "no needs": OWN.replace("needs: [facts]\n", "").encode(),
    "needs of a wrong type": OWN.replace("[facts]", "facts").encode(),
    "a need that is not used": OWN.replace("[facts]", "[facts, unit]").encode(),
    "a field that is not declared": OWN.replace("{{ facts }}", "{{ facts }}{{ unit }}").encode(),
    "two parts": OWN.replace("===\n再写\n", "").encode(),
    "a broken template": OWN.replace("{{ facts }}", "{{ facts").encode(),
    "broken front matter": OWN.replace("[facts]", "[facts").encode(),
    "too large": OWN.encode() + b" " * 200_000,
}


@pytest.mark.parametrize("name", UNFIT)
def test_a_file_that_cannot_serve_is_refused_when_it_is_read(name):
    with pytest.raises(UsageError) as caught:
        read_prompt(UNFIT[name], "section", "x.md")

    assert "x.md" in caught.value.message


@pytest.mark.parametrize(
    "template", ["{{ facts.__class__.__mro__ }}", "{{ ''.__class__ }}", "{{ facts.format.__globals__ }}"]
)
def test_a_template_reaches_nothing_but_its_fields(template):
    prompt = read_prompt(OWN.replace("{{ facts }}", template + "{{ facts }}").encode(), "section", "x.md")

    with pytest.raises(UsageError):
        fill_prompt(prompt, "task", {"facts": "x"})
