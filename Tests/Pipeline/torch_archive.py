"""Torch archives without torch.

  torch_archive.py FILE.safetensors FILE.pt [KEY]   the same tensors as a torch archive, under KEY
  torch_archive.py --same A B [all]                 the tensors of A are those of B (and none lacks)
"""

import json
import pickle
import struct
import sys
import zipfile
from collections import OrderedDict

STORAGES = {"F32": "FloatStorage", "F16": "HalfStorage", "BF16": "BFloat16Storage",
            "F64": "DoubleStorage", "I64": "LongStorage", "I32": "IntStorage"}


def read(path):
    """{name: (dtype, shape, bytes)} of a safetensors file."""
    with open(path, "rb") as f:
        data = f.read()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + length])
    header.pop("__metadata__", None)
    return {name: (t["dtype"], t["shape"], data[8 + length:][slice(*t["data_offsets"])])
            for name, t in header.items()}


class Named:
    """Pickles as a global name."""

    def __init__(self, module, name):
        self.__module__, self.__qualname__, self.__name__ = module, name, name


class Storage:
    def __init__(self, kind, key, count):
        self.id = ("storage", Named("torch", kind), key, "cpu", count)


class Tensor:
    def __init__(self, storage, shape):
        self.storage, self.shape = storage, shape


class Pickler(pickle._Pickler):
    def persistent_id(self, value):
        return value.id if isinstance(value, Storage) else None

    def save(self, value, save_persistent_id=True):
        if isinstance(value, Named):
            self.write(f"c{value.__module__}\n{value.__name__}\n".encode())
            return
        if isinstance(value, Tensor):
            strides, step = [], 1
            for size in reversed(value.shape):
                strides.insert(0, step)
                step *= size
            self.save(Named("torch._utils", "_rebuild_tensor_v2"))
            self.save((value.storage, 0, tuple(value.shape), tuple(strides), False, OrderedDict()))
            self.write(b"R")
            return
        super().save(value, save_persistent_id)


def write(tensors, path, key):
    state = OrderedDict()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for index, (name, (dtype, shape, data)) in enumerate(tensors.items()):
            count = 1
            for size in shape:
                count *= size
            state[name] = Tensor(Storage(STORAGES[dtype], str(index), count), shape)
            archive.writestr(f"archive/data/{index}", data)
        archive.writestr("archive/version", "3\n")
        with archive.open("archive/data.pkl", "w") as f:
            Pickler(f, 2).dump({key: state} if key else state)


def main():
    if sys.argv[1] == "--same":
        a, b = read(sys.argv[2]), read(sys.argv[3])
        assert a and all(b[name] == value for name, value in a.items())
        assert len(sys.argv) == 4 or a.keys() == b.keys()
    else:
        write(read(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None)


if __name__ == "__main__":
    main()
