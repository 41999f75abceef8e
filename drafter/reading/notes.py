"""This year's notes → numbered facts, what their head says, and what a person must look at.

Kinds of files: Markdown and plain text (`notes_text`), workbooks and csv
(`notes_sheet`), Word (`notes_word`). Each becomes a `Page` of entries; here
they are numbered, their personal data taken out and their numbers read.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.errors import NoFactsError, ReadError
from drafter.model import Fact, Finding, Notes, NotesFile, Where
from drafter.numbers.slots import read_quantities
from drafter.reading.decoding import decode
from drafter.reading.notes_gaps import without_masks
from drafter.reading.notes_header import Header, read_file_name
from drafter.reading.notes_page import Entry, Page, spoken_place
from drafter.reading.notes_text import read_text
from drafter.reading.private import find_private, mask_private
from drafter.reading.private import without_masks as without_private

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["SUFFIXES", "facts_from_texts", "read_notes"]

SUFFIXES = (".md", ".txt", ".docx", ".xlsx", ".csv")
"""The kinds of files that notes may come in."""

_LARGEST = 5_000_000
_LARGEST_FILE = 50_000_000
_LONGEST_FACT = 20_000
_TEXTS = {".md": True, ".markdown": True, ".txt": False, ".text": False}


def read_notes(paths: Sequence[str | Path], root: Path | None = None, *, examine: bool = True) -> Notes:
    """Return the facts of files of notes, numbered F1, F2 … across them, and what they say of themselves.

    `where.file` is relative to `root` if the file lies in it. Each file is read
    once; its hash is that of the bytes that were read. A table none of whose
    numbers are filled in has no facts, only findings. Without `examine` the
    facts are not looked over for gaps, miscounts, contradictions and suspicions.

    Raises:
        ReadError: a file that is not there, is a folder, or cannot be read as what it claims to be.
        NoFactsError: there is nothing to write about in them.
    """
    if not paths:
        raise NoFactsError("没有给出今年的要点文件。", hint="请写上文件名，例如 notes/2025.md。")
    files: list[NotesFile] = []
    pages: list[Page] = []
    headers: list[Header] = []
    doubled: list[Finding] = []
    for path in map(Path, paths):
        data = _read_bytes(path)
        name = _shown(path, root)
        file = NotesFile(name, hashlib.sha256(data).hexdigest())
        twin = next((other.file for other in files if other.sha256 == file.sha256), None)
        if twin is not None:
            doubled.append(_twin(name, twin))
            continue
        page = _read_page(path, data, name)
        files.append(file)
        pages.append(page)
        headers.append(page.header.filled_by(read_file_name(path.stem)))
    entries = [entry for page in pages for entry in page.entries]
    _check_lengths(entries)
    asked = any(finding.code == "no-value" for page in pages for finding in page.findings)
    if not asked and not any(entry.text for entry in entries):
        names = "、".join(file.file for file in files)
        raise NoFactsError(
            f"要点里没有可写的内容：{names}。", hint="请写上今年的工作，每行一条，再运行一次。"
        )
    facts = _number(entries)
    findings = [*doubled, *(finding for page in pages for finding in page.findings)]
    findings += _header_findings(files, headers)
    header = Header()
    for other in headers:
        header = header.filled_by(other)
    if examine:
        for page in pages:
            findings += _suspicions((*page.asides, *page.entries))
        units = {file.file: other.unit for file, other in zip(files, headers, strict=True)}
        findings += _look_over(facts, units, header)
    return Notes(facts, tuple(files), header.unit, header.year, header.period, tuple(_once(findings)))


def _look_over(facts: Sequence[Fact], units: Mapping[str, str | None], header: Header) -> Iterator[Finding]:
    from drafter.reading.notes_conflicts import find_conflicts  # noqa: PLC0415 - a check does without
    from drafter.reading.notes_gaps import find_gaps  # noqa: PLC0415 - as above
    from drafter.reading.notes_sums import find_miscounts  # noqa: PLC0415 - as above

    yield from find_gaps(facts)
    yield from find_miscounts(facts)
    yield from find_conflicts(facts, units, header.period, header.year)


def facts_from_texts(texts: Sequence[str]) -> tuple[Fact, ...]:
    """Return one fact per text: `texts[i]` is F{i+1}, whatever it says."""
    return _number([Entry("", text, Where("", line=line)) for line, text in enumerate(texts, start=1)])


def _check_lengths(entries: Sequence[Entry]) -> None:
    for entry in entries:
        if len(entry.text) > _LONGEST_FACT:
            place = f"{entry.where.file} {spoken_place(entry.where)}"
            raise ReadError(
                f"{place}有 {len(entry.text)} 个字，不像一条要点。", hint="请分成几行，每行一条。"
            )


def _number(entries: Sequence[Entry]) -> tuple[Fact, ...]:
    facts = []
    for number, entry in enumerate(entries, start=1):
        text = _without_private(entry.text)
        fact_id = f"F{number}"
        quantities = without_masks(read_quantities(text, fact_id))
        facts.append(Fact(fact_id, _without_private(entry.topic), text, entry.where, quantities))
    return tuple(facts)


def _without_private(text: str) -> str:
    """Return `text` without personal data and their labels; where nothing else stands there, masked."""
    masked = mask_private(text)
    return without_private(masked) or masked


def _read_bytes(path: Path) -> bytes:
    name = path.as_posix()
    if path.is_dir():
        raise ReadError(f"{name} 是文件夹，不是文件。", hint="请写出其中的文件名，可以一次写几个。")
    if not path.exists() and set(path.name) & set("*?"):
        raise ReadError(f"没有文件与 {name} 相符。", hint="请检查文件夹和文件名，或一个一个写出来。")
    if path.suffix.lower() not in (*SUFFIXES, *_TEXTS):
        kinds = "、".join(SUFFIXES)
        raise ReadError(
            f"不认识的文件类型：{name}。", hint=f"今年的要点请用 {kinds}；旧格式请先另存为新格式。"
        )
    if not path.exists():
        raise ReadError(f"没有这个文件：{name}。", hint="请检查文件名和所在的文件夹。")
    if not path.is_file():
        raise ReadError(f"{name} 不是普通文件。", hint="请换成普通文件再试。")
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ReadError(f"{name} 太大。", hint="要点文件请控制在 50 MB 以内，删去其中的大图片。")
        return path.read_bytes()
    except OSError as error:
        raise ReadError(
            f"{name} 读不出来：{error.strerror}。", hint="请检查权限，或关闭正在使用它的程序。"
        ) from error


def _read_page(path: Path, data: bytes, name: str) -> Page:
    suffix = path.suffix.lower()
    try:
        if suffix in _TEXTS:
            return read_text(_decoded(data), name, markdown=_TEXTS[suffix])
        from drafter.reading.notes_sheet import read_csv, read_workbook  # noqa: PLC0415 - tables only

        if suffix == ".csv":
            return read_csv(_decoded(data), name)
        if suffix == ".xlsx":
            return read_workbook(data, name)
        from drafter.reading.notes_word import read_word_notes  # noqa: PLC0415 - Word files only

        return read_word_notes(data, name)
    except ReadError as error:
        if name in error.message:
            raise
        raise ReadError(f"{name}：{error.message}", hint=error.hint) from error


def _decoded(data: bytes) -> str:
    if len(data) > _LARGEST:
        raise ReadError(f"文件太大（{len(data) / 1_000_000:.0f} MB）。", hint="要点文件请控制在 5 MB 以内。")
    text, _ = decode(data)
    if "\0" in text:
        raise ReadError("这不是文本文件。", hint="请检查文件的类型与后缀是否一致。")
    return text


def _shown(path: Path, root: Path | None) -> str:
    if root is not None:
        full, base = path.resolve(), root.resolve()
        if full.is_relative_to(base):
            return full.relative_to(base).as_posix()
    return path.as_posix()


def _suspicions(entries: Sequence[Entry]) -> Iterator[Finding]:
    from drafter.reading.suspicions import is_instruction, secret_marking  # noqa: PLC0415 - a check does without

    for entry in entries:
        place = " ".join(part for part in (entry.where.file, spoken_place(entry.where)) if part)
        for kind in dict.fromkeys(datum.kind for datum in find_private(entry.text)):
            message = f"{place}有{kind}，没有读入：不写进草稿，也不发给模型。"
            hint = "不需要的话请从要点里删去。"
            yield Finding("personal-data", "warning", message, hint=hint, where=(entry.where,))
        marking = secret_marking(entry.text)
        if marking:
            message = f"{place}有“{marking}”标志：不得发给任何模型。"
            hint = "涉密材料不要用本程序处理；内部材料只用 --writer compose。"
            yield Finding("secret-marking", "warning", message, hint=hint, where=(entry.where,))
        if is_instruction(entry.text):
            message = f"{place}像是写给程序的指令，已放在一边，不写进草稿。"
            yield Finding(
                "injection",
                "warning",
                message,
                hint="请核对这一条的来历，不是工作内容就删去。",
                where=(entry.where,),
            )


def _twin(name: str, twin: str) -> Finding:
    message = f"{name} 与 {twin} 内容相同，只读一次。"
    return Finding("same-file", "warning", message, hint="请检查文件名有没有写错。", where=(Where(name),))


def _header_findings(files: Sequence[NotesFile], headers: Sequence[Header]) -> Iterator[Finding]:
    """Report files that name different units, years or periods."""
    for field, word in (("unit", "单位"), ("year", "年份"), ("period", "时段")):
        said: dict[object, str] = {}
        for file, header in zip(files, headers, strict=True):
            value = getattr(header, field)
            if value is not None:
                said.setdefault(value, file.file)
        if len(said) > 1:
            listing = "；".join(f"{file} 写的是 {value}" for value, file in said.items())
            where = tuple(Where(file) for file in said.values())
            yield Finding(
                f"different-{field}",
                "warning",
                f"几个要点文件的{word}不一致：{listing}。",
                hint="以第一个为准；不对就用命令行参数指明。",
                where=where,
            )


def _once(findings: Sequence[Finding]) -> Iterator[Finding]:
    seen = set()
    for finding in findings:
        key = (finding.code, finding.message)
        if key not in seen:
            seen.add(key)
            yield finding
