"""Writes PNG of every colour type, bit depth and interlacing: more kinds than any one library writes."""

from __future__ import annotations

import struct
import zlib

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GRAY, RGB, PALETTE, GRAY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""First column, first row, column step, row step of each pass."""


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk with its length and checksum."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def header(width: int, height: int, depth: int, colour_type: int, interlaced: bool = False) -> bytes:
    """The IHDR chunk."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, int(interlaced)))


def write(
    samples: np.ndarray, depth: int, colour_type: int, *, interlaced: bool = False, extra: bytes = b"", parts: int = 1
) -> bytes:
    """The file for samples (height, width, channels) of `depth` bits; `extra` chunks stand before the pixels, which are
    split into `parts` chunks."""
    height, width = samples.shape[:2]
    passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
    lines = b"".join(_filtered(samples[y0::dy, x0::dx], depth) for x0, y0, dx, dy in passes)
    packed = zlib.compress(lines, 9)
    size = -(-len(packed) // parts)
    data = b"".join(chunk(b"IDAT", packed[at : at + size]) for at in range(0, len(packed), size))
    return SIGNATURE + header(width, height, depth, colour_type, interlaced) + extra + data + chunk(b"IEND", b"")


def _filtered(samples: np.ndarray, depth: int) -> bytes:
    """The lines of one pass, every filter in turn."""
    if samples.size == 0:
        return b""
    step = max(samples.shape[2] * depth // 8, 1)
    above = None
    out = []
    for y, row in enumerate(samples):
        line = _packed(row.reshape(-1), depth)
        above = np.zeros_like(line) if above is None else above
        out.append(_filter_line(line, above, y % 5, step))
        above = line
    return b"".join(out)


def _packed(values: np.ndarray, depth: int) -> np.ndarray:
    if depth == 16:
        return np.frombuffer(values.astype(">u2").tobytes(), np.uint8)
    if depth == 8:
        return values.astype(np.uint8)
    bits = ((values[:, None] >> np.arange(depth - 1, -1, -1)) & 1).astype(np.uint8)
    return np.packbits(bits.reshape(-1))


def _filter_line(line: np.ndarray, above: np.ndarray, kind: int, step: int) -> bytes:
    current, up = line.astype(int), above.astype(int)
    left = np.concatenate([np.zeros(step, int), current])[: len(current)]
    corner = np.concatenate([np.zeros(step, int), up])[: len(up)]
    guess = left + up - corner
    to_left, to_up, to_corner = abs(guess - left), abs(guess - up), abs(guess - corner)
    paeth = np.where((to_left <= to_up) & (to_left <= to_corner), left, np.where(to_up <= to_corner, up, corner))
    prediction = (np.zeros_like(current), left, up, (left + up) // 2, paeth)[kind]
    return bytes([kind]) + ((current - prediction) & 0xFF).astype(np.uint8).tobytes()
