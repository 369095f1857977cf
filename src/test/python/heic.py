"""Writes HEIC files of many kinds, and what pillow-heif makes of each: NAME.heic and NAME.png.

    python src/test/python/heic.py out/folder

Wants Pillow and pillow-heif. The pictures are drawn here.
"""

import io
import struct
import sys
from pathlib import Path

import numpy
import pillow_heif
from PIL import Image, ImageCms

TILE = 64
GRID_WIDTH, GRID_HEIGHT = 150, 100


def picture(width, height):
    y, x = numpy.mgrid[0:height, 0:width]
    red, green = x * 255 // (width - 1), y * 255 // (height - 1)
    blue = ((x // 8 + y // 8) % 2) * 160 + 40
    pixels = numpy.stack([red, green, blue], -1).astype(numpy.uint8)
    pixels[height // 4 : height // 2, width // 4 : width // 3] = [200, 30, 40]
    return Image.fromarray(pixels)


def with_alpha(image):
    alpha = numpy.asarray(image)[:, :, 0]
    return Image.fromarray(numpy.dstack([numpy.asarray(image), alpha]))


def encoded(image, **options):
    target = io.BytesIO()
    image.save(target, format="HEIF", **options)
    return target.getvalue()


def oriented(image, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(image, quality=90, exif=exif.tobytes())


def ten_bits(image):
    wide = numpy.asarray(image).astype(numpy.uint16) * 257
    target = io.BytesIO()
    pillow_heif.options.SAVE_HDR_TO_12_BIT = False
    pillow_heif.encode("RGB;16", image.size, wide.tobytes(), target, quality=90)
    return target.getvalue()


def swapped_profile():
    """A profile whose red and blue change places: what it does shows."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">I", profile, 128)[0]
    tags = {bytes(profile[132 + 12 * i : 136 + 12 * i]): 132 + 12 * i for i in range(count)}
    red, blue = tags[b"rXYZ"] + 4, tags[b"bXYZ"] + 4
    profile[red : red + 8], profile[blue : blue + 8] = profile[blue : blue + 8], profile[red : red + 8]
    return bytes(profile)


def boxes(data):
    at = 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at + 8 : at + size]
        at += size


def child(data, kind):
    return next(body for found, body in boxes(data) if found == kind)


def box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full(kind, version, flags, *parts):
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def stream_of(file):
    """The decoder's configuration of a file with one picture, and its data."""
    meta = child(file, b"meta")[4:]
    properties = child(child(meta, b"iprp"), b"ipco")
    return box(b"hvcC", child(properties, b"hvcC")), child(file, b"mdat")


def grid(image, tile, turned=0):
    """As phones write them: tiles of one size, an item that puts them together and cuts the rest."""
    width, height = image.size
    columns, rows = -(-width // tile), -(-height // tile)
    canvas = Image.new("RGB", (columns * tile, rows * tile))
    canvas.paste(image)
    streams = []
    for row in range(rows):
        for column in range(columns):
            left, top = column * tile, row * tile
            part = canvas.crop((left, top, left + tile, top + tile))
            streams.append(stream_of(encoded(part, quality=90)))
    count = len(streams)
    infe = [full(b"infe", 2, 1, struct.pack(">HH4s", i + 1, 0, b"hvc1"), b"\0") for i in range(count)]
    infe.append(full(b"infe", 2, 0, struct.pack(">HH4s", count + 1, 0, b"grid"), b"\0"))
    layout = struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, width, height)
    references = struct.pack(">HH", count + 1, count) + b"".join(struct.pack(">H", i + 1) for i in range(count))
    ipco = [
        streams[0][0],
        full(b"ispe", 0, 0, struct.pack(">II", tile, tile)),
        full(b"ispe", 0, 0, struct.pack(">II", width, height)),
        box(b"irot", bytes([turned])),
    ]
    entries = b"".join(struct.pack(">HBBB", i + 1, 2, 0x81, 2) for i in range(count))
    entries += struct.pack(">HBBB", count + 1, 2, 3, 0x84)
    ipma = full(b"ipma", 0, 0, struct.pack(">I", count + 1), entries)

    def meta(first):
        places, at = b"", first
        for i, (_, data) in enumerate(streams):
            places += struct.pack(">HHHHII", i + 1, 0, 0, 1, at, len(data))
            at += len(data)
        places += struct.pack(">HHHHII", count + 1, 1, 0, 1, 0, len(layout))
        return full(
            b"meta",
            0,
            0,
            full(b"hdlr", 0, 0, b"\0" * 4 + b"pict" + b"\0" * 13),
            full(b"pitm", 0, 0, struct.pack(">H", count + 1)),
            full(b"iinf", 0, 0, struct.pack(">H", count + 1), *infe),
            full(b"iref", 0, 0, box(b"dimg", references)),
            box(b"iprp", box(b"ipco", *ipco), ipma),
            box(b"idat", layout),
            full(b"iloc", 1, 0, b"\x44\x00", struct.pack(">H", count + 1), places),
        )

    brands = box(b"ftyp", b"mif1\0\0\0\0mif1heic")
    first = len(brands) + len(meta(0)) + 8
    return brands + meta(first) + box(b"mdat", *(data for _, data in streams))


def expected(file):
    image = Image.open(io.BytesIO(file))
    profile = image.info.get("icc_profile")
    if image.mode == "RGBA":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    image = image.convert("RGB")
    if profile:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    return image


def files():
    image = picture(96, 64)
    yield "plain", encoded(image, quality=90)
    yield "odd", encoded(picture(61, 47), quality=90)
    for chroma in "444", "422", "420":
        yield f"chroma-{chroma}", encoded(image, quality=90, chroma=chroma)
    yield "lossless", encoded(image, quality=-1, chroma="444", matrix_coefficients=0)
    yield "gray", encoded(image.convert("L"), quality=90)
    yield "alpha", encoded(with_alpha(image), quality=90)
    yield "ten-bits", ten_bits(image)
    for orientation in range(1, 9):
        yield f"orientation-{orientation}", oriented(image, orientation)
    yield "profile", encoded(image, quality=90, icc_profile=swapped_profile())
    yield "grid", grid(picture(GRID_WIDTH, GRID_HEIGHT), TILE)
    yield "grid-turned", grid(picture(GRID_WIDTH, GRID_HEIGHT), TILE, turned=3)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    pillow_heif.register_heif_opener()
    for name, file in files():
        (folder / f"{name}.heic").write_bytes(file)
        expected(file).save(folder / f"{name}.png")


if __name__ == "__main__":
    main()
