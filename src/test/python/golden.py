"""Writes the golden vectors: what this Python pipeline makes of real photos, for the Java tests to compare with.

    python src/test/python/golden.py

makes, from the sample photos, files in many shapes (odd sizes, gray, palette, transparency, CMYK, every EXIF
orientation, tiny, big, every format) and writes them with the pixels and scores that they give; and, for every resize
filter, small crops before and after scaling. The README.md in the output folder says how to read them.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from bucketlens_model.manifest import Manifest
from bucketlens_model.preprocessing import FILTERS, STRETCH, InputSpec, resize, upright_rgb
from bucketlens_model.tflite_runner import TfliteModel

ROOT = Path(__file__).parents[3]
PHOTOS = ROOT / "src" / "local" / "resources" / "photos"
OUTPUT = ROOT / "src" / "test" / "resources" / "golden"
IMAGENET = ("efficientnet-lite0", "efficientnet-lite0-float32")
ALL_MODELS = (*IMAGENET, "clothing")
EXIF_ORIENTATION = 0x0112
SMALL = InputSpec(96, 72, "bilinear", STRETCH)
"""For cases that are about decoding, not about scores: a small target that is not square."""


@dataclass(frozen=True)
class Shape:
    """One file to be made: its name, the function that writes it, and the models whose scores are wanted."""

    file: str
    make: Callable[[Path], None]
    models: tuple[str, ...] = ()


def photo(name: str, size: tuple[int, int] | None = None) -> Image.Image:
    """A sample photo in RGB, scaled to `size` if given."""
    with Image.open(PHOTOS / name) as opened:
        rgb = opened.convert("RGB")
    return rgb.resize(size, Image.Resampling.LANCZOS) if size else rgb


def with_soft_alpha(rgb: Image.Image) -> Image.Image:
    """The photo fading out to the right: every alpha from 255 to 0."""
    ramp = np.linspace(255, 0, rgb.width).round().astype(np.uint8)
    rgba = rgb.convert("RGBA")
    rgba.putalpha(Image.fromarray(np.tile(ramp, (rgb.height, 1))))
    return rgba


def palette_with_hole(rgb: Image.Image) -> Image.Image:
    """A palette photo of which one colour is transparent."""
    image = rgb.quantize(64)
    image.info["transparency"] = image.getpixel((0, 0))
    return image


def turned(rgb: Image.Image, orientation: int, file: Path) -> None:
    """A JPEG whose pixels are stored turned, and whose EXIF orientation says how to turn them back."""
    stored = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    rgb.transpose(stored).save(file, quality=90, exif=exif)


def shapes() -> Iterator[Shape]:
    """Every file that is made."""
    cat, small_cat = photo("cat.png"), photo("cat.png", (181, 120))
    yield Shape("landscape.jpg", lambda file: cat.save(file, quality=90), models=ALL_MODELS)
    yield Shape("odd-444.jpg", lambda file: photo("espresso.jpg", (333, 201)).save(file, subsampling=0))
    yield Shape("odd-422.jpg", lambda file: photo("espresso.jpg", (335, 203)).save(file, subsampling=1))
    yield Shape("portrait.jpg", lambda file: photo("gibbon.jpg").crop((700, 0, 1301, 1080)).save(file), models=IMAGENET)
    yield Shape("progressive.jpg", lambda file: photo("crab.jpg", (641, 361)).save(file, progressive=True))
    yield Shape("gray.jpg", lambda file: cat.convert("L").save(file), models=IMAGENET)
    yield Shape("cmyk.jpg", lambda file: photo("chameleon.jpg", (320, 180)).convert("CMYK").save(file), models=IMAGENET)
    yield Shape("big.jpg", lambda file: photo("espresso.jpg", (3001, 2003)).save(file, quality=25), models=IMAGENET)
    yield Shape("rgb.png", lambda file: small_cat.save(file), models=ALL_MODELS)
    yield Shape("gray.png", lambda file: small_cat.convert("L").save(file))
    yield Shape("gray-alpha.png", lambda file: with_soft_alpha(small_cat).convert("LA").save(file))
    yield Shape("alpha.png", lambda file: with_soft_alpha(small_cat).save(file), models=ALL_MODELS)
    yield Shape("palette.png", lambda file: small_cat.quantize(200).save(file))
    yield Shape("palette-transparent.png", lambda file: palette_with_hole(small_cat).save(file))
    yield Shape("two-colours.png", lambda file: small_cat.convert("1").save(file))
    yield Shape("tiny.png", lambda file: photo("red-panda.webp", (19, 11)).save(file), models=IMAGENET)
    yield Shape("lossy.webp", lambda file: photo("red-panda.webp", (481, 271)).save(file, quality=80), models=IMAGENET)
    yield Shape("alpha.webp", lambda file: with_soft_alpha(small_cat).save(file, lossless=True))
    yield Shape("palette.gif", lambda file: small_cat.quantize(128).save(file))
    frames = [photo(name, (120, 80)).quantize(64) for name in ("cat.png", "espresso.jpg")]
    yield Shape("two-frames.gif", lambda file: frames[0].save(file, save_all=True, append_images=frames[1:]))
    yield Shape("rgb.bmp", lambda file: photo("kitten.jpg", (120, 67)).save(file))
    for orientation in range(2, 9):
        yield Shape(f"exif-{orientation}.jpg", lambda file, turn=orientation: turned(small_cat, turn, file))


def write_photos(output: Path, folder_of_models: Path) -> list[dict]:
    """Makes every file and writes the pixels it gives at the models' sizes and, in other aspects, at a small one."""
    folder = output / "photos"
    folder.mkdir(parents=True)
    files = {name: folder_of_models / f"{name}.tflite" for name in ALL_MODELS}
    loaded = {name: (Manifest.read(model), TfliteModel(model)) for name, model in files.items()}
    cases = []
    for shape in shapes():
        file = folder / shape.file
        shape.make(file)
        print(f"{shape.file}: {file.stat().st_size} bytes")
        with Image.open(file) as opened:
            opened.load()
        case = {"file": f"photos/{shape.file}", "width": (size := upright_rgb(opened).size)[0], "height": size[1]}
        specs = [SMALL]
        if shape.models:
            specs += [replace(SMALL, aspect={"centerCrop": 0.875}), replace(SMALL, aspect={"letterbox": "#708090"})]
        case["pixels"] = [write_pixels(output, shape.file, opened, spec) for spec in specs]
        if shape.models:
            case["scores"] = [write_scores(output, shape.file, opened, *loaded[name], name) for name in shape.models]
        cases.append(case)
    return cases


def write_pixels(output: Path, name: str, opened: Image.Image, spec: InputSpec) -> dict:
    """The uint8 pixels of one photo for one input specification. The same specification writes the same file."""
    aspect = spec.aspect if spec.aspect == STRETCH else next(iter(spec.aspect))
    file = output / "pixels" / f"{name}-{spec.width}x{spec.height}-{spec.resize}-{aspect}.bin"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(spec.pixels(opened).tobytes())
    input_part = {key: value for key, value in asdict(spec).items() if key not in ("mean", "std")}
    return {"input": input_part, "file": str(file.relative_to(output))}


def write_scores(
    output: Path, name: str, opened: Image.Image, description: Manifest, runner: TfliteModel, model: str
) -> dict:
    """All scores of one photo by one model, and the pixels they came from."""
    scores = runner.scores(description.input.tensor(opened))
    file = output / "scores" / f"{name}-{model}.bin"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(scores.astype("<f4").tobytes())
    best = int(scores.argmax())
    return {
        "model": model,
        "label": description.labels[best],
        "score": round(float(scores[best]), 6),
        "file": str(file.relative_to(output)),
        "pixels": write_pixels(output, name, opened, description.input),
    }


def write_resizes(output: Path) -> list[dict]:
    """Crops of real photos before and after every filter: up, down, both at once, odd sizes, one pixel."""
    folder = output / "resize"
    folder.mkdir(parents=True)
    crops = {
        "cat": photo("cat.png").crop((150, 40, 150 + 97, 40 + 61)),
        "crab": photo("crab.jpg").crop((420, 260, 420 + 64, 260 + 64)),
        "espresso": photo("espresso.jpg").crop((190, 80, 190 + 300, 80 + 200)),
    }
    targets = {
        "cat": [(37, 23), (150, 101), (64, 97), (97, 61), (1, 1)],
        "crab": [(16, 16), (31, 33), (128, 128), (65, 63), (200, 7)],
        "espresso": [(96, 64), (45, 79)],
    }
    cases = []
    for name, crop in crops.items():
        (folder / f"{name}.bin").write_bytes(crop.tobytes())
        for size in targets[name]:
            for filter_name in FILTERS:
                file = folder / f"{name}-{size[0]}x{size[1]}-{filter_name}.bin"
                file.write_bytes(resize(crop, size, filter_name).tobytes())
                cases.append(
                    {
                        "source": f"resize/{name}.bin",
                        "sourceWidth": crop.width,
                        "sourceHeight": crop.height,
                        "resize": filter_name,
                        "width": size[0],
                        "height": size[1],
                        "file": str(file.relative_to(output)),
                    }
                )
    return cases


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--models", type=Path, default=ROOT / "model", help="folder of the models (default: this one)")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    for folder in ("photos", "pixels", "scores", "resize"):
        shutil.rmtree(options.output / folder, ignore_errors=True)
    options.output.mkdir(parents=True, exist_ok=True)
    index = {"photos": write_photos(options.output, options.models), "resize": write_resizes(options.output)}
    (options.output / "index.json").write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")
    total = sum(file.stat().st_size for file in options.output.rglob("*") if file.is_file())
    print(f"{len(index['photos'])} photos, {len(index['resize'])} resizes, {total / 1e6:.1f} MB in {options.output}")


if __name__ == "__main__":
    main()
