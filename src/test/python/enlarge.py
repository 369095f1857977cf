"""Copies a labelled folder as a phone would have sent it: every photo enlarged to 12 megapixels, as JPEG.

    python src/test/python/enlarge.py data/validation out/phone
    python -m bucketlens_model evaluate clothing.tflite out/phone --engine both

Python decodes such a photo in full and the Java program at a reduced size, so the second line says what that changes.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from PIL import Image, ImageOps

from bucketlens_model.preprocessing import photos_in

PIXELS = 4000 * 3000
QUALITY = 90


def enlarged(photo: Image.Image) -> Image.Image:
    """The upright photo with its shape, at 12 megapixels."""
    upright = ImageOps.exif_transpose(photo).convert("RGB")
    scale = math.sqrt(PIXELS / (upright.width * upright.height))
    size = (round(upright.width * scale), round(upright.height * scale))
    return upright.resize(size, Image.Resampling.BICUBIC)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="folder with one folder of photos a class")
    parser.add_argument("target", type=Path, help="where the same folders are made")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    for file in photos_in(options.source):
        target = options.target / file.relative_to(options.source).with_suffix(".jpg")
        target.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(file) as photo:
            enlarged(photo).save(target, quality=QUALITY)


if __name__ == "__main__":
    main()
