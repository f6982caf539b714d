"""Values as lines that sort by their keys, for `kg.write.Sorted`."""

import pickle
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any


def packed(key: Sequence[str], value: object) -> bytes:
    """One line, with its end. The parts of the key are IRIs' and hold no tab."""
    return "\t".join(key).encode() + b"\t" + b64encode(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)) + b"\n"


def key_of(line: bytes) -> list[bytes]:
    """The parts of a line's key."""
    return line.split(b"\t")[:-1]


def unpacked(line: bytes) -> Any:
    """The value of a line, with its end or without."""
    return pickle.loads(b64decode(line.rpartition(b"\t")[2]))
