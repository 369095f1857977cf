"""Puts HEIC files together, box by box: pictures that an encoder made, and how phones arrange them."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

HIDDEN = 1
ESSENTIAL = 0x80
IN_FILE, IN_BOX = 0, 1
"""Where an item's data lies: in `mdat`, or in `idat` of the boxes themselves."""

Reference = tuple[bytes, int, Sequence[int]]
"""Its kind, the item that refers, and those that it refers to, counted from 1."""


@dataclass(frozen=True)
class Item:
    """A picture, how others are put together, or what is told of one."""

    kind: bytes
    data: bytes
    properties: list[bytes] = field(default_factory=list)
    hidden: bool = True
    place: int = IN_FILE


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at + 8 : at + size]
        at += size


def child(data: bytes, kind: bytes) -> bytes:
    return next(body for found, body in boxes(data) if found == kind)


def picture_of(file: bytes, size: tuple[int, int], *properties: bytes, hidden: bool = True) -> Item:
    """The only picture of an encoder's file."""
    meta = child(file, b"meta")[4:]
    decoder = child(child(child(meta, b"iprp"), b"ipco"), b"hvcC")
    return Item(b"hvc1", child(file, b"mdat"), [box(b"hvcC", decoder), extent(*size), *properties], hidden)


def extent(width: int, height: int) -> bytes:
    return full(b"ispe", 0, 0, struct.pack(">II", width, height))


def turned(quarters: int) -> bytes:
    return box(b"irot", bytes([quarters]))


def mirrored(axis: int) -> bytes:
    return box(b"imir", bytes([axis]))


def cut(width: int, height: int, right: int = 0, down: int = 0) -> bytes:
    """The middle of that size, moved."""
    return box(b"clap", struct.pack(">IIIIiIiI", width, 1, height, 1, right, 1, down, 1))


def colours(primaries: int, transfer: int, matrix: int, full_range: bool) -> bytes:
    return box(b"colr", b"nclx", struct.pack(">HHHB", primaries, transfer, matrix, full_range << 7))


def auxiliary(kind: str) -> bytes:
    return full(b"auxC", 0, 0, kind.encode() + b"\0")


def file_of(
    items: Sequence[Item], primary: int, references: Sequence[Reference], groups: bytes = b"", brands: bytes = b"heic"
) -> bytes:
    """The file that shows the item `primary`, counted from 1."""
    known = list(dict.fromkeys(one for item in items for one in item.properties))
    associations = b""
    for number, item in enumerate(items, start=1):
        places = bytes(ESSENTIAL | 1 + known.index(one) for one in item.properties)
        associations += struct.pack(">HB", number, len(places)) + places
    entries = [
        full(b"infe", 2, HIDDEN * item.hidden, struct.pack(">HH4s", number, 0, item.kind), b"\0" * 2)
        for number, item in enumerate(items, start=1)
    ]
    refers = [box(kind, struct.pack(f">HH{len(to)}H", by, len(to), *to)) for kind, by, to in references]

    def meta(first: int) -> bytes:
        at = {IN_FILE: first, IN_BOX: 0}
        locations = b""
        for number, item in enumerate(items, start=1):
            locations += struct.pack(">HHHHII", number, item.place, 0, 1, at[item.place], len(item.data))
            at[item.place] += len(item.data)
        return full(
            b"meta",
            0,
            0,
            full(b"hdlr", 0, 0, b"\0" * 4 + b"pict" + b"\0" * 13),
            full(b"pitm", 0, 0, struct.pack(">H", primary)),
            full(b"iinf", 0, 0, struct.pack(">H", len(items)), *entries),
            full(b"iref", 0, 0, *refers),
            box(b"iprp", box(b"ipco", *known), full(b"ipma", 0, 0, struct.pack(">I", len(items)), associations)),
            groups,
            box(b"idat", *(item.data for item in items if item.place == IN_BOX)),
            full(b"iloc", 1, 0, b"\x44\x00", struct.pack(">H", len(items)), locations),
        )

    start = box(b"ftyp", brands[:4] + b"\0" * 4 + b"mif1heicmiaf" + brands[4:])
    data = box(b"mdat", *(item.data for item in items if item.place == IN_FILE))
    return start + meta(len(start) + len(meta(0)) + 8) + data
