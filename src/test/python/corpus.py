"""Writes the corpus of image files that the Java tests decode, each with the pixels that it must give.

    python src/test/python/corpus.py

needs `cjpeg` and `tiffcp` (packages libjpeg-turbo-progs and libtiff-tools) for what Pillow does not write, and
imagecodecs for AVIF of more than 8 bits. Each file is one small scene in another kind of file. The expected pixels are
Pillow's; where Pillow does not read a kind, or reads it differently from browsers, they are the scene itself, and the
entry says so. Files that must be refused come with the code of the refusal.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import struct
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import imagecodecs
import numpy as np
from PIL import Image, ImageCms, ImageDraw, ImageOps

import corpus_bmp as bmp
import corpus_icc as icc
import corpus_png as png
import corpus_tiff as tiff

OUTPUT = Path(__file__).parents[1] / "resources" / "corpus"
SIZE = (61, 47)
WHITE = (255, 255, 255)
ORIENTATION = 0x0112
LOSSLESS, LOSSY = 0, 2


def scene() -> Image.Image:
    """A picture with gradients, edges and every corner different, so that no mistake cancels out."""
    x, y = np.meshgrid(np.arange(SIZE[0]), np.arange(SIZE[1]))
    pixels = np.stack([x * 4, y * 5, 255 - x * 2 - y * 2], axis=2).clip(0, 255).astype(np.uint8)
    image = Image.fromarray(pixels)
    draw = ImageDraw.Draw(image)
    draw.ellipse((30, 8, 52, 30), fill=(250, 40, 30))
    draw.polygon([(3, 44), (20, 20), (28, 44)], fill=(20, 200, 60))
    draw.rectangle((0, 0, 8, 4), fill=(255, 255, 0))
    draw.line((0, 46, 60, 40), fill=(0, 0, 0))
    return image


def alpha() -> np.ndarray:
    """From clear on the left to solid on the right, with holes of exactly 0 and 255."""
    ramp = np.tile(np.linspace(0, 255, SIZE[0]).round().astype(np.uint8), (SIZE[1], 1))
    ramp[:10, :10] = 0
    ramp[-10:, -10:] = 255
    return ramp


def upright_on_white(image: Image.Image) -> np.ndarray:
    """What a person sees: turned, transparency on white, RGB."""
    upright = ImageOps.exif_transpose(image)
    if upright.has_transparency_data:
        rgba = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", rgba.size, WHITE), rgba)
    return np.asarray(upright.convert("RGB"))


class Corpus:
    """The files written so far, and their index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.images: list[dict] = []
        self.rejects: list[dict] = []
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "pixels").mkdir(parents=True)

    def add(
        self, name: str, content: bytes, tolerance: int = LOSSLESS, expected: np.ndarray | None = None, **notes: object
    ) -> None:
        """Adds an image. Without `expected`, Pillow says what it shows."""
        (self.folder / name).write_bytes(content)
        if expected is None:
            expected = upright_on_white(Image.open(io.BytesIO(content)))
        height, width = expected.shape[:2]
        raw = expected.astype(np.uint8).tobytes()
        pixels = f"pixels/{hashlib.sha256(raw).hexdigest()[:12]}.rgb"
        (self.folder / pixels).write_bytes(raw)
        self.images.append(
            {"file": name, "format": _format(name), "width": width, "height": height, "pixels": pixels}
            | {"tolerance": tolerance}
            | notes
        )

    def reject(self, name: str, content: bytes, code: str, says: str = "") -> None:
        """Adds a file that must be refused with a code, in a sentence that contains `says`."""
        (self.folder / name).write_bytes(content)
        self.rejects.append({"file": name, "code": code, "says": says})

    def save(self) -> None:
        """Writes the index."""
        index = {"images": self.images, "rejects": self.rejects}
        (self.folder / "corpus.json").write_text(json.dumps(index, indent=1) + "\n")


def _format(name: str) -> str:
    return {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "bmp": "BMP", "tif": "TIFF", "avif": "AVIF"}[
        name.rsplit(".", 1)[1]
    ]


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """An image as Pillow writes it."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def cjpeg(image: Image.Image, *options: str) -> bytes:
    """An image as libjpeg-turbo's own program writes it."""
    return subprocess.run(
        ["cjpeg", "-quality", "90", *options], input=saved(image, "PPM"), capture_output=True, check=True
    ).stdout


def exif(orientation: int) -> Image.Exif:
    """EXIF data that says only how to turn."""
    data = Image.Exif()
    data[ORIENTATION] = orientation
    return data


def add_jpeg(corpus: Corpus) -> None:
    rgb = scene()
    corpus.add("jpeg-baseline.jpg", cjpeg(rgb), LOSSY)
    corpus.add("jpeg-progressive.jpg", cjpeg(rgb, "-progressive"), LOSSY)
    corpus.add("jpeg-optimised.jpg", cjpeg(rgb, "-optimize"), LOSSY)
    corpus.add("jpeg-restart.jpg", cjpeg(rgb, "-restart", "1"), LOSSY)
    corpus.add("jpeg-16-bit-tables.jpg", cjpeg(rgb, "-quality", "1"), LOSSY)
    corpus.add("jpeg-rgb.jpg", cjpeg(rgb, "-rgb"), LOSSY)
    corpus.add("jpeg-gray.jpg", saved(rgb.convert("L"), "JPEG", quality=90), LOSSY)
    corpus.add("jpeg-gray-progressive.jpg", saved(rgb.convert("L"), "JPEG", quality=90, progressive=True), LOSSY)
    for sampling in ("1x1", "2x1", "1x2", "2x2", "4x1", "4x2", "1x4"):
        name = f"jpeg-sampling-{sampling}"
        corpus.add(f"{name}.jpg", cjpeg(rgb, "-sample", sampling), LOSSY)
        corpus.add(f"{name}-progressive.jpg", cjpeg(rgb, "-progressive", "-sample", sampling), LOSSY)
    for orientation in range(1, 9):
        turned = saved(rgb, "JPEG", quality=90, exif=exif(orientation))
        corpus.add(f"jpeg-exif-{orientation}.jpg", turned, LOSSY)
    corpus.add("jpeg-exif-broken.jpg", saved(rgb, "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f"), LOSSY)
    cmyk = saved(rgb.convert("CMYK"), "JPEG", quality=90)
    corpus.add("jpeg-cmyk-adobe.jpg", cmyk, LOSSY)
    corpus.add("jpeg-cmyk-plain.jpg", without_adobe(cmyk), LOSSY)
    ycck = adobe_transform(saved(ycck_planes(rgb), "JPEG", quality=90), 2)
    corpus.add("jpeg-ycck.jpg", ycck, LOSSY)
    whole = cjpeg(rgb, "-quality", "95")
    corpus.add("jpeg-trailing-bytes.jpg", whole + b"\0" * 1000, LOSSY)
    corpus.add("jpeg-filler-before-marker.jpg", whole[:2] + b"\xff\xff" + whole[2:], LOSSY)
    late = whole[: len(whole) * 95 // 100]
    corpus.add("jpeg-cut-late.jpg", late, 255, np.asarray(rgb), warning="ends early")
    corpus.reject("jpeg-cut-early.jpg", whole[: len(whole) // 2], "TRUNCATED", "rows are missing")
    corpus.reject("jpeg-cut-in-header.jpg", whole[:200], "TRUNCATED")
    corpus.reject("jpeg-arithmetic.jpg", cjpeg(rgb, "-arithmetic"), "UNSUPPORTED_FORMAT", "arithmetic")
    corpus.reject("jpeg-scan-bomb.jpg", repeated_scans(cjpeg(rgb, "-progressive"), 200), "UNSUPPORTED_FORMAT", "scans")
    corpus.reject("jpeg-bomb.jpg", resized_frame(whole, 65535, 65535)[:700], "TOO_MANY_PIXELS", "65,535")
    corpus.reject("jpeg-hollow.jpg", resized_frame(whole, 10000, 10000), "TRUNCATED")


def add_jpeg_ends(corpus: Corpus) -> None:
    """How JPEGs end that were cut, filled up, or carry something behind the image."""
    rgb = scene()
    unended = "no end marker"
    kinds = {"": cjpeg(rgb), "progressive-": cjpeg(rgb, "-progressive"), "restart-": cjpeg(rgb, "-restart", "1")}
    for kind, whole in kinds.items():
        corpus.add(f"jpeg-{kind}no-end.jpg", whole[:-2], LOSSY, np.asarray(opened(whole)), warning=unended)
        film = struct.pack(">I", 24) + b"ftypmp42\0\0\0\0mp42isom" + b"\xff\xda\xff\xd9\xff\xc4film" * 100
        trailers = {"film": film, "trailer": b"\xff\x19\0\4\0\0" + bytes(40) + b"SEFT", "zeros": bytes(3000)}
        for name, trailer in trailers.items():
            corpus.add(f"jpeg-{kind}{name}.jpg", whole + trailer, LOSSY)
            if name != "film":
                shows = np.asarray(opened(whole))
                corpus.add(f"jpeg-{kind}no-end-{name}.jpg", whole[:-2] + trailer, LOSSY, shows, warning=unended)
    flat = Image.new("RGB", SIZE, WHITE)
    flat.paste(rgb.resize((40, 20)), (10, 4))
    for kind, options in (("", ()), ("optimised-", ("-optimize",))):
        whole = cjpeg(flat, *options)
        shows = np.asarray(opened(whole))
        corpus.add(f"jpeg-{kind}no-end-flat-bottom.jpg", whole[:-2], LOSSY, shows, warning=unended)
    corpus.add("jpeg-optimised-flat.jpg", cjpeg(Image.new("L", (200, 150), 128), "-optimize"))
    noise = np.random.default_rng(1).integers(0, 40, (SIZE[1], SIZE[0], 1))
    noisy = Image.fromarray((np.asarray(rgb) // 2 + noise).astype(np.uint8))
    for kind in ("baseline", "optimize", "restart 1"):
        whole = cjpeg(noisy, *f"-{kind}".split())
        name = f"jpeg-zeros-{kind.split()[0]}"
        corpus.reject(f"{name}.jpg", filled_up(whole, 50), "TRUNCATED", "rows are missing")
        corpus.reject(f"{name}-ended.jpg", filled_up(whole, 40)[:-2] + whole[-2:], "TRUNCATED", "rows are missing")
        corpus.add(f"{name}-late.jpg", filled_up(whole, 90), 255, np.asarray(noisy), warning="ends early")
    progressive = filled_up(cjpeg(noisy, "-progressive"), 60)
    corpus.add("jpeg-zeros-progressive.jpg", progressive, 255, np.asarray(noisy), warning="ends early")
    whole = cjpeg(rgb)
    for name, marker in (("comment", b"\xff\xfe"), ("app", b"\xff\xe5"), ("icc", b"\xff\xe2")):
        for length in (0, 1):
            segment = marker + bytes([0, length])
            corpus.add(f"jpeg-{name}-length-{length}.jpg", whole[:2] + segment + whole[2:], LOSSY)
    corpus.reject("jpeg-height-behind.jpg", resized_frame(whole, 61, 0), "UNSUPPORTED_FORMAT", "height behind its data")
    at = whole.index(b"\xff\xc0") + 9
    two = whole[:at] + b"\2" + whole[at + 1 :]
    corpus.reject("jpeg-two-components.jpg", two, "UNSUPPORTED_FORMAT", "2 colour components")


def opened(jpeg: bytes) -> Image.Image:
    """What a JPEG shows."""
    return Image.open(io.BytesIO(jpeg)).convert("RGB")


def filled_up(jpeg: bytes, percent: int) -> bytes:
    """A file whose last part never came, and was zeros on the disk."""
    return jpeg[: len(jpeg) * percent // 100].ljust(len(jpeg), b"\0")


def without_adobe(jpeg: bytes) -> bytes:
    """A JPEG without its Adobe marker."""
    at = jpeg.index(b"\xff\xee")
    length = struct.unpack_from(">H", jpeg, at + 2)[0]
    return jpeg[:at] + jpeg[at + 2 + length :]


def adobe_transform(jpeg: bytes, transform: int) -> bytes:
    """A JPEG whose Adobe marker names another colour transform."""
    at = jpeg.index(b"Adobe") + 11
    return jpeg[:at] + bytes([transform]) + jpeg[at + 1 :]


def ycck_planes(rgb: Image.Image) -> Image.Image:
    """YCC and K as four planes, which Pillow stores as they are under the name of CMYK (inverted, as Adobe does)."""
    cyan, magenta, yellow, black = rgb.convert("CMYK").split()
    y, cb, cr = (
        Image.merge("RGB", [ImageOps.invert(plane) for plane in (cyan, magenta, yellow)]).convert("YCbCr").split()
    )
    return Image.merge("CMYK", [ImageOps.invert(plane) for plane in (y, cb, cr)] + [black])


def repeated_scans(jpeg: bytes, count: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    last = jpeg.rindex(b"\xff\xda")
    return jpeg[:-2] + jpeg[last:-2] * count + jpeg[-2:]


def resized_frame(jpeg: bytes, width: int, height: int) -> bytes:
    """A JPEG whose header lies about the size."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


def add_png(corpus: Corpus) -> None:
    rgb = np.asarray(scene()).astype(int)
    gray = np.asarray(scene().convert("L")).astype(int)[:, :, None]
    a = alpha().astype(int)[:, :, None]
    low = (np.arange(gray.size).reshape(gray.shape) * 37) % 256
    for interlaced in (False, True):
        suffix = "-interlaced" if interlaced else ""

        def add(name: str, samples: np.ndarray, depth: int, colour: int, extra: bytes = b"", **options: object) -> None:
            data = png.write(samples, depth, colour, interlaced=interlaced, extra=extra)  # noqa: B023
            corpus.add(f"png-{name}{suffix}.png", data, **options)  # noqa: B023

        for depth in (1, 2, 4, 8):
            add(f"gray-{depth}", gray >> (8 - depth), depth, png.GRAY)
        add("gray-16", gray * 256 + low, 16, png.GRAY, expected=np.repeat(gray, 3, axis=2), truth="high byte")
        add("rgb-8", rgb, 8, png.RGB)
        add("rgb-16", rgb * 256 + low, 16, png.RGB)
        add("gray-alpha-8", np.dstack([gray, a]), 8, png.GRAY_ALPHA)
        add("rgb-alpha-8", np.dstack([rgb, a]), 8, png.RGB_ALPHA)
        on_white = composed(rgb, a)
        add("rgb-alpha-16", np.dstack([rgb, a]) * 256 + low, 16, png.RGB_ALPHA, expected=on_white, truth="high byte")
        gray_on_white = composed(np.repeat(gray, 3, axis=2), a)
        wide = np.dstack([gray, a]) * 256 + low
        add("gray-alpha-16", wide, 16, png.GRAY_ALPHA, expected=gray_on_white, truth="high byte")
        for depth in (1, 2, 4, 8):
            paletted = scene().quantize(2**depth, dither=Image.Dither.NONE)
            colours = bytes(paletted.getpalette()[: 3 * 2**depth]).ljust(3 * 2**depth, b"\0")
            indices = np.asarray(paletted).astype(int)[:, :, None]
            plte = png.chunk(b"PLTE", colours)
            add(f"palette-{depth}", indices, depth, png.PALETTE, plte)
            clear = png.chunk(b"tRNS", bytes([0, 128][: 2**depth]))
            add(f"palette-alpha-{depth}", indices, depth, png.PALETTE, plte + clear)
        keyed = png.chunk(b"tRNS", struct.pack(">3H", 255, 255, 0))
        add("rgb-keyed", rgb, 8, png.RGB, keyed)
        add("gray-keyed", gray, 8, png.GRAY, png.chunk(b"tRNS", struct.pack(">H", int(gray[0, 0, 0]))))
    plain = png.write(rgb, 8, png.RGB, parts=7, extra=png.chunk(b"gAMA", struct.pack(">I", 45455)))
    corpus.add("png-many-chunks-gamma.png", plain)
    for orientation in (3, 6):
        turned = saved(scene(), "PNG", exif=exif(orientation))
        corpus.add(f"png-exif-{orientation}.png", turned)
    corpus.add("png-animated.png", saved(scene(), "PNG", save_all=True, append_images=[Image.new("RGB", SIZE)]))
    corpus.reject("png-cut.png", plain[: len(plain) // 2], "TRUNCATED")
    corpus.reject("png-wrong-checksum.png", plain[:-20] + bytes([plain[-20] ^ 1]) + plain[-19:], "CORRUPT", "checksum")
    bomb = png.SIGNATURE + png.header(65535, 65535, 8, png.RGB)
    corpus.reject("png-bomb.png", bomb + png.chunk(b"IDAT", zlib.compress(b"")), "TOO_MANY_PIXELS", "65,535")
    hollow = png.SIGNATURE + png.header(10000, 10000, 8, png.RGB, interlaced=True)
    corpus.reject("png-hollow.png", hollow + png.chunk(b"IDAT", zlib.compress(b"\0" * 100000)), "TRUNCATED")
    short = png.SIGNATURE + png.header(*SIZE, 8, png.RGB) + png.chunk(b"IDAT", zlib.compress(b"\0" * 999))
    corpus.reject("png-too-few-pixels.png", short + png.chunk(b"IEND", b""), "CORRUPT", "fewer pixels")
    corpus.reject("png-no-palette.png", png.write(gray, 8, png.PALETTE), "CORRUPT", "palette")
    corpus.reject("png-one-pixel.png", png.write(rgb[:1, :1], 8, png.RGB), "TOO_SMALL", "1x1")


def composed(rgb: np.ndarray, a: np.ndarray) -> np.ndarray:
    """Colours on white."""
    rgba = Image.fromarray(np.dstack([rgb, a]).astype(np.uint8), "RGBA")
    return upright_on_white(rgba)


def add_webp(corpus: Corpus) -> None:
    rgb = scene()
    rgba = rgb.copy()
    rgba.putalpha(Image.fromarray(alpha()))
    corpus.add("webp-lossy.webp", saved(rgb, "WEBP", quality=85), LOSSY)
    corpus.add("webp-lossy-alpha.webp", saved(rgba, "WEBP", quality=85), LOSSY)
    corpus.add("webp-lossless.webp", saved(rgb, "WEBP", lossless=True))
    corpus.add("webp-lossless-alpha.webp", saved(rgba, "WEBP", lossless=True))
    frames = [rgba.transpose(Image.Transpose.ROTATE_180)]
    options = {"save_all": True, "append_images": frames, "duration": 100}
    corpus.add("webp-animated.webp", saved(rgba, "WEBP", lossless=True, **options))
    corpus.add("webp-animated-lossy.webp", saved(rgb, "WEBP", quality=85, **options), LOSSY)
    for orientation in (2, 5, 8):
        turned = saved(rgb, "WEBP", lossless=True, exif=exif(orientation))
        corpus.add(f"webp-exif-{orientation}.webp", turned)
    whole = saved(rgb, "WEBP", quality=85)
    corpus.reject("webp-cut.webp", whole[: len(whole) // 2], "CORRUPT", "ends early")
    corpus.reject("webp-empty-riff.webp", whole[:12], "TRUNCATED")
    huge = b"RIFF\x20\0\0\0WEBPVP8L\x14\0\0\0\x2f" + struct.pack("<I", 0x0FFFFFFF) + b"\0" * 15
    corpus.reject("webp-bomb.webp", huge, "TOO_MANY_PIXELS", "268,435,456")


def add_gif(corpus: Corpus) -> None:
    rgb = scene()
    paletted = rgb.quantize(256, dither=Image.Dither.NONE)
    corpus.add("gif-plain.gif", saved(paletted, "GIF"))
    corpus.add("gif-interlaced.gif", saved(paletted, "GIF", interlace=1))
    corpus.add("gif-two-colours.gif", saved(rgb.quantize(2), "GIF"))
    corpus.add("gif-transparent.gif", saved(paletted, "GIF", transparency=int(np.asarray(paletted)[0, 0])))
    frames = [Image.new("P", SIZE, 3)]
    corpus.add("gif-animated.gif", saved(paletted, "GIF", save_all=True, append_images=frames, duration=100))
    part = saved(paletted, "GIF", interlace=0)
    canvas = np.full((SIZE[1] + 9, SIZE[0] + 12, 3), 255, np.uint8)
    canvas[4 : 4 + SIZE[1], 7 : 7 + SIZE[0]] = np.asarray(paletted.convert("RGB"))
    offset = gif_on_canvas(part, canvas.shape[1], canvas.shape[0], 7, 4)
    corpus.add("gif-frame-inside-canvas.gif", offset, expected=canvas, truth="as browsers: nothing outside the frame")
    local = gif_local_palette(part)
    corpus.add("gif-local-palette.gif", local)
    corpus.add("gif-no-trailer.gif", part[:-1])
    gray = saved(rgb.convert("L"), "GIF", interlace=0)
    corpus.add("gif-no-palette.gif", gray[:10] + b"\0" + gray[11:13] + gray[13 + 768 :])
    at = part.index(b"\x2c\0\0\0\0")
    corpus.add("gif-padded.gif", part[:at] + bytes(3) + part[at:])
    corpus.reject("gif-cut.gif", part[: len(part) * 2 // 3], "TRUNCATED")
    corpus.reject("gif-no-frame.gif", part[: part.index(b"\x2c\0\0\0\0")] + b";", "CORRUPT", "no frame")
    corpus.reject("gif-bomb.gif", gif_on_canvas(part, 65535, 65535, 0, 0)[:40], "TRUNCATED")
    huge = bytearray(b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\0\0\0," + struct.pack("<4H", 0, 0, 65535, 65535))
    corpus.reject("gif-bomb-frame.gif", bytes(huge) + b"\0\2\1\0\0;", "TOO_MANY_PIXELS", "65,535")


def gif_on_canvas(gif: bytes, width: int, height: int, left: int, top: int) -> bytes:
    """A GIF whose frame lies somewhere on a larger canvas."""
    at = gif.index(b"\x2c\0\0\0\0")
    return (
        gif[:6] + struct.pack("<HH", width, height) + gif[10 : at + 1] + struct.pack("<HH", left, top) + gif[at + 5 :]
    )


def gif_local_palette(gif: bytes) -> bytes:
    """A GIF whose global palette belongs to the frame instead."""
    flags = gif[10]
    size = 3 << ((flags & 7) + 1)
    palette, rest = gif[13 : 13 + size], gif[13 + size :]
    at = rest.index(b"\x2c\0\0\0\0")
    frame = rest[at : at + 9] + bytes([0x80 | flags & 7]) + palette + rest[at + 10 :]
    return gif[:10] + bytes([flags & 0x70]) + gif[11:13] + rest[:at] + frame


def add_bmp(corpus: Corpus) -> None:
    rgb = np.asarray(scene())
    width, height = SIZE
    for depth in (1, 2, 4, 8):
        paletted = scene().quantize(2**depth, dither=Image.Dither.NONE)
        colours = np.array(paletted.getpalette()[: 3 * 2**depth]).reshape(-1, 3)
        indices = np.asarray(paletted)
        expected = np.asarray(paletted.convert("RGB"))
        rows = bmp.indexed_rows(indices, depth)
        corpus.add(f"bmp-{depth}.bmp", bmp.write(width, height, depth, rows, palette=colours), expected=expected)
        rows = bmp.indexed_rows(indices, depth, top_down=True)
        data = bmp.write(width, height, depth, rows, palette=colours, top_down=True)
        corpus.add(f"bmp-{depth}-top-down.bmp", data, expected=expected)
        if depth in (4, 8):
            kind = bmp.RLE8 if depth == 8 else bmp.RLE4
            data = bmp.write(width, height, depth, bmp.run_lengths(indices, depth), palette=colours, compression=kind)
            corpus.add(f"bmp-rle{depth}.bmp", data, expected=expected)
            corpus.reject(f"bmp-rle{depth}-cut.bmp", data[: len(data) // 2], "TRUNCATED")
    os2 = bmp.write(width, height, 24, bmp.bgr_rows(rgb), header_size=12)
    corpus.add("bmp-24-os2.bmp", os2)
    brief = b"BM" + struct.pack("<IHHIIIIHH", 0, 0, 0, 30, 16, width, height, 1, 24) + bmp.bgr_rows(rgb)
    corpus.add("bmp-24-os2-brief.bmp", brief, expected=rgb)
    whole = bmp.write(width, height, 24, bmp.bgr_rows(rgb))
    corpus.add("bmp-24.bmp", whole)
    r, g, b = (rgb[:, :, i].astype(int) for i in range(3))
    corpus.add(
        "bmp-16-555.bmp", bmp.write(width, height, 16, bmp.word_rows(r >> 3 << 10 | g >> 3 << 5 | b >> 3, "<u2"))
    )
    rows = bmp.word_rows(r >> 3 << 11 | g >> 2 << 5 | b >> 3, "<u2")
    masks = (0xF800, 0x7E0, 0x1F)
    corpus.add("bmp-16-565.bmp", bmp.write(width, height, 16, rows, compression=bmp.BITFIELDS, masks=masks))
    rows = bmp.word_rows(r << 16 | g << 8 | b, "<u4")
    corpus.add("bmp-32.bmp", bmp.write(width, height, 32, rows))
    rows = bmp.word_rows(alpha().astype(np.int64) << 24 | r << 16 | g << 8 | b, "<u4", top_down=True)
    masks = (0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    data = bmp.write(width, height, 32, rows, compression=bmp.BITFIELDS, masks=masks, top_down=True, header_size=108)
    corpus.add("bmp-32-alpha.bmp", data)
    corpus.reject("bmp-cut.bmp", whole[: len(whole) // 2], "TRUNCATED")
    corpus.reject("bmp-bomb.bmp", bmp.write(65535, 65535, 24, b""), "TOO_MANY_PIXELS", "65,535")
    corpus.reject("bmp-jpeg-inside.bmp", bmp.write(width, height, 24, b"", compression=4), "UNSUPPORTED_FORMAT")


def add_tiff(corpus: Corpus) -> None:
    rgb = scene()
    rgba = rgb.copy()
    rgba.putalpha(Image.fromarray(alpha()))
    for name in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
        corpus.add(f"tiff-{name.removeprefix('tiff_')}.tif", saved(rgb, "TIFF", compression=name))
    corpus.add("tiff-strips.tif", saved(rgb, "TIFF", compression="tiff_lzw", strip_size=1000))
    corpus.add("tiff-predictor.tif", saved(rgb, "TIFF", compression="tiff_lzw", tiffinfo={317: 2}))
    corpus.add("tiff-gray.tif", saved(rgb.convert("L"), "TIFF"))
    corpus.add("tiff-bilevel-fax.tif", saved(rgb.convert("1"), "TIFF", compression="group4"))
    corpus.add("tiff-palette.tif", saved(rgb.quantize(64), "TIFF"))
    corpus.add("tiff-alpha.tif", saved(rgba, "TIFF"), 1)
    corpus.add("tiff-cmyk.tif", saved(rgb.convert("CMYK"), "TIFF"), 1)
    corpus.add("tiff-jpeg.tif", saved(rgb, "TIFF", compression="jpeg", quality=90), LOSSY)
    corpus.add("tiff-two-pages.tif", saved(rgb, "TIFF", save_all=True, append_images=[Image.new("RGB", SIZE)]))
    gray = np.asarray(rgb.convert("L")).astype(np.uint16) * 257
    expected = np.repeat((gray >> 8)[:, :, None], 3, axis=2)
    corpus.add("tiff-gray-16.tif", saved(Image.fromarray(gray), "TIFF"), 1, expected, truth="high byte")
    for orientation in range(1, 9):
        data = saved(rgb, "TIFF", compression="tiff_lzw", tiffinfo={ORIENTATION: orientation})
        corpus.add(f"tiff-orientation-{orientation}.tif", data)
    whole = saved(rgb, "TIFF", compression="tiff_lzw")
    corpus.add("tiff-tiles.tif", tiled(whole))
    corpus.reject("tiff-cut.tif", whole[: len(whole) // 3], "TRUNCATED")
    directory = struct.pack("<HHIIHHII", 256, 4, 1, 65535, 257, 4, 1, 65535)
    corpus.reject("tiff-bomb.tif", b"II*\0\x08\0\0\0\2\0" + directory + b"\0\0\0\0", "TOO_MANY_PIXELS", "65,535")
    directory = struct.pack("<HHIIHHII", 256, 4, 1, 9000, 257, 4, 1, 9000)
    corpus.reject("tiff-hollow.tif", b"II*\0\x08\0\0\0\2\0" + directory + b"\0\0\0\0", "TRUNCATED")
    corpus.reject("tiff-float.tif", saved(Image.fromarray(gray.astype(np.float32)), "TIFF"), "UNSUPPORTED_FORMAT")


def tiled(strips: bytes) -> bytes:
    """A TIFF in tiles instead of strips."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "strips.tif"), Path(folder, "tiles.tif")
        source.write_bytes(strips)
        subprocess.run(["tiffcp", "-t", "-w", "16", "-l", "16", "-c", "lzw", source, target], check=True)
        return target.read_bytes()


def add_tiff_samples(corpus: Corpus) -> None:
    """Every kind of sample, most of which Pillow does not read: what they show is the scene."""
    rgb = np.asarray(scene()).astype(int)
    gray = np.asarray(scene().convert("L")).astype(int)[:, :, None]
    grays = np.repeat(gray, 3, axis=2)
    a = alpha().astype(int)[:, :, None]
    low = (np.arange(gray.size).reshape(gray.shape) * 37) % 256  # what the lower byte of 16 bits holds

    def add(name: str, samples: np.ndarray, bits: int, kind: int, shows: np.ndarray, **options: object) -> None:
        corpus.add(f"tiff-{name}.tif", tiff.write(samples, bits, kind, **options), 1, shows)

    for bits in (8, 16):

        def wide(samples: np.ndarray) -> np.ndarray:
            return samples if bits == 8 else samples * 256 + low  # noqa: B023

        for kind, extra in (("unspecified", 0), ("associated", 1), ("unassociated", 2)):
            a_part = a if extra == tiff.ASSOCIATED else np.full_like(a, 255)
            for name, colours, shown, meaning in (
                ("gray", gray, grays, tiff.BLACK_IS_ZERO),
                ("rgb", rgb, rgb, tiff.RGB),
            ):
                stored = np.dstack([wide((colours * a_part + 127) // 255), wide(a)])
                shows = composed(shown, a) if extra else shown
                add(f"{name}-{bits}-{kind}", stored, bits, meaning, shows, extra=(extra,))
        two = np.dstack([wide(rgb), wide(gray), wide(a)])
        add(f"rgb-{bits}-infrared-and-alpha", two, bits, tiff.RGB, composed(rgb, a), extra=(0, 2), order=">")
        for layout, options in (("planes", {}), ("planes-in-tiles", {"tile": 48})):
            add(f"rgb-{bits}-{layout}", wide(rgb), bits, tiff.RGB, rgb, planar=True, **options)
        add(f"gray-{bits}-alpha-in-planes", np.dstack([wide(gray), wide(a)]), bits, tiff.BLACK_IS_ZERO,
            composed(grays, a), extra=(2,), planar=True)  # fmt: skip
        ink = np.asarray(scene().convert("CMYK")).astype(int)
        printed = np.asarray(scene().convert("CMYK").convert("RGB"))
        add(f"cmyk-{bits}-alpha", np.dstack([wide(ink), wide(a)]), bits, tiff.CMYK, composed(printed, a), extra=(2,))
        add(f"cmyk-{bits}-planes", wide(ink), bits, tiff.CMYK, printed, planar=True)
    add("rgb-alpha-not-listed", np.dstack([rgb, a]), 8, tiff.RGB, composed(rgb, a))
    for bits in (2, 4, 6, 10, 12, 14):
        most = 2**bits - 1
        for order in "<>":
            levels = (gray * most + 127) // 255
            shown = np.repeat(levels * 255 // most, 3, axis=2)
            add(f"gray-{bits}-{'II' if order == '<' else 'MM'}", levels, bits, tiff.BLACK_IS_ZERO, shown, order=order)
        add(f"white-{bits}", most - levels, bits, tiff.WHITE_IS_ZERO, shown, tile=32)
    add("rgb-12", rgb * 16 + low // 16, 12, tiff.RGB, rgb)
    for bits in (4, 8):
        paletted = scene().quantize(2**bits, dither=Image.Dither.NONE)
        colours = np.resize(np.array(paletted.getpalette()), (2**bits, 3))
        indices = np.asarray(paletted).astype(int)[:, :, None]
        hard = np.where(a > 127, 2**bits - 1, 0)
        shown = composed(colours[indices[:, :, 0]], np.where(a > 127, 255, 0))
        stored = np.dstack([indices, hard])
        add(f"palette-{bits}-alpha", stored, bits, tiff.PALETTE, shown, extra=(2,), palette=colours)
    add_lab(corpus, a)
    for name, options in (("signed", {"fields": ((339, 2),)}), ("inks", {"fields": ((332, 2),)}), ("mask", {})):
        kind = {"signed": tiff.BLACK_IS_ZERO, "inks": tiff.CMYK, "mask": tiff.MASK}[name]
        samples = ink if name == "inks" else gray // 255
        refused = tiff.write(samples, 1 if name == "mask" else 8, kind, **options)
        corpus.reject(f"tiff-{name}.tif", refused, "UNSUPPORTED_FORMAT", "send unsigned gray, RGB or CMYK")
    ycca = tiff.write(np.dstack([rgb, a]), 8, tiff.YCBCR, fields=((530, 1),))
    corpus.reject("tiff-ycbcr-alpha.tif", ycca, "UNSUPPORTED_FORMAT", "rare kind")
    wide_words = tiff.write(gray, 32, tiff.BLACK_IS_ZERO)
    corpus.reject("tiff-gray-32.tif", wide_words, "UNSUPPORTED_FORMAT", "of 1 to 16 bits")


def add_lab(corpus: Corpus, a: np.ndarray) -> None:
    """Lab as TIFF and as ICC store it, of 8 and 16 bits; LittleCMS says what it shows, without a table of 33 steps."""
    lab_profile, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    lab = ImageCms.profileToProfile(scene(), srgb, lab_profile, outputMode="LAB")
    exactly = ImageCms.Flags.NOOPTIMIZE
    shows = np.asarray(ImageCms.profileToProfile(lab, lab_profile, srgb, outputMode="RGB", flags=exactly))
    stored = np.frombuffer(lab.tobytes(), np.uint8).reshape(*shows.shape).astype(int)
    light, axes = stored[:, :, :1], stored[:, :, 1:].astype(np.uint8).view(np.int8).astype(int)
    kinds = {
        "lab-8": (8, tiff.CIE_LAB, stored),
        "lab-16": (16, tiff.CIE_LAB, np.dstack([light * 257, axes * 256 & 0xFFFF])),
        "lab-icc-8": (8, tiff.ICC_LAB, np.dstack([light, axes + 128])),
        "lab-icc-16": (16, tiff.ICC_LAB, np.dstack([light * 256, (axes + 128) * 256])),
    }
    for name, (bits, kind, samples) in kinds.items():
        corpus.add(f"tiff-{name}.tif", tiff.write(samples, bits, kind), 1, shows)
    with_alpha = tiff.write(np.dstack([stored, a]), 8, tiff.CIE_LAB, extra=(2,))
    corpus.add("tiff-lab-alpha.tif", with_alpha, 2, composed(shows.astype(int), a))


def add_avif(corpus: Corpus) -> None:
    rgb = scene()
    rgba = rgb.copy()
    rgba.putalpha(Image.fromarray(alpha()))
    for sampling in ("4:0:0", "4:2:0", "4:2:2", "4:4:4"):
        corpus.add(f"avif-{sampling.replace(':', '')}.avif", saved(rgb, "AVIF", subsampling=sampling), 1)
    corpus.add("avif-lossless.avif", saved(rgb, "AVIF", quality=100, subsampling="4:4:4"), 1)
    corpus.add("avif-full-range.avif", saved(rgb, "AVIF", range="full"), 1)
    corpus.add("avif-limited-range.avif", saved(rgb, "AVIF", range="limited"), 1)
    corpus.add("avif-alpha.avif", saved(rgba, "AVIF"), 1)
    corpus.add("avif-alpha-multiplied.avif", saved(rgba, "AVIF", alpha_premultiplied=True), 2)
    for bits in (10, 12):
        pixels = np.dstack([np.asarray(rgb), alpha()]).astype(np.uint16) << bits - 8
        corpus.add(f"avif-{bits}.avif", imagecodecs.avif_encode(pixels[:, :, :3], level=90, bitspersample=bits), 1)
        corpus.add(f"avif-{bits}-alpha.avif", imagecodecs.avif_encode(pixels, level=90, bitspersample=bits), 1)
    corpus.add("avif-tiles.avif", saved(rgb, "AVIF", tile_rows=1, tile_cols=1), 1)
    for orientation in range(1, 9):
        turned = saved(rgb, "AVIF", exif=exif(orientation))
        corpus.add(f"avif-orientation-{orientation}.avif", turned, 1)
    frames = {"save_all": True, "append_images": [Image.new("RGB", SIZE)], "duration": 100}
    corpus.add("avif-sequence.avif", saved(rgb, "AVIF", **frames), 1)
    profile = icc.profile(icc.DISPLAY_P3, icc.parametric(icc.SRGB_CURVE))
    converted = saved(rgb, "AVIF", quality=100, subsampling="4:4:4", icc_profile=profile)
    corpus.add("avif-icc.avif", converted, 3, through(Image.open(io.BytesIO(converted)).convert("RGB"), profile))
    whole = saved(rgb, "AVIF", quality=90)
    at = whole.index(b"ftyp") + 4
    wider = whole[:at] + b"mif1" + whole[at + 4 :]
    corpus.add("avif-wider-brand.avif", wider, 1)
    corpus.reject("avif-cut.avif", whole[: len(whole) // 2], "CORRUPT", "ends early")
    at = whole.index(b"ispe") + 8
    huge = whole[:at] + struct.pack(">II", 16000, 16000) + whole[at + 8 :]
    corpus.reject("avif-bomb.avif", huge, "TOO_MANY_PIXELS", "256,000,000")


def add_profiles(corpus: Corpus) -> None:
    rgb = scene()
    curve = icc.parametric(icc.SRGB_CURVE)
    points = np.linspace(0, 1, 1024)
    srgb_points = np.where(points <= 0.04045, points / 12.92, ((points + 0.055) / 1.055) ** 2.4)
    profiles = {
        "display-p3": icc.profile(icc.DISPLAY_P3, curve),
        "adobe-rgb": icc.profile(icc.ADOBE_RGB, icc.gamma(563 / 256)),
        "p3-sampled": icc.profile(icc.DISPLAY_P3, icc.sampled(srgb_points)),
    }
    for name, data in profiles.items():
        expected = through(rgb, data)
        corpus.add(f"icc-{name}.png", saved(rgb, "PNG", icc_profile=data), 1, expected)
        corpus.add(f"icc-{name}.webp", saved(rgb, "WEBP", lossless=True, icc_profile=data), 1, expected)
        corpus.add(f"icc-{name}.tif", saved(rgb, "TIFF", icc_profile=data), 1, expected)
        jpeg = saved(rgb, "JPEG", quality=95, subsampling=0, icc_profile=data)
        decoded = Image.open(io.BytesIO(jpeg))
        corpus.add(f"icc-{name}.jpg", jpeg, 3, through(decoded, data))
    srgb = icc.profile(icc.SRGB, curve)
    corpus.add("icc-srgb.png", saved(rgb, "PNG", icc_profile=srgb))
    ignored = "colour profile cannot be used"
    corpus.add("icc-broken.png", saved(rgb, "PNG", icc_profile=profiles["display-p3"][:300]), warning=ignored)
    corpus.add("icc-gray-for-colours.png", saved(rgb, "PNG", icc_profile=icc.gray(icc.gamma(1.8))), warning=ignored)
    dark = rgb.point([level // 6 for level in range(256)] * 3)
    plain = icc.profile(icc.SRGB, icc.gamma(2.2))
    corpus.add("icc-gamma-dark.png", saved(dark, "PNG", icc_profile=plain), 1, through(dark, plain))
    table = icc.exchanging_red_and_blue()
    corpus.add("icc-lookup-table.png", saved(rgb, "PNG", icc_profile=table), 1, through(rgb, table))
    corpus.add("icc-lookup-table.tif", saved(rgb, "TIFF", icc_profile=table), 1, through(rgb, table))
    gray, gray_profile = rgb.convert("L"), icc.gray(icc.gamma(1.8))
    expected = through(gray, gray_profile)
    corpus.add("icc-gray.png", saved(gray, "PNG", icc_profile=gray_profile), 1, expected)
    corpus.add("icc-gray.tif", saved(gray, "TIFF", icc_profile=gray_profile), 1, expected)


def add_ink(corpus: Corpus) -> None:
    """Four inks, and what a press's profile says that they look like."""
    cmyk = scene().convert("CMYK")
    samples = np.asarray(cmyk).astype(int)
    for bits in (8, 16):
        press = icc.ink(bits)
        expected = through(cmyk, press)
        corpus.add(f"icc-ink-{bits}.tif", saved(cmyk, "TIFF", icc_profile=press), 1, expected)
        corpus.add(f"icc-ink-{bits}.jpg", *printed(saved(cmyk, "JPEG", quality=95, icc_profile=press), press))
    press = icc.ink(16)
    expected = through(cmyk, press)
    wide = tiff.write(samples * 257, 16, tiff.CMYK, profile=press)
    corpus.add("icc-ink-16-bits.tif", wide, 1, expected)
    corpus.add("icc-ink-tiles.tif", tiff.write(samples, 8, tiff.CMYK, tile=16, profile=press), 1, expected)
    corpus.add("icc-ink-planes.tif", tiff.write(samples, 8, tiff.CMYK, planar=True, profile=press), 1, expected)
    a = alpha()
    clear = tiff.write(np.dstack([samples, a]), 8, tiff.CMYK, extra=(2,), profile=press)
    corpus.add("icc-ink-alpha.tif", clear, 1, composed(expected.astype(int), a))
    lzw = saved(cmyk, "TIFF", compression="tiff_lzw", icc_profile=press)
    corpus.add("icc-ink-lzw.tif", lzw, 1, expected)
    plain = saved(cmyk, "JPEG", quality=95, icc_profile=press)
    corpus.add("icc-ink-plain.jpg", *printed(without_adobe(plain), press))
    corpus.add("icc-ink-progressive.jpg", *printed(saved(cmyk, "JPEG", progressive=True, icc_profile=press), press))
    ycck = adobe_transform(saved(ycck_planes(scene()), "JPEG", quality=95, icc_profile=press), 2)
    corpus.add("icc-ink-ycck.jpg", *printed(ycck, press))
    ignored = {"warning": "colour profile cannot be used"}
    display = icc.profile(icc.DISPLAY_P3, icc.parametric(icc.SRGB_CURVE))
    others = {"cut": press[:900], "without-table": press.replace(b"A2B0", b"none")}
    others |= {"of-rgb": display, "of-gray": icc.gray(icc.gamma(1.8))}
    for name, profile in others.items():
        corpus.add(f"icc-ink-{name}.tif", saved(cmyk, "TIFF", icc_profile=profile), 1, **ignored)
        corpus.add(f"icc-ink-{name}.jpg", saved(cmyk, "JPEG", quality=95, icc_profile=profile), LOSSY, **ignored)
    corpus.add("icc-ink-for-colours.jpg", saved(scene(), "JPEG", quality=95, icc_profile=press), LOSSY, **ignored)


def printed(jpeg: bytes, profile: bytes) -> tuple[bytes, int, np.ndarray]:
    """A JPEG of ink, how far it may be from what LittleCMS makes of Pillow's samples, and that."""
    return jpeg, 1, through(Image.open(io.BytesIO(jpeg)), profile)


def through(image: Image.Image, profile: bytes) -> np.ndarray:
    """What LittleCMS makes of an image with a profile."""
    srgb = ImageCms.createProfile("sRGB")
    return np.asarray(ImageCms.profileToProfile(image, io.BytesIO(profile), srgb, outputMode="RGB"))


def add_habits(corpus: Corpus) -> None:
    """Files as some programs write them, against or beside the standards; what they show is the scene."""
    rgb = scene()
    pixels = np.asarray(rgb)
    width, height = SIZE
    r, g, b = (pixels[:, :, i].astype(int) for i in range(3))
    rows = bmp.word_rows(r << 16 | g << 8 | b, "<u4")
    masks = (0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    unset = bmp.write(width, height, 32, rows, compression=bmp.BITFIELDS, masks=masks, header_size=108)
    corpus.add(
        "bmp-alpha-never-set.bmp", unset, expected=pixels, truth="browsers: an alpha that is 0 everywhere is none"
    )
    paletted = rgb.quantize(256, dither=Image.Dither.NONE)
    colours = np.array(paletted.getpalette()).reshape(-1, 3)
    indexed = bmp.write(width, height, 8, bmp.indexed_rows(np.asarray(paletted), 8), palette=colours)
    for name, offset in (("palette", 54), ("header", 20), ("colours", 300)):
        lying = indexed[:10] + struct.pack("<I", offset) + indexed[14:]
        corpus.add(f"bmp-offset-in-{name}.bmp", lying, expected=np.asarray(paletted.convert("RGB")))
    clear = rgb.convert("RGBA")
    clear.putalpha(0)
    lossless = saved(clear, "WEBP", lossless=True, exact=True)
    chunk = bytearray(lossless[lossless.index(b"VP8L") :])
    chunk[8 + 4] &= ~0x10  # alpha_is_used
    unused = b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk
    corpus.add("webp-alpha-unused.webp", unused, expected=pixels)
    see_through = rgb.copy()
    see_through.putalpha(Image.fromarray(alpha()))
    for name, frames in (("still", {}), ("animated", {"save_all": True, "append_images": [clear], "duration": 100})):
        flags = bytearray(saved(see_through, "WEBP", quality=85, exif=exif(6), **frames))
        flags[20] &= 0x02  # of the extended header: neither alpha nor EXIF, whatever chunks follow
        corpus.add(f"webp-not-announced-{name}.webp", bytes(flags), LOSSY)
    jpeg = saved(rgb, "JPEG", quality=95)
    turned = upright_on_white(Image.open(io.BytesIO(jpeg)).transpose(Image.Transpose.ROTATE_270))
    kinds = {
        "byte": (1, "B"),
        "short": (3, "H"),
        "long": (4, "I"),
        "sbyte": (6, "b"),
        "sshort": (8, "h"),
        "slong": (9, "i"),
    }
    for order, start in ((">", b"MM\0*"), ("<", b"II*\0")):
        for name, (number, letter) in kinds.items():
            value = struct.pack(order + letter, 6).ljust(4, b"\0")
            block = b"Exif\0\0" + start + struct.pack(order + "IHHHI", 8, 1, ORIENTATION, number, 1) + value + bytes(4)
            shows = upright_on_white(Image.open(io.BytesIO(jpeg))) if name == "byte" else turned
            corpus.add(f"jpeg-exif-{name}-{start[:2].decode()}.jpg", with_exif(jpeg, block), LOSSY, shows)
    corpus.add("jpeg-exif-empty-first.jpg", with_exif(with_exif(jpeg, exif(6).tobytes()), b"Exif\0\0"), LOSSY, turned)
    for side in (16, 48, 240):
        corpus.add(f"tiff-raw-tiles-{side}.tif", tiff.write(pixels, 8, tiff.RGB, tile=side), expected=pixels)
    for name in ("zstd", "lzma"):
        corpus.add(f"tiff-{name}.tif", saved(rgb, "TIFF", compression=name))
    for compression in (34892, 34712, 34933, 50002, 52546):
        data = directory(
            [(256, 1, width), (257, 1, height), (258, 1, 8), (259, 1, compression), (262, 1, 1), (273, 1, 8)]
        )
        corpus.reject(f"tiff-compression-{compression}.tif", data, "UNSUPPORTED_FORMAT", str(compression))
    thumbnail = [(254, 1, 1), (256, 1, 8), (257, 1, 8), (258, 1, 8), (262, 1, 1), (273, 1, 8), (330, 1, 8)]
    corpus.reject("raw-nef.tif", directory(thumbnail), "UNSUPPORTED_FORMAT", "camera raw")
    corpus.reject("raw-arw.tif", directory([(254, 1, 1), (259, 1, 6), (330, 1, 8)]), "UNSUPPORTED_FORMAT", "camera raw")
    corpus.reject(
        "raw-dng.tif", directory([(256, 1, 8), (257, 1, 8), (50706, 1, 4)]), "UNSUPPORTED_FORMAT", "camera raw"
    )
    plain = [(256, 1, 8), (257, 1, 8), (258, 1, 8), (262, 1, 1), (273, 1, 8)]
    for name, more in (("filter", [*plain, (33421, 1, 2)]), ("linear", [*plain[:3], (262, 1, 34892), plain[4]])):
        corpus.reject(f"raw-{name}.tif", directory(more), "UNSUPPORTED_FORMAT", "camera raw")
    corpus.reject("raw-iiq.tif", directory(plain, 80, b"IIII" + bytes(68)), "UNSUPPORTED_FORMAT", "camera raw")
    corpus.reject("raw-cr2.tif", b"II*\0\x10\0\0\0CR\2\0" + bytes(64), "UNSUPPORTED_FORMAT", "camera raw")


def with_exif(jpeg: bytes, block: bytes) -> bytes:
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", 2 + len(block)) + block + jpeg[2:]


def directory(entries: list[tuple[int, int, int]], at: int = 8, content: bytes = b"") -> bytes:
    """A TIFF of one directory behind its content; entries are a tag, how many, and the number or its place."""
    fields = b"".join(struct.pack("<HHII", tag, 4, count, value) for tag, count, value in entries)
    return struct.pack("<2sHI", b"II", 42, at) + content + struct.pack("<H", len(entries)) + fields + bytes(4)


def add_others(corpus: Corpus) -> None:
    rgb = scene()
    corpus.reject("empty.jpg", b"", "EMPTY")
    corpus.reject("text.jpg", b"This is no photo, whatever its name says.\n", "NOT_AN_IMAGE")
    corpus.reject("page.png", b"<!doctype html><title>404</title>", "NOT_AN_IMAGE")
    corpus.reject("zeros.png", b"\0" * 4096, "NOT_AN_IMAGE")
    corpus.reject(
        "photo.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64, "UNSUPPORTED_FORMAT", "src/main/native/heif"
    )
    corpus.reject(
        "photo-wider-brand.heic",
        b"\0\0\0\x1cftypmiaf\0\0\0\0mif1heicmiaf" + b"\0" * 64,
        "UNSUPPORTED_FORMAT",
        "src/main/native/heif",
    )
    corpus.reject("photo.jp2", saved(rgb, "JPEG2000"), "UNSUPPORTED_FORMAT", "JPEG 2000")
    corpus.reject("photo.jxl", b"\0\0\0\x0cJXL \r\n\x87\n" + b"\0" * 32, "UNSUPPORTED_FORMAT", "JPEG XL")
    corpus.reject("drawing.svg", b'<?xml version="1.0"?><svg xmlns="x"/>', "UNSUPPORTED_FORMAT", "SVG")
    undated = {"creationDate": time.gmtime(0), "modDate": time.gmtime(0)}
    corpus.reject("scan.pdf", saved(rgb, "PDF", **undated), "UNSUPPORTED_FORMAT", "PDF")
    corpus.reject("icon.ico", saved(rgb, "ICO"), "UNSUPPORTED_FORMAT", "icon")
    corpus.reject("film.mp4", b"\0\0\0\x18ftypisom\0\0\0\0isomavc1", "UNSUPPORTED_FORMAT", "video")
    for name, start, says in STRANGERS:
        corpus.reject(f"stranger-{name}", start + bytes(64), "UNSUPPORTED_FORMAT", says)


STRANGERS = (
    ("a.orf", b"IIRO\x08\0\0\0", "Olympus raw"),
    ("a.rw2", b"IIU\0\x18\0\0\0", "Panasonic raw"),
    ("a.raf", b"FUJIFILMCCD-RAW 0201", "Fujifilm raw"),
    ("a.x3f", b"FOVb", "Sigma raw"),
    ("a.mrw", b"\0MRM", "Minolta raw"),
    ("a.crw", b"II\x1a\0\0\0HEAPCCDR", "Canon raw"),
    ("a.cr3", b"\0\0\0\x18ftypcrx ", "Canon raw"),
    ("a.heif", b"\0\0\0\x18ftypavci\0\0\0\0mif1avci", "HEIF (H.264)"),
    ("a.mov", b"\0\0\0\x08wide\0\0\0\x08mdat", "video"),
    ("a.avi", b"RIFF\0\0\0\0AVI LIST", "video"),
    ("a.exr", b"v/1\1", "OpenEXR"),
    ("a.jxr", b"II\xbc\1", "JPEG XR"),
    ("a.ppm", b"P6\n2 2\n255\n", "portable pixmap"),
    ("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0", "PostScript"),
    ("a.jpg", b"\xff\xd8\xff\xf7\0\x0b\x08\0\x08\0\x08\1\1\x11\0", "lossless"),
)


PARTS: tuple[Callable[[Corpus], None], ...] = (
    add_jpeg, add_jpeg_ends, add_png, add_webp, add_gif, add_bmp, add_tiff, add_tiff_samples,
    add_avif, add_profiles, add_ink, add_habits, add_others,
)  # fmt: skip


def main() -> None:
    corpus = Corpus(OUTPUT)
    for part in PARTS:
        part(corpus)
    corpus.save()
    size = sum(file.stat().st_size for file in OUTPUT.rglob("*") if file.is_file())
    print(f"{len(corpus.images)} images, {len(corpus.rejects)} rejects, {size / 1e6:.2f} MB in {OUTPUT}")


if __name__ == "__main__":
    main()
