"""Measures a `.tflite` classifier on a labelled folder: accuracy, top-5, recall of each class, calibration.

    python -m bucketlens_model evaluate clothing.tflite folder/with/class/folders
    python -m bucketlens_model evaluate clothing.tflite folder/with/class/folders --engine java
    python -m bucketlens_model evaluate clothing.tflite folder/with/class/folders --engine both

The folder has one folder a class, named as the label. The Python engine reads the manifest beside the model. The Java
engine is the running program (`mvn -Plocal -Dmodel=path/to/clothing.tflite`): each photo's bytes are sent to its
POST /classify. With `both`, the two are compared photo by photo. --manifest writes what was measured into the field
`validation` of the manifest: the yardstick of GET /quality and of the alarm for drift. --plots FOLDER adds the
confusion matrix and the calibration as PNG.
"""

from __future__ import annotations

import argparse
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from bucketlens_model import metrics
from bucketlens_model.errors import UserError
from bucketlens_model.labels import off_by_one
from bucketlens_model.manifest import Manifest
from bucketlens_model.preprocessing import photos_in

ENGINES = ("python", "java")
LOW_CONFIDENCE = 0.5
Engine = Callable[[Path], np.ndarray]
"""A photo's file to its scores, one for each label; NaN where the engine gave none."""


def python_engine(model: Path, description: Manifest) -> Engine:
    """Pillow and the TensorFlow Lite interpreter."""
    from bucketlens_model.tflite_runner import TfliteModel

    runner = TfliteModel(model, spec=description.input, output=description.scores)
    runner.require_applied_once(description.output)
    spec = description.input
    if spec.width is None or spec.height is None:
        height, width = runner.sides
        spec = replace(spec, width=spec.width or width, height=spec.height or height)
    spec = replace(spec, channels=runner.channels)

    def scores(file: Path) -> np.ndarray:
        with Image.open(file) as photo:
            given = probabilities(runner.scores(spec.tensor(photo)), description.output)
        if len(given) == 1 and len(description.labels) == 2:
            given = np.array([1 - given[0], given[0]])
        if len(given) != len(description.labels):
            hint = off_by_one(description.labels, len(given))
            raise UserError(f"{model}: expected {len(given)} labels, found {len(description.labels)}{hint}")
        return given

    return scores


def probabilities(output: np.ndarray, meaning: str) -> np.ndarray:
    """What the output means: as it is, by softmax, or each by the logistic function, as a single logit too."""
    if meaning == "probabilities":
        return output
    if meaning == "sigmoid" or len(output) == 1:
        return 1 / (1 + np.exp(-output))
    exponents = np.exp(output - output.max())
    return exponents / exponents.sum()


def java_engine(url: str, labels: list[str]) -> Engine:
    """The Java program, through its HTTP API."""

    def scores(file: Path) -> np.ndarray:
        headers = {"Content-Type": "application/octet-stream"}
        request = urllib.request.Request(f"{url}?maxResults={len(labels)}", file.read_bytes(), headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                answer = json.load(response)
        except urllib.error.HTTPError as e:
            raise UserError(f"{url} answered {e.code} for {file}: {e.read(500).decode(errors='replace')}") from e
        except OSError as e:
            raise UserError(
                f"nothing answers at {url} ({e}); start the program with mvn -Plocal -Dmodel=path/to/model.tflite,"
                " or say where it listens with --url"
            ) from e
        given = {entry["label"]: entry["score"] for entry in answer["scores"]}
        unknown = given.keys() - set(labels)
        if unknown:
            raise UserError(f"{url} answered {min(unknown)!r}, no label of the model: another one runs")
        return np.array([given.get(label, np.nan) for label in labels])

    return scores


def run(engine: Engine, files: list[Path], name: str) -> tuple[np.ndarray, float]:
    """All scores, and the median milliseconds a photo took from file to scores."""
    scores, seconds = [], []
    for number, file in enumerate(files, start=1):
        start = time.perf_counter()
        scores.append(engine(file))
        seconds.append(time.perf_counter() - start)
        print(f"\r{name}: {number} of {len(files)} photos", end="", flush=True)
    print()
    return np.stack(scores), 1000 * float(np.median(seconds))


def report(name: str, scores: np.ndarray, truth: np.ndarray, labels: list[str], milliseconds: float) -> None:
    """The figures of one engine, as text."""
    known = np.nan_to_num(scores)
    counts = metrics.confusion(known, truth)
    print(f"{name}: {len(truth)} photos, {milliseconds:.1f} ms a photo from file to scores (median)")
    print(f"  accuracy           {metrics.top_k_accuracy(known, truth, 1):.4f}  ({counts.trace()} right)")
    print(f"  top-5 accuracy     {metrics.top_k_accuracy(known, truth, 5):.4f}")
    print(f"  calibration error  {metrics.calibration(known, truth)[0]:.4f}")
    for label, share, photos in zip(labels, metrics.recall(counts), counts.sum(axis=1), strict=True):
        if photos:
            print(f"  recall {label:20} {share:.3f}  of {photos}")


def validation(scores: np.ndarray, labels: list[str]) -> dict[str, object]:
    """The manifest's field of that name: what to expect of the best scores of photos like these."""
    known = np.nan_to_num(scores)
    confidence = known.max(axis=1)
    mix = np.bincount(known.argmax(axis=1), minlength=len(labels)) / len(known)
    return {
        "photos": len(known),
        "confidence": round(float(confidence.mean()), 4),
        "lowConfidence": round(float((confidence < LOW_CONFIDENCE).mean()), 4),
        "lowConfidenceBelow": LOW_CONFIDENCE,
        "labels": {label: round(float(share), 4) for label, share in zip(labels, mix, strict=True) if share},
    }


def compare(python: np.ndarray, java: np.ndarray, files: list[Path], labels: list[str]) -> float:
    """Where two engines differ: the largest difference of a score both gave, which is returned, and photos with another
    first label."""
    largest = float(np.nanmax(np.abs(python - java)))
    print(f"largest score difference {largest:.2g}")
    first_python, first_java = python.argmax(axis=1), np.nan_to_num(java).argmax(axis=1)
    different = np.flatnonzero(first_python != first_java)
    print(f"first label differs in {len(different)} of {len(files)} photos")
    for index in different:
        print(f"  {files[index]}: python {labels[first_python[index]]}, java {labels[first_java[index]]}")
    return largest


def parsed(program: str, arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(program, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help=".tflite file with its manifest beside it")
    parser.add_argument("data", type=Path, help="folder with one folder of photos a class")
    parser.add_argument(
        "--engine",
        choices=(*ENGINES, "both"),
        default="python",
        help="who scores: Python here, the running program, or both to compare them (default: python)",
    )
    parser.add_argument("--tolerance", type=float, help="with both: fail if a score differs by more (default: never)")
    parser.add_argument("--url", default="http://127.0.0.1:8080/classify", help="where the Java program listens")
    parser.add_argument("--manifest", action="store_true", help="write what was measured into the manifest")
    parser.add_argument("--plots", type=Path, help="folder for the PNGs (default: none are drawn)")
    return parser.parse_args(arguments)


def main(program: str, arguments: list[str]) -> None:
    options = parsed(program, arguments)
    if not options.model.is_file():
        raise UserError(f"{options.model}: there is no such model")
    description = Manifest.read(options.model)
    labels = description.labels
    files = photos_in(options.data)
    unknown = {file.parent.name for file in files} - set(labels)
    if unknown:
        raise UserError(f"{options.data}: folders that are no label of {options.model}: {sorted(unknown)}")
    truth = np.array([labels.index(file.parent.name) for file in files])
    results = {}
    for name in ENGINES if options.engine == "both" else (options.engine,):
        engine = python_engine(options.model, description) if name == "python" else java_engine(options.url, labels)
        results[name], milliseconds = run(engine, files, name)
        report(name, results[name], truth, labels, milliseconds)
        if options.manifest:
            file = options.model.with_suffix(".json")
            manifest = json.loads(file.read_bytes())
            manifest["validation"] = validation(results[name], labels)
            file.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", "utf-8")
        if options.plots:
            draw(options.plots / f"{options.model.stem}-{name}", np.nan_to_num(results[name]), truth, labels)
    if len(results) == 2:
        largest = compare(results["python"], results["java"], files, labels)
        if options.tolerance is not None and not largest <= options.tolerance:
            raise UserError(f"the engines' scores differ by {largest:.2g}; --tolerance is {options.tolerance:g}")


def draw(stem: Path, scores: np.ndarray, truth: np.ndarray, labels: list[str]) -> None:
    """The two pictures: <stem>-confusion.png and <stem>-calibration.png."""
    from bucketlens_model import plots

    stem.parent.mkdir(parents=True, exist_ok=True)
    plots.confusion_matrix(metrics.confusion(scores, truth), labels, stem.with_name(f"{stem.name}-confusion.png"))
    plots.reliability(scores, truth, stem.with_name(f"{stem.name}-calibration.png"))
