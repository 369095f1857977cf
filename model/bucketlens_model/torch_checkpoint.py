"""Reads the tensors of a PyTorch checkpoint without PyTorch.

The published EfficientNet-Lite weights were saved in the format that PyTorch wrote before version 1.6: five pickles
(magic number, protocol, system, the object itself, the keys of its storages) and then, for each key, the number of
elements and the raw little-endian numbers. The unpickler below knows only the few names that a dictionary of tensors
needs and refuses every other one, so that a checkpoint cannot run code.
"""

from __future__ import annotations

import collections
import pickle
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
STORAGE_TYPES = {
    "FloatStorage": np.dtype("<f4"),
    "DoubleStorage": np.dtype("<f8"),
    "HalfStorage": np.dtype("<f2"),
    "LongStorage": np.dtype("<i8"),
    "IntStorage": np.dtype("<i4"),
}


class _Storage:
    """One run of numbers that tensors are views of; filled in once the pickles are read."""

    def __init__(self, dtype: np.dtype, size: int) -> None:
        self.numbers = np.empty(size, dtype)


def _tensor_view(storage: _Storage, offset: int, shape: tuple, strides: tuple, *_ignored: Any) -> np.ndarray:
    """Stands in for `torch._utils._rebuild_tensor_v2`: a strided view of the storage, strides counted in elements."""
    byte_strides = tuple(stride * storage.numbers.itemsize for stride in strides)
    return np.lib.stride_tricks.as_strided(storage.numbers[offset:], shape, byte_strides, writeable=False)


class _TensorUnpickler(pickle.Unpickler):
    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self.storages: dict[str, _Storage] = {}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _tensor_view
        if module == "torch" and name in STORAGE_TYPES:
            return STORAGE_TYPES[name]
        raise pickle.UnpicklingError(f"a checkpoint of weights has no need of {module}.{name}")

    def persistent_load(self, pid: Any) -> _Storage:
        kind, dtype, key, _device, size, _view = pid
        if kind != "storage":
            raise pickle.UnpicklingError(f"expected a storage, found {kind!r}")
        return self.storages.setdefault(key, _Storage(dtype, size))


def load(path: Path) -> dict[str, np.ndarray]:
    """The named tensors of the checkpoint, in PyTorch's own layout (convolutions are output, input, height, width)."""
    with path.open("rb") as file:
        if pickle.Unpickler(file).load() != MAGIC_NUMBER:
            raise ValueError(f"{path}: not a PyTorch checkpoint of the format before 1.6")
        pickle.Unpickler(file).load()  # protocol
        pickle.Unpickler(file).load()  # system
        unpickler = _TensorUnpickler(file)
        tensors = unpickler.load()
        for key in pickle.Unpickler(file).load():
            storage = unpickler.storages[key]
            size = int(np.fromfile(file, "<i8", 1)[0])
            if size != storage.numbers.size:
                raise ValueError(f"{path}: storage {key} has {size} elements, expected {storage.numbers.size}")
            storage.numbers[:] = np.fromfile(file, storage.numbers.dtype, size)
    return dict(tensors)
