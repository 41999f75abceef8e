"""Which code and word lists have a part in splitting reports: any change of them asks for reading anew."""

from __future__ import annotations

import hashlib
import re
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_IMPORT = re.compile(rb"\n *(?:from|import) ([\w.]+)(?: import (\([^)]*\)|[^\n#]*))?")
_NAME = re.compile(rb"\w+")


def code_version(start: str, packages: tuple[str, ...]) -> str:
    """Return a hash of the module `start`, of all that it imports from `packages`, and of their word lists.

    Imports inside functions count, and a word list when one of these modules
    names it; code beside them can change without consequence.
    """
    modules = _reachable(start, packages)
    parts = dict(modules)
    for package in packages:
        own = b"\n".join(data for name, data in modules.items() if name.startswith(f"{package}."))
        for item in _files(package, "data"):
            if f'"{item.name.removesuffix(".txt")}'.encode() in own:
                parts[f"{package}/{item.name}"] = item.read_bytes()
    digest = hashlib.sha256()
    for name, data in sorted(parts.items()):
        digest.update(f"{name}\n{len(data)}\n".encode() + data)
    return digest.hexdigest()[:16]


def _reachable(start: str, packages: tuple[str, ...]) -> dict[str, bytes]:
    """Return the sources of `start` and of what it imports from `packages`, by name."""
    sources = {
        f"{package}.{item.name.removesuffix('.py')}": item
        for package in packages
        for item in _files(package)
        if item.name.endswith(".py")
    }
    found: dict[str, bytes] = {}
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in found or name not in sources:
            continue
        found[name] = sources[name].read_bytes()
        waiting += _imported(found[name])
    return found


def _imported(source: bytes) -> list[str]:
    """Return what `source` may import: modules, a package's `__init__`, and the names taken from either."""
    names: list[str] = []
    for home, taken in _IMPORT.findall(b"\n" + source):
        module = home.decode()
        names += [module, f"{module}.__init__"]
        names += [f"{module}.{name.decode()}" for name in _NAME.findall(taken)]
    return names


def _files(package: str, folder: str = ".") -> list[Traversable]:
    top, *inner = package.split(".")  # the package itself is looked at, not loaded
    place = resources.files(top).joinpath(*inner, folder)
    return [item for item in place.iterdir() if item.name.endswith((".py", ".txt"))]
