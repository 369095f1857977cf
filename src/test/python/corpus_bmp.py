"""Writes BMP of every depth and compression, bottom-up and top-down."""

from __future__ import annotations

import struct

import numpy as np

RLE8, RLE4, BITFIELDS = 1, 2, 3


def write(
    width: int,
    height: int,
    depth: int,
    pixels: bytes,
    *,
    palette: np.ndarray | None = None,
    compression: int = 0,
    masks: tuple[int, ...] = (),
    top_down: bool = False,
    header_size: int = 40,
) -> bytes:
    """The file around rows that are packed already; `palette` is (colours, 3) in RGB."""
    colours = b""
    if palette is not None:
        pad = b"" if header_size == 12 else b"\0"
        colours = b"".join(bytes([b, g, r]) + pad for r, g, b in palette.tolist())
    if header_size == 12:
        info = struct.pack("<IHHHH", 12, width, height, 1, depth)
    else:
        signed = -height if top_down else height
        count = 0 if palette is None else len(palette)
        info = struct.pack(
            "<IiiHHIIiiII", header_size, width, signed, 1, depth, compression, len(pixels), 2835, 2835, count, 0
        )
        info += b"".join(struct.pack("<I", mask) for mask in masks)
        info = info.ljust(header_size, b"\0") if header_size > 40 else info
    offset = 14 + len(info) + len(colours)
    return b"BM" + struct.pack("<IHHI", offset + len(pixels), 0, 0, offset) + info + colours + pixels


def indexed_rows(indices: np.ndarray, depth: int, top_down: bool = False) -> bytes:
    """Rows of palette indices, packed and padded to 32 bits."""
    bits = ((indices[:, :, None] >> np.arange(depth - 1, -1, -1)) & 1).astype(np.uint8)
    return _padded(np.packbits(bits.reshape(len(indices), -1), axis=1), top_down)


def word_rows(words: np.ndarray, kind: str, top_down: bool = False) -> bytes:
    """Rows of 16- or 32-bit pixels."""
    raw = np.frombuffer(words.astype(kind).tobytes(), np.uint8).reshape(len(words), -1)
    return _padded(raw, top_down)


def bgr_rows(rgb: np.ndarray) -> bytes:
    """Rows of 24-bit pixels, bottom-up."""
    return _padded(rgb[:, :, ::-1].reshape(len(rgb), -1), top_down=False)


def _padded(rows: np.ndarray, top_down: bool) -> bytes:
    padding = -rows.shape[1] % 4
    rows = np.pad(rows, ((0, 0), (0, padding)))
    return (rows if top_down else rows[::-1]).tobytes()


def run_lengths(indices: np.ndarray, depth: int) -> bytes:
    """RLE8 or RLE4, with runs, literals and one skip; skipped pixels keep index 0."""
    out = bytearray()
    for number, row in enumerate(indices[::-1].tolist()):
        at = 0
        if number == 3 and not any(row[:5]):
            out += bytes([0, 2, 5, 0])
            at = 5
        while at < len(row):
            run = 1
            while at + run < len(row) and run < 255 and row[at + run] == row[at]:
                run += 1
            if run >= 3 or len(row) - at < 3:
                out += bytes([run, row[at] if depth == 8 else row[at] << 4 | row[at]])
                at += run
            else:
                count = min(len(row) - at, 3 + number % 4)
                out += _literals(row[at : at + count], depth)
                at += count
        out += b"\0\0"
    return bytes(out + b"\0\1")


def _literals(values: list[int], depth: int) -> bytes:
    if depth == 4:
        pairs = [*values, 0] if len(values) % 2 else values
        data = bytes(a << 4 | b for a, b in zip(pairs[::2], pairs[1::2], strict=True))
    else:
        data = bytes(values)
    return bytes([0, len(values)]) + data + b"\0" * (len(data) % 2)
