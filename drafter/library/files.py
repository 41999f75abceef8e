"""Hashes of files, and the search for reports on disk."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.errors import UsageError
from drafter.storage import write_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

REPORT_SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".doc", ".wps", ".xls"})
_CHUNK = 1 << 20


class Found(NamedTuple):
    """The files to read, and those that were passed over with the reason."""

    files: tuple[Path, ...]
    skipped: tuple[tuple[Path, str], ...]


def hash_bytes(data: bytes) -> str:
    """Return the sha256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_hashed(path: Path, pieces: Iterable[bytes]) -> str:
    """Write `pieces` as one file and return the sha256 of its bytes in hexadecimal.

    Raises:
        OSError: the system refuses; what stood there before stands.
    """
    digest = hashlib.sha256()

    def passing() -> Iterator[bytes]:
        for piece in pieces:
            digest.update(piece)
            yield piece

    write_pieces(path, passing())
    return digest.hexdigest()


def hash_pieces(pieces: Iterable[bytes]) -> str:
    """Return the sha256 of `pieces` one after the other in hexadecimal."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def hash_file(path: Path) -> str:
    """Return the sha256 of the file's bytes, read piece by piece."""
    with path.open("rb") as stream:
        return hash_pieces(iter(lambda: stream.read(_CHUNK), b""))


def hash_folder(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file under `folder` by its relative path."""
    return {
        path.relative_to(folder).as_posix(): hash_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def resolve_paths(root: Path, paths: Iterable[Path | str] | Path | str) -> list[Path]:
    """Return `paths`, one or several; a relative one lies in `root`, or else in the current folder."""
    given = [paths] if isinstance(paths, Path | str) else paths
    return [root / path if (root / path).exists() else Path(path).absolute() for path in given]


def find_reports(paths: Iterable[Path]) -> Found:
    """Return the report files under `paths`, each once, in the order of their names.

    A file that is named itself is taken whatever it is (another kind, a pipe,
    a broken link), so that reading can say why it is refused and the others
    are read all the same; in a folder only the known kinds count. Hidden
    files, office lock files, and anything but regular files are passed over,
    as are links that lead out of the folder.

    Raises:
        UsageError: a path does not exist.
    """
    files: dict[Path, Path] = {}
    skipped: list[tuple[Path, str]] = []
    for path in paths:
        if not (path.exists() or path.is_symlink()):
            raise UsageError(
                f"没有这个文件或文件夹：{path}", hint="请核对路径，或去掉参数用默认的 corpus 文件夹。"
            )
        if not path.is_dir():
            files.setdefault(_real(path), path)
            continue
        for file in _walk(path):
            if reason := _unfit(file, path):
                skipped.append((file, reason))
            else:
                files.setdefault(_real(file), file)
    return Found(tuple(sorted(files.values(), key=str)), tuple(skipped))


def _real(path: Path) -> Path:
    """Return what `path` leads to, or itself where it leads nowhere."""
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError):
        return path


def _walk(folder: Path) -> Iterator[Path]:
    """Yield what may be a report under `folder`, without following links to folders."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith((".", "~$")):
                continue
            yield Path(parent, name)


def _unfit(file: Path, root: Path) -> str | None:
    """Return why `file`, found under `root`, is not read, or None."""
    try:
        mode = file.stat().st_mode
    except OSError as error:
        return f"打不开（{error.strerror}）"
    if not stat.S_ISREG(mode):
        return "不是普通文件"
    if file.suffix.lower() not in REPORT_SUFFIXES:
        return "不是总结的文件类型"
    if not file.resolve().is_relative_to(root.resolve()):
        return "是指向文件夹之外的链接"
    return None
