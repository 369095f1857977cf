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

from heic_boxes import (
    IN_BOX,
    Item,
    auxiliary,
    box,
    colours,
    cut,
    extent,
    file_of,
    full,
    mirrored,
    picture_of,
    turned,
)

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


def of_bits(image, bits):
    """8, 10 or 12 bits for each sample."""
    if bits == 8:
        return encoded(image, quality=90)
    wide = numpy.asarray(image).astype(numpy.uint16) * 257
    target = io.BytesIO()
    pillow_heif.options.SAVE_HDR_TO_12_BIT = bits == 12
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


def tiles(image, tile, bits=8):
    """A canvas of whole tiles, which the picture lies on, in pieces."""
    columns, rows = -(-image.width // tile), -(-image.height // tile)
    canvas = Image.new("RGB", (columns * tile, rows * tile))
    canvas.paste(image)
    pieces = []
    for top in range(0, canvas.height, tile):
        for left in range(0, canvas.width, tile):
            part = canvas.crop((left, top, left + tile, top + tile))
            pieces.append(picture_of(of_bits(part, bits), part.size))
    return pieces, struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, *image.size)


def grid(image, tile, *properties, bits=8, **beside):
    """As phones write them: tiles of one size, an item that puts them together and cuts the rest."""
    pieces, layout = tiles(image, tile, bits)
    whole = Item(b"grid", layout, [extent(*image.size), *properties], hidden=False, place=IN_BOX)
    number = len(pieces) + 1
    references = [(b"dimg", number, range(1, number))]
    return with_others([*pieces, whole], references, number, image, **beside)


def with_others(items, references, number, image, others=False, alpha=None, multiplied=False, tone_map=False):
    """The file with what phones keep beside a photo: thumbnail, gain map, depth, EXIF that says how to turn what is
    turned already; or with alpha; or with a second rendering, of gain map and photo."""
    half = Image.new("L", (image.width // 2, image.height // 2), 200)
    groups = b""

    def add(item, reference, hidden=True):
        items.append(item)
        references.append((reference, len(items), [number]))

    if others:
        thumbnail = image.resize((64, 48)).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        add(picture_of(encoded(thumbnail), thumbnail.size), b"thmb")
        for kind in "urn:com:apple:photo:2020:aux:hdrgainmap", "urn:mpeg:hevc:2015:auxid:2":
            add(picture_of(encoded(half), half.size, auxiliary(kind)), b"auxl")
        exif = Image.Exif()
        exif[0x0112] = 6
        add(Item(b"Exif", struct.pack(">I", 0) + exif.tobytes().removeprefix(b"Exif\0\0")), b"cdsc")
    if alpha:
        add(picture_of(encoded(alpha), alpha.size, auxiliary("urn:mpeg:hevc:2015:auxid:1")), b"auxl")
    if multiplied:
        references.append((b"prem", number, [len(items)]))
    if tone_map:
        items.append(picture_of(encoded(half), half.size))
        items.append(Item(b"tmap", b"\0" * 62, [extent(*image.size)], hidden=False, place=IN_BOX))
        references.append((b"dimg", len(items), [number, len(items) - 1]))
        groups = box(b"grpl", full(b"altr", 0, 0, struct.pack(">IIII", 99, 2, len(items), number)))
    return file_of(items, number, references, groups)


def alone(image, *properties, brands=b"heic"):
    return file_of([picture_of(encoded(image), image.size, *properties, hidden=False)], 1, [], brands=brands)


def derived(image, kind, data, *properties):
    """A picture that is made of another."""
    items = [picture_of(encoded(image), image.size), Item(kind, data, list(properties), hidden=False, place=IN_BOX)]
    return file_of(items, 2, [(b"dimg", 2, [1])])


def burst(primary):
    target = io.BytesIO()
    first, *others = picture(96, 64), picture(80, 120), picture(62, 48)
    first.save(target, format="HEIF", save_all=True, append_images=others, primary_index=primary, quality=90)
    return target.getvalue()


def expected(file):
    image = Image.open(io.BytesIO(file))
    profile = image.info.get("icc_profile")
    if image.mode == "RGBa":  # multiplied: what is missing to white is added
        samples = numpy.asarray(image).astype(int)
        image = Image.fromarray((samples[..., :3] + 255 - samples[..., 3:]).clip(0, 255).astype(numpy.uint8))
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
    for bits in 10, 12:
        yield f"{bits}-bits", of_bits(image, bits)
    for orientation in range(1, 9):
        yield f"orientation-{orientation}", oriented(image, orientation)
    yield "profile", encoded(image, quality=90, icc_profile=swapped_profile())
    large = picture(GRID_WIDTH, GRID_HEIGHT)
    yield "grid", grid(large, TILE)
    yield "grid-phone", grid(large, TILE, turned(3), others=True)
    yield "grid-10-bits", grid(large, TILE, turned(1), bits=10)
    yield "grid-12-bits", grid(large, TILE, bits=12)
    yield "grid-tone-map", grid(large, TILE, turned(1), tone_map=True)
    yield "grid-alpha", grid(large, TILE, turned(1), alpha=large.getchannel("R"))
    yield "grid-alpha-multiplied", grid(large, TILE, alpha=large.getchannel("R"), multiplied=True)
    yield "grid-cut-and-turned", grid(large, TILE, cut(100, 60, 10, -5), turned(1))
    for quarters in range(4):
        for axis in 0, 1:
            yield f"turned-{quarters}-mirrored-{axis}", alone(image, turned(quarters), mirrored(axis))
            yield f"mirrored-{axis}-turned-{quarters}", alone(image, mirrored(axis), turned(quarters))
    yield "cut", alone(image, cut(50, 30))
    yield "cut-and-turned", alone(image, cut(50, 30, 10, 1), turned(1))
    yield "turned-and-cut", alone(image, turned(1), cut(30, 50))
    for matrix in 1, 5, 6, 9:
        for full_range in False, True:
            yield f"matrix-{matrix}-{full_range}", alone(image, colours(1, 13, matrix, full_range))
    for primary in range(3):
        yield f"burst-{primary}", burst(primary)
    yield "same-turned", derived(image, b"iden", b"", extent(*image.size), turned(1))
    canvas = struct.pack(">BB4HHHhh", 0, 0, 65535, 0, 0, 65535, 160, 100, 10, 20)
    yield "laid-on-colour", derived(image, b"iovl", canvas, extent(160, 100))


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    pillow_heif.register_heif_opener()
    for name, file in files():
        (folder / f"{name}.heic").write_bytes(file)
        expected(file).save(folder / f"{name}.png")


if __name__ == "__main__":
    main()
