"""Judges two kinds of one classifier, such as int8 and float32, on photos.

    python src/test/python/judge.py one.tflite other.tflite known photos --known src/test/python/known-photos.tsv

prints, for the photos under the first folder that the table knows, how often each is right, and how often only one of
them is; for all photos under the second folder, which need no labels, how often their first labels agree and how far
their scores are apart; and the time that each takes a photo, on one thread, in turns.

A line of the table is `folder/name`, a tab, and the labels that are right, with `|` between them: the photo of that
name, whatever its format, anywhere below a folder of that name, but not below one named `cartoon`.
"""

from __future__ import annotations

import argparse
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from bucketlens_model.manifest import Manifest
from bucketlens_model.preprocessing import PHOTO_SUFFIXES, InputSpec, photos_in
from bucketlens_model.tflite_runner import TfliteModel

ROUNDS = 300
"""How often each model is run for its time; the median counts."""
SMALLEST_SCORE = 1e-6
"""A right label with less counts as this much, so that one photo does not decide the mean likelihood."""


@dataclass(frozen=True)
class KnownPhoto:
    """A photo of something that the model has a class for."""

    file: Path
    right: set[int]


def known_photos(table: Path, folder: Path, labels: list[str]) -> list[KnownPhoto]:
    """The photos that the table names; fails where one is missing or not the only one of its name."""
    files = [
        file for file in folder.rglob("*") if file.suffix.lower() in PHOTO_SUFFIXES and "cartoon" not in file.parts
    ]
    photos = []
    for line in table.read_text(encoding="utf-8").splitlines():
        key, right = line.split("\t")
        parent, name = key.split("/")
        found = [file for file in files if file.stem == name and parent in file.relative_to(folder).parts]
        if len(found) != 1:
            raise SystemExit(f"{table}: {key} is {len(found)} photos under {folder}; expected 1")
        photos.append(KnownPhoto(found[0], {labels.index(label) for label in right.split("|")}))
    return photos


def scores(model: TfliteModel, files: list[Path], spec: InputSpec, what: str) -> np.ndarray:
    """The scores of every photo, a row each."""
    rows = []
    for index, file in enumerate(files, start=1):
        with Image.open(file) as photo:
            rows.append(model.scores(spec.tensor(photo)))
        print(f"\r{what}: {index} of {len(files)} photos", end="", flush=True)
    print()
    return np.stack(rows)


def median_times(models: list[TfliteModel], spec: InputSpec) -> list[float]:
    """Milliseconds of one inference, the models in turns so that what else the machine does is shared."""
    tensor = np.random.default_rng(1).random((spec.height, spec.width, 3), np.float32) * 2 - 1
    inputs = [model.quantised(tensor) for model in models]
    times: list[list[float]] = [[] for _ in models]
    for _ in range(ROUNDS):
        for model, values, taken in zip(models, inputs, times, strict=True):
            start = time.perf_counter()
            model.invoke(values)
            taken.append((time.perf_counter() - start) * 1000)
    return [statistics.median(taken) for taken in times]


def print_known(names: list[str], results: list[np.ndarray], photos: list[KnownPhoto]) -> None:
    hits = []
    for name, rows in zip(names, results, strict=True):
        order = np.argsort(-rows, axis=1, kind="stable")
        first = np.array([row[0] in photo.right for row, photo in zip(order, photos, strict=True)])
        fifth = sum(bool(photo.right & set(row[:5])) for row, photo in zip(order, photos, strict=True))
        likely = [row[list(photo.right)].sum() for row, photo in zip(rows, photos, strict=True)]
        doubt = float(-np.log(np.maximum(likely, SMALLEST_SCORE)).mean())
        hits.append(first)
        print(f"{name}: right {first.sum()} of {len(photos)}, among five {fifth}, negative log likelihood {doubt:.3f}")
    print(f"only the first right {(hits[0] & ~hits[1]).sum()}, only the second {(hits[1] & ~hits[0]).sum()}")


def print_agreement(results: list[np.ndarray]) -> None:
    same = int((results[0].argmax(axis=1) == results[1].argmax(axis=1)).sum())
    apart = np.abs(results[0] - results[1]).max(axis=1)
    print(
        f"first label the same for {same} of {len(apart)}; a photo's largest score difference: "
        f"median {np.median(apart):.3f}, largest {apart.max():.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("folders", type=Path, nargs="+", help="photos that the table knows, then any others")
    parser.add_argument("--known", type=Path, required=True, help="the table")
    options = parser.parse_args()
    description = Manifest.read(options.first)
    models = [TfliteModel(options.first), TfliteModel(options.second)]
    names = [options.first.stem, options.second.stem]

    photos = known_photos(options.known, options.folders[0], description.labels)
    files = [photo.file for photo in photos]
    results = [scores(model, files, description.input, name) for model, name in zip(models, names, strict=True)]
    print_known(names, results, photos)
    print_agreement(results)
    for folder in options.folders[1:]:
        files = photos_in(folder)
        print_agreement([scores(model, files, description.input, folder.name) for model in models])
    for name, milliseconds in zip(names, median_times(models, description.input), strict=True):
        print(f"{name}: {milliseconds:.1f} ms a photo")


if __name__ == "__main__":
    main()
