"""Makes the photos that are measured: a sample photo, enlarged, with the grain that a camera adds.

python photos.py <sample photo> <folder>
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

QUALITY = 88
GRAIN = 4

sample, folder = Image.open(sys.argv[1]).convert("RGB"), Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)


def enlarged(width, height):
    pixels = np.asarray(sample.resize((width, height), Image.Resampling.BICUBIC), dtype=np.int16)
    grain = np.random.default_rng(1).integers(-GRAIN, GRAIN + 1, size=(height, width, 1))
    return Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8))


enlarged(400, 533).save(folder / "400x533.jpg", quality=QUALITY)
large = enlarged(4000, 3000)
large.save(folder / "4000x3000.jpg", quality=QUALITY)
large.save(folder / "4000x3000-progressive.jpg", quality=QUALITY, progressive=True)
large.save(folder / "4000x3000.webp", quality=QUALITY, method=0)
# Without the grain: a PNG keeps every bit of it, and would be larger than what is accepted.
sample.resize((4000, 3000), Image.Resampling.BICUBIC).save(folder / "4000x3000.png", compress_level=1)
enlarged(8, 8).save(folder / "8x8.jpg", quality=QUALITY)
