"""Prompts: Markdown files with front matter that a workspace may replace.

A prompt file begins with `name` and `needs` (the fields that its template
uses), then up to three templates divided by a line `===`: the rules, the task,
and what is said when an answer has to be given again. A file whose `needs` and
template disagree is refused when it is read, not when it is used. Templates run
in a sandbox, and data is filled into them but is never a template itself.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2.sandbox import ImmutableSandboxedEnvironment

_PARTS = 3
_DIVIDER = re.compile(r"^===[ \t]*\n", re.MULTILINE)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
_LARGEST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as it was read; `sha256` is that of the file's bytes."""

    name: str
    needs: frozenset[str]
    rules: str
    task: str
    again: str
    sha256: str
    file: str


def load_prompt(name: str, workspace: Path | None = None) -> Prompt:
    """Return the prompt `name`: the workspace's own if there is one, else the one that comes with drafter.

    Raises:
        UsageError: there is no such prompt, or the file cannot serve as one.
    """
    for folder in _folders(workspace):
        file = folder / f"{name}.md"
        if file.is_file():
            return read_prompt(file.read_bytes(), name, str(file))
    raise UsageError(
        f"找不到提示文件 {name}.md。", hint="请重新安装 drafter，或在工作文件夹的 prompts 里放一份。"
    )


def read_prompt(data: bytes, name: str, file: str) -> Prompt:
    """Return the prompt in `data`, the bytes of `file`.

    Raises:
        UsageError: it is no UTF-8 text with front matter, has another name, or its fields don't fit.
    """
    front, body = _front_matter(data, file)
    needs = front.get("needs")
    if front.get("name") != name:
        raise _unfit(file, f"开头的 name 应当是 {name}")
    if not isinstance(needs, list) or not all(isinstance(need, str) for need in needs):
        raise _unfit(file, "开头的 needs 应当列出用到的字段")
    parts = _DIVIDER.split(body)
    if len(parts) != _PARTS:
        raise _unfit(file, "应当有三部分（规矩、任务、重写），之间各用一行 === 隔开")
    used = _fields_used(body, file)
    if used != set(needs):
        raise _unfit(file, f"needs 与正文对不上：{'、'.join(sorted(used ^ set(needs)))}")
    rules, task, again = (part.strip("\n") for part in parts)
    return Prompt(name, frozenset(needs), rules, task, again, hashlib.sha256(data).hexdigest(), file)


def fill_prompt(prompt: Prompt, part: str, fields: Mapping[str, str]) -> str:
    """Return the template `part` (`rules`, `task` or `again`) of `prompt` with `fields` filled in.

    Raises:
        UsageError: a field that the prompt needs is missing, one is superfluous, or the template fails.
    """
    from jinja2 import TemplateError  # noqa: PLC0415 - only the llm writer needs templates

    if set(fields) != prompt.needs:
        wrong = "、".join(sorted(set(fields) ^ prompt.needs))
        raise _unfit(prompt.file, f"字段不符：{wrong}")
    template: str = getattr(prompt, part)
    try:
        return _environment().from_string(template).render(fields)
    except TemplateError as error:
        raise _unfit(prompt.file, str(error.message)) from error


def _folders(workspace: Path | None) -> list[Path]:
    shipped = Path(str(resources.files("drafter")))
    own = [] if workspace is None else [workspace / "prompts"]
    return [*own, shipped / "_prompts", shipped.parent / "prompts"]


def _front_matter(data: bytes, file: str) -> tuple[dict[str, Any], str]:
    import yaml  # noqa: PLC0415 - as in `fill_prompt`

    if len(data) > _LARGEST_BYTES:
        raise _unfit(file, "文件太大")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise _unfit(file, "不是 UTF-8 文字") from error
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise _unfit(file, "开头应当是 --- 之间的 name 和 needs")
    try:
        front = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        raise _unfit(file, "开头的 name 和 needs 读不懂") from error
    return (front if isinstance(front, dict) else {}), text[match.end() :]


def _fields_used(body: str, file: str) -> set[str]:
    from jinja2 import TemplateSyntaxError, meta  # noqa: PLC0415 - as in `fill_prompt`

    try:
        return set(meta.find_undeclared_variables(_environment().parse(body)))
    except TemplateSyntaxError as error:
        raise _unfit(file, f"第 {error.lineno} 行：{error.message}") from error


def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined  # noqa: PLC0415 - as in `fill_prompt`
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 - as in `fill_prompt`

    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        keep_trailing_newline=False,
    )


def _unfit(file: str, why: str) -> UsageError:
    return UsageError(
        f"提示文件 {file} 用不了：{why}。", hint="请按随 drafter 提供的 prompts/section.md 改正。"
    )
