"""Writes TIFF of any number of bits and samples, in strips or tiles, uncompressed."""

from __future__ import annotations

import struct

import numpy as np

WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, MASK, CMYK, YCBCR, CIE_LAB, ICC_LAB = 0, 1, 2, 3, 4, 5, 6, 8, 9
UNSPECIFIED, ASSOCIATED, UNASSOCIATED = 0, 1, 2
SHORT, LONG, UNDEFINED = 3, 4, 7
CODES = {SHORT: "H", LONG: "I", UNDEFINED: "B"}


def write(
    samples: np.ndarray,
    bits: int,
    photometric: int,
    *,
    extra: tuple[int, ...] = (),
    planar: bool = False,
    tile: int = 0,
    order: str = "<",
    palette: np.ndarray | None = None,
    fields: tuple[tuple[int, int], ...] = (),
    profile: bytes = b"",
) -> bytes:
    """Samples are (height, width, samples of a pixel); the palette's colours (colours, 3), of 8 bits; `fields` are
    further tags of one short number each; `profile` is the colours' own."""
    height, width, count = samples.shape
    planes = [samples[:, :, i : i + 1] for i in range(count)] if planar else [samples]
    blocks = [block for plane in planes for block in (_tiles(plane, tile) if tile else [plane])]
    packed = [b"".join(_row(row.ravel(), bits, order) for row in block) for block in blocks]
    entries = [(256, SHORT, [width]), (257, SHORT, [height]), (258, SHORT, [bits] * count), (259, SHORT, [1])]
    entries += [(262, SHORT, [photometric]), (277, SHORT, [count]), (284, SHORT, [2 if planar else 1])]
    entries += [(tag, SHORT, [value]) for tag, value in fields]
    if tile:
        entries += [(322, SHORT, [tile]), (323, SHORT, [tile])]
    else:
        entries.append((278, SHORT, [height]))
    if palette is not None:
        entries.append((320, SHORT, (palette.T.astype(int) * 257).ravel().tolist()))
    if profile:
        entries.append((34675, UNDEFINED, list(profile)))
    if extra:
        entries.append((338, SHORT, list(extra)))
    starts = [8 + sum(map(len, packed[:i])) for i in range(len(packed))]
    entries += [(324 if tile else 273, LONG, starts), (325 if tile else 279, LONG, [len(data) for data in packed])]
    content = b"".join(packed)
    content += bytes(len(content) % 2)
    return _file(sorted(entries), content, order)


def _file(entries: list[tuple[int, int, list[int]]], content: bytes, order: str) -> bytes:
    at = 8 + len(content)
    behind = at + 2 + 12 * len(entries) + 4
    directory, lists = struct.pack(order + "H", len(entries)), b""
    for tag, kind, numbers in entries:
        data = struct.pack(f"{order}{len(numbers)}{CODES[kind]}", *numbers)
        if len(data) > 4:
            lists, data = lists + data, struct.pack(order + "I", behind + len(lists))
        directory += struct.pack(order + "HHI", tag, kind, len(numbers)) + data.ljust(4, b"\0")
    head = struct.pack(order + "2sHI", b"II" if order == "<" else b"MM", 42, at)
    return head + content + directory + bytes(4) + lists


def _tiles(plane: np.ndarray, side: int) -> list[np.ndarray]:
    height, width = plane.shape[:2]
    padded = np.pad(plane, ((0, -height % side), (0, -width % side), (0, 0)))
    return [
        padded[y : y + side, x : x + side]
        for y in range(0, padded.shape[0], side)
        for x in range(0, padded.shape[1], side)
    ]


def _row(values: np.ndarray, bits: int, order: str) -> bytes:
    if bits % 8 == 0:
        return values.astype(f"{order}u{bits // 8}").tobytes()
    places = (values.astype(int)[:, None] >> np.arange(bits - 1, -1, -1)) & 1
    return np.packbits(places.astype(np.uint8).ravel()).tobytes()
