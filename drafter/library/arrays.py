"""Arrays as bytes in numpy's own format, written in pieces and read where they lie."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt


def parse_array(data: bytes) -> npt.NDArray[Any]:
    """Return the array that `dump_array` wrote, as it lies in `data`."""
    stream = io.BytesIO(data)
    np.lib.format.read_magic(stream)
    shape, _, dtype = np.lib.format.read_array_header_1_0(stream)
    return np.ndarray(shape, dtype, buffer=data, offset=stream.tell())


def array_head(shape: tuple[int, ...], dtype: str) -> bytes:
    """Return what stands before the bytes of an array in numpy's own format."""
    buffer = io.BytesIO()
    np.lib.format.write_array_header_1_0(buffer, {"descr": dtype, "fortran_order": False, "shape": shape})
    return buffer.getvalue()


def dump_array(array: npt.NDArray[Any]) -> bytes:
    """Return `array` in numpy's own format."""
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()
