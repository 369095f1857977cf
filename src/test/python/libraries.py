"""Compares the running program with the libraries that TFLite Metadata is made for: Task Library and MediaPipe.

    pip install -r requirements-libraries.txt
    mvn -Plocal -Dmodel=path/to/model.tflite
    python src/test/python/libraries.py path/to/model.tflite photos

The model must have no manifest beside it, so that its metadata alone says everything. All three get the same pixels:
Pillow decodes each photo, and the program is sent them as PNG. Prints, for every photo, the libraries' best label with
the program's score for it beside theirs; and for each library the largest difference of any score.
"""

from __future__ import annotations

import argparse
import io
import json
import urllib.request
from collections.abc import Callable
from pathlib import Path

import mediapipe
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision
from PIL import Image
from tflite_support.task import core
from tflite_support.task import vision as task_vision

from bucketlens_model.preprocessing import photos_in, upright_rgb

Scores = dict[str, float]
"""Label to score."""


def by_label(categories: list) -> Scores:
    """A library's answer. A label that stands for two classes gets the index behind it the second time, as here."""
    scores: Scores = {}
    for category in sorted(categories, key=lambda category: category.index):
        repeated = category.category_name in scores
        scores[f"{category.category_name} ({category.index})" if repeated else category.category_name] = category.score
    return scores


def task_library(model: Path) -> Callable[[np.ndarray], Scores]:
    options = task_vision.ImageClassifierOptions(core.BaseOptions(file_name=str(model)))
    classifier = task_vision.ImageClassifier.create_from_options(options)

    def scores(pixels: np.ndarray) -> Scores:
        answer = classifier.classify(task_vision.TensorImage.create_from_array(pixels))
        return by_label(answer.classifications[0].categories)

    return scores


def media_pipe(model: Path) -> Callable[[np.ndarray], Scores]:
    options = vision.ImageClassifierOptions(base_options=BaseOptions(model_asset_path=str(model)))
    classifier = vision.ImageClassifier.create_from_options(options)

    def scores(pixels: np.ndarray) -> Scores:
        answer = classifier.classify(mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=pixels))
        return by_label(answer.classifications[0].categories)

    return scores


def program(url: str) -> Callable[[np.ndarray], Scores]:
    """The Java program, through its HTTP API."""

    def scores(pixels: np.ndarray) -> Scores:
        body = io.BytesIO()
        Image.fromarray(pixels).save(body, "PNG")
        request = urllib.request.Request(f"{url}?maxResults=100000", body.getvalue(), {"Content-Type": "image/png"})
        with urllib.request.urlopen(request, timeout=30) as response:
            return {entry["label"]: entry["score"] for entry in json.load(response)["scores"]}

    return scores


def compare(photos: list[Path], engines: dict[str, Callable], own: Callable) -> None:
    """Prints a line for each photo and library, then one for each library."""
    differences: dict[str, list[float]] = {name: [] for name in engines}
    agreements = dict.fromkeys(engines, 0)
    for path in photos:
        with Image.open(path) as photo:
            pixels = np.ascontiguousarray(np.asarray(upright_rgb(photo)))
        found = own(pixels)
        for name, engine in engines.items():
            expected = engine(pixels)
            best = max(expected, key=expected.get)
            differences[name].append(max(abs(found[label] - score) for label, score in expected.items()))
            agreements[name] += best == max(found, key=found.get)
            print(f"{path.name}: {name} {best} {expected[best]:.6f}, here {found[best]:.6f}")
    for name, values in differences.items():
        print(
            f"{name}: largest difference of any score {max(values):.4f}, mean of the photos' largest "
            f"{np.mean(values):.4f}, first label the same for {agreements[name]} of {len(photos)}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--url", default="http://127.0.0.1:8080/classify")
    options = parser.parse_args()
    engines = {"Task Library": task_library(options.model), "MediaPipe": media_pipe(options.model)}
    compare(photos_in(options.photos), engines, program(options.url))


if __name__ == "__main__":
    main()
