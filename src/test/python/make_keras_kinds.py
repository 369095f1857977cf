"""Writes tiny Keras models of the kinds that people convert, and photos to do it with, for `.ci/models`.

    python src/test/python/make_keras_kinds.py FOLDER

writes, for each, FOLDER/<name>.keras, its labels and photos/<labels>/<label>/*.png, and a line of kinds.tsv: the name,
the label file, and what `bucketlens_model convert` is to be told of it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
from keras import layers
from PIL import Image

PHOTOS = Path(__file__).parents[3] / "src" / "local" / "resources" / "photos"
GAIN = 3
"""By which weights are multiplied, so that scores are not all the same."""

LABELS = {"three": ["a", "b", "c"], "two": ["no", "yes"]}
UNIT = "--mean 0 --std 255"


def tail(image, outputs: int = 3, activation: str = "softmax"):
    features = layers.Conv2D(4, 3, activation="relu")(image)
    return layers.Dense(outputs, activation)(layers.Flatten()(features))


def sequential() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Conv2D(4, 3, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(3, activation="softmax"),
        ]
    )


def rescaling_inside() -> keras.Model:
    image = keras.Input((32, 32, 3))
    return keras.Model(image, tail(layers.Rescaling(1 / 127.5, -1)(image)))


def one_output() -> keras.Model:
    image = keras.Input((32, 32, 3))
    return keras.Model(image, tail(image, 1, "sigmoid"))


def gray() -> keras.Model:
    image = keras.Input((32, 32, 1))
    return keras.Model(image, tail(image))


def open_size() -> keras.Model:
    image = keras.Input((None, None, 3))
    features = layers.GlobalAveragePooling2D()(layers.Conv2D(4, 3, activation="relu")(image))
    return keras.Model(image, layers.Dense(3, "softmax")(features))


def two_outputs() -> keras.Model:
    image = keras.Input((32, 32, 3))
    features = layers.Flatten()(layers.Conv2D(4, 3, activation="relu")(image))
    return keras.Model(image, [layers.Dense(4)(features), layers.Dense(3, "softmax")(features)])


KINDS: dict[str, tuple[Callable[[], keras.Model], str, str]] = {
    "sequential": (sequential, "three", UNIT),
    "rescaling-inside": (rescaling_inside, "three", ""),
    "one-output": (one_output, "two", UNIT),
    "gray": (gray, "three", UNIT),
    "open-size": (open_size, "three", f"{UNIT} --width 40 --height 30"),
    "two-outputs": (two_outputs, "three", f"{UNIT} --output-index 1"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where to write")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, labels in LABELS.items():
        (folder / f"{name}.txt").write_text("\n".join(labels) + "\n", encoding="utf-8")
        for number, photo in enumerate(sorted(PHOTOS.glob("*.jpg"))[:6]):
            file = folder / "photos" / name / labels[number % len(labels)] / f"{photo.stem}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            with Image.open(photo) as image:
                # Not as JPEG, which the program decodes at a reduced size.
                image.convert("RGB").resize((160, 120)).save(file)
    lines = []
    for name, (make, labels, options) in KINDS.items():
        keras.utils.set_random_seed(7)
        model = make()
        model.set_weights([weights * GAIN for weights in model.get_weights()])
        model.save(folder / f"{name}.keras")
        lines.append(f"{name}\t{labels}\t{options}\n")
    (folder / "kinds.tsv").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
