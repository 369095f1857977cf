"""Writes small ICC profiles: matrix and curves, gray, and lookup tables, of ink too."""

from __future__ import annotations

import struct

import numpy as np

D50 = (0.9642, 1.0, 0.8249)
BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
SRGB = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
DISPLAY_P3 = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
ADOBE_RGB = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06))
D65 = (0.3127, 0.3290)
SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def profile(primaries: tuple, curve: bytes) -> bytes:
    """A display profile for primaries (x, y) under D65."""
    matrix = _adapted(primaries)
    tags = {b"desc": _text(b"corpus"), b"cprt": _text(b"CC0"), b"wtpt": _xyz(D50)}
    for i, name in enumerate((b"r", b"g", b"b")):
        tags[name + b"XYZ"] = _xyz(matrix[:, i])
        tags[name + b"TRC"] = curve
    return _assembled(b"mntr", b"RGB ", b"XYZ ", tags)


def gray(curve: bytes) -> bytes:
    """A display profile for gray."""
    tags = {b"desc": _text(b"corpus"), b"cprt": _text(b"CC0"), b"wtpt": _xyz(D50), b"kTRC": curve}
    return _assembled(b"mntr", b"GRAY", b"XYZ ", tags)


def exchanging_red_and_blue(points: int = 9) -> bytes:
    """A scanner's profile whose lookup table takes sRGB with red and blue exchanged."""
    levels = np.linspace(0, 1, points)
    blue, green, red = np.meshgrid(levels, levels, levels, indexing="ij")
    srgb = np.stack([red, green, blue], axis=-1).reshape(-1, 3)
    lab = _lab(np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4))
    table = np.round(lab * (652.8, 256, 256)).clip(0, 65535).astype(">u2").tobytes()
    straight = struct.pack(">2H", 0, 65535) * 3
    matrix = b"".join(struct.pack(">i", _fixed(value)) for value in np.eye(3).ravel())
    lut = b"mft2\0\0\0\0" + bytes([3, 3, points, 0]) + matrix + struct.pack(">2H", 2, 2) + straight + table + straight
    tags = {b"desc": _text(b"corpus"), b"cprt": _text(b"CC0"), b"wtpt": _xyz(D50), b"A2B0": lut}
    return _assembled(b"scnr", b"RGB ", b"Lab ", tags)


def ink(bits: int, points: int = 5) -> bytes:
    """A press's profile, its table of 8 or 16 bits: inks that are not pure, on paper not white, with dot gain."""
    levels = np.linspace(0, 1, points)
    amounts = np.stack(np.meshgrid(levels, levels, levels, levels, indexing="ij"), axis=-1).reshape(-1, 4)
    passes = np.array([(0.04, 0.36, 0.78), (0.72, 0.03, 0.24), (0.92, 0.80, 0.02), (0.02, 0.02, 0.03)])
    linear = np.array((0.93, 0.92, 0.86)) * np.prod(1 - amounts[:, :, None] * (1 - passes), axis=1)
    lab = _lab(linear)
    scale, kind, most = ((2.55, 1, 1), b"mft1", 255) if bits == 8 else ((652.8, 256, 256), b"mft2", 65535)
    number = f">u{bits // 8}"
    table = np.round(lab * scale).clip(0, most).astype(number).tobytes()
    curve = np.linspace(0, 1, 256) ** 0.8
    gain = np.round(curve * most).astype(number).tobytes() * 4
    straight = np.round(np.linspace(0, 1, 256) * most).astype(number).tobytes() * 3
    matrix = b"".join(struct.pack(">i", _fixed(value)) for value in np.eye(3).ravel())
    sizes = b"" if bits == 8 else struct.pack(">2H", 256, 256)
    lut = kind + bytes([0, 0, 0, 0, 4, 3, points, 0]) + matrix + sizes + gain + table + straight
    tags = {b"desc": _text(b"corpus"), b"cprt": _text(b"CC0"), b"wtpt": _xyz(D50), b"A2B0": lut}
    return _assembled(b"prtr", b"CMYK", b"Lab ", tags)


def _lab(linear: np.ndarray) -> np.ndarray:
    """Lab of linear sRGB, 0 to 1; a and b have their zero at 128."""
    xyz = linear @ _adapted(SRGB).T / np.array(D50)
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]) + 128, 200 * (f[:, 1] - f[:, 2]) + 128], axis=1)


def _assembled(kind: bytes, colours: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    table, body = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    head = bytearray(128)
    struct.pack_into(">I4sI4s4s4s", head, 0, start + len(body), b"\0\0\0\0", 0x02400000, kind, colours, connection)
    struct.pack_into(">4s", head, 36, b"acsp")
    struct.pack_into(">iii", head, 68, *(_fixed(value) for value in D50))
    return bytes(head) + struct.pack(">I", len(tags)) + table + body


def gamma(exponent: float) -> bytes:
    """A curve that is one power."""
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(exponent * 256))


def parametric(parameters: tuple) -> bytes:
    """A curve of function type 3: a power with a straight foot."""
    return b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + b"".join(struct.pack(">i", _fixed(p)) for p in parameters)


def sampled(points: np.ndarray) -> bytes:
    """A curve by its points, 0 to 1."""
    values = np.round(points * 65535).astype(">u2")
    return b"curv\0\0\0\0" + struct.pack(">I", len(values)) + values.tobytes()


def _adapted(primaries: tuple) -> np.ndarray:
    columns = np.array([[x / y, 1, (1 - x - y) / y] for x, y in primaries]).T
    white = np.array([D65[0] / D65[1], 1, (1 - D65[0] - D65[1]) / D65[1]])
    matrix = columns * np.linalg.solve(columns, white)
    scale = (BRADFORD @ np.array(D50)) / (BRADFORD @ white)
    return np.linalg.inv(BRADFORD) @ np.diag(scale) @ BRADFORD @ matrix


def _fixed(value: float) -> int:
    return round(float(value) * 65536)


def _xyz(values: tuple) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">iii", *(_fixed(value) for value in values))


def _text(text: bytes) -> bytes:
    return b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text + b"\0" * 79
