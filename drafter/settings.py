"""Settings: `drafter.toml` of the workspace and the environment's key, as one frozen value.

The workspace is the nearest folder upward that holds `drafter.toml`, else the
current folder. Flags of the command line win over both (`dataclasses.replace`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SETTINGS_FILE = "drafter.toml"
STATE_FOLDER = ".drafter"
BUNDLED_MODEL = "bundled"
STRUCTURED = ("auto", "grammar", "json_schema", "json_object", "text")
"""How an endpoint is held to the form of an answer; the first is the default."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; `workspace` is an absolute folder.

    `llm_base_url` is None unless the user configured an endpoint: then, and
    only then, anything is ever sent.
    """

    workspace: Path
    unit: str | None = None
    year: int | None = None
    period: str | None = None
    library_path: Path = field(default=Path(STATE_FOLDER))
    library_url: str | None = None
    embedding_model: str = BUNDLED_MODEL
    embedding_base_url: str | None = None
    llm_base_url: str | None = None
    llm_model: str | None = None
    llm_ca_bundle: str | None = None
    llm_headers: Mapping[str, str] = field(default_factory=dict)
    llm_timeout_s: float = 120.0
    llm_allow_insecure_host: str | None = None
    llm_structured: str = "auto"
    reviewer: str | None = None

    @property
    def state(self) -> Path:
        """The folder of drafter's own state in this workspace."""
        return self.workspace / STATE_FOLDER


def find_workspace(start: Path) -> Path:
    """Return the nearest folder from `start` upward that holds `drafter.toml`, else `start`."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    return start


def load_settings(workspace: Path) -> Settings:
    """Return the settings of `workspace`, an existing folder.

    Raises:
        UsageError: `drafter.toml` is no TOML, or a value has the wrong type.
    """
    workspace = workspace.absolute()
    file = workspace / SETTINGS_FILE
    tables: dict[str, Any] = {}
    if file.is_file():
        import tomllib  # noqa: PLC0415 - most workspaces have no settings, and a check needs none

        try:
            tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(
                f"设置文件 {file} 读不懂：{error}。",
                hint="请按 README 的样例改正，或先把它移开再试。",
            ) from error
    read = _Reader(tables)
    return Settings(
        workspace=workspace,
        unit=read.text("unit", "name"),
        year=read.whole("report", "year"),
        period=read.text("report", "period"),
        library_path=workspace / (read.text("library", "path") or STATE_FOLDER),
        library_url=read.text("library", "url"),
        embedding_model=read.text("embedding", "model") or BUNDLED_MODEL,
        embedding_base_url=read.text("embedding", "base_url"),
        llm_base_url=read.text("llm", "base_url"),
        llm_model=read.text("llm", "model"),
        llm_ca_bundle=read.text("llm", "ca_bundle"),
        llm_headers=read.texts("llm", "headers"),
        llm_timeout_s=read.seconds("llm", "timeout_s") or 120.0,
        llm_allow_insecure_host=read.text("llm", "allow_insecure_host"),
        llm_structured=read.one_of("llm", "structured", STRUCTURED),
        reviewer=read.text("review", "by"),
    )


def api_key() -> str | None:
    """Return the endpoint's key, which comes from `OPENAI_API_KEY` alone and is written nowhere."""
    return os.environ.get("OPENAI_API_KEY", "").strip() or None


class _Reader:
    """Reads typed values out of the tables of a settings file."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._tables = tables

    def _value(self, table: str, key: str) -> Any:  # noqa: ANN401 - what a TOML file holds
        section = self._tables.get(table, {})
        if not isinstance(section, dict):
            raise _wrong(table, "", "一个表")
        return section.get(key)

    def text(self, table: str, key: str) -> str | None:
        value = self._value(table, key)
        if value is not None and not isinstance(value, str):
            raise _wrong(table, key, "文字")
        return value or None

    def one_of(self, table: str, key: str, choices: Sequence[str]) -> str:
        value = self.text(table, key) or choices[0]
        if value not in choices:
            raise _wrong(table, key, " ".join(choices) + " 之一")
        return value

    def whole(self, table: str, key: str) -> int | None:
        value = self._value(table, key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise _wrong(table, key, "整数")
        return value

    def seconds(self, table: str, key: str) -> float | None:
        value = self._value(table, key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise _wrong(table, key, "大于零的秒数")
        return float(value)

    def texts(self, table: str, key: str) -> dict[str, str]:
        value = self._value(table, key)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise _wrong(table, key, "名称与文字的对照表")
        return dict(value)


def _wrong(table: str, key: str, wanted: str) -> UsageError:
    name = f"[{table}] {key}".strip()
    return UsageError(f"设置 {name} 应当是{wanted}。", hint=f"请改正 {SETTINGS_FILE}。")
