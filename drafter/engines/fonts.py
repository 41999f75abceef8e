"""The fonts of this machine: which of those that official documents call for are installed."""

from __future__ import annotations

import shutil
import subprocess
import sys

FACES = {
    "方正小标宋简体": ("方正小标宋", "FZXiaoBiaoSong", "FZXBSJW"),
    "黑体": ("黑体", "SimHei"),
    "楷体_GB2312": ("楷体_GB2312", "KaiTi_GB2312"),
    "仿宋_GB2312": ("仿宋_GB2312", "FangSong_GB2312"),
    "宋体": ("宋体", "SimSun"),
}
"""The faces of GB/T 9704 by name, and the names under which systems list them."""
_TIME_S = 20
_KEY = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"


def missing_faces() -> tuple[str, ...] | None:
    """Return the faces that are not installed; None where this system does not say."""
    listed = _from_registry() if sys.platform == "win32" else _from_fontconfig()
    if listed is None:
        return None
    return tuple(face for face, names in FACES.items() if not any(name in listed for name in names))


def _from_fontconfig() -> str | None:
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        ran = subprocess.run(  # noqa: S603 - a program of the system, without arguments of anybody
            [program, ":", "family"], capture_output=True, timeout=_TIME_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return ran.stdout.decode("utf-8", "replace")


def _from_registry() -> str | None:
    if sys.platform != "win32":
        return None
    import winreg  # noqa: PLC0415 - there only

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _KEY) as key:
            count = winreg.QueryInfoKey(key)[1]
            return "\n".join(winreg.EnumValue(key, number)[0] for number in range(count))
    except OSError:
        return None
