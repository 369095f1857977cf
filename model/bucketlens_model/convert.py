"""Converts a Keras image classifier to TensorFlow Lite, in four sizes, each with metadata and manifest.

    python -m bucketlens_model convert clothing.keras --labels clothing.labels.txt --photos folder/of/photos

reads a `.keras` or `.h5` file or a SavedModel folder and writes, into --output,

    clothing-float32.tflite   the same numbers as Keras
    clothing-float16.tflite   half the size: weights rounded to 16 bits
    clothing-dynamic.tflite   a quarter: weights of 8 bits, activations quantised while running
    clothing.tflite           a quarter and the fastest: everything in 8 bits, calibrated on the photos (int8)

beside each its manifest (`.json`), and prints for each its size and the largest difference of its scores to Keras' own
on real photos. --kinds chooses among them.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from PIL import Image
from tensorflow.lite.python import schema_py_generated as schema

from bucketlens_model import labels as label_files
from bucketlens_model import tflite_metadata
from bucketlens_model.errors import UserError
from bucketlens_model.manifest import Manifest
from bucketlens_model.preprocessing import FILTERS, STRETCH, InputSpec, photos_in
from bucketlens_model.tflite_runner import TfliteModel

KINDS = ("float32", "float16", "dynamic", "int8")
FILE_SUFFIX = {"float32": "-float32", "float16": "-float16", "dynamic": "-dynamic", "int8": ""}


def convert(model: keras.Model | Path, kind: str, calibration: Iterable[np.ndarray] = ()) -> bytes:
    """The `.tflite` of a Keras model, or of the SavedModel in a folder.

    `calibration` gives the input tensors (height, width, 3) whose activations set the int8 ranges; only int8 needs it.
    An int8 model takes int8 pixels. Its softmax, where Keras lets us see it, stays in float32: 8 bits would round every
    probability to 1/256 and XNNPACK, which makes the integer kernels fast, has no int8 softmax.
    """
    if kind != "int8":
        converter = _converter(model)
        if kind != "float32":
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
        if kind == "float16":
            converter.target_spec.supported_types = [tf.float16]
        return _quietly(converter)

    logits = without_softmax(model) if isinstance(model, keras.Model) else None
    converter = _converter(logits or model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([tensor[np.newaxis]] for tensor in calibration)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.float32
    converted = _quietly(converter)
    return with_softmax(converted) if logits else converted


def _converter(model: keras.Model | Path) -> tf.lite.TFLiteConverter:
    if isinstance(model, keras.Model):
        return tf.lite.TFLiteConverter.from_keras_model(model)
    return tf.lite.TFLiteConverter.from_saved_model(str(model))


def _quietly(converter: tf.lite.TFLiteConverter) -> bytes:
    """Converts without Keras' listing of every weight on standard output."""
    with contextlib.redirect_stdout(io.StringIO()):
        return converter.convert()


def without_softmax(model: keras.Model) -> keras.Model | None:
    """The model up to its last softmax, sharing its weights; None where it does not end in one."""
    last = model.layers[-1]
    if isinstance(last, keras.layers.Softmax):
        return keras.Model(model.inputs, last.input)
    if isinstance(last, keras.layers.Dense) and last.activation is keras.activations.softmax:
        logits = keras.layers.Dense(last.units, use_bias=last.use_bias, name="logits")
        linear = keras.Model(model.inputs, logits(last.input))
        logits.set_weights(last.get_weights())
        return linear
    return None


def with_softmax(model: bytes) -> bytes:
    """The model with a float32 softmax put behind its only output."""
    tree = schema.ModelT.InitFromObj(schema.Model.GetRootAs(model))
    graph = tree.subgraphs[0]
    logits = int(graph.outputs[0])

    probabilities = schema.TensorT()
    probabilities.name = "probabilities"
    probabilities.shape = graph.tensors[logits].shape
    probabilities.shapeSignature = graph.tensors[logits].shapeSignature
    probabilities.type = schema.TensorType.FLOAT32
    graph.tensors.append(probabilities)

    code = schema.OperatorCodeT()
    code.builtinCode = code.deprecatedBuiltinCode = schema.BuiltinOperator.SOFTMAX
    tree.operatorCodes.append(code)

    softmax = schema.OperatorT()
    softmax.opcodeIndex = len(tree.operatorCodes) - 1
    softmax.inputs = [logits]
    softmax.outputs = [len(graph.tensors) - 1]
    softmax.builtinOptionsType = schema.BuiltinOptions.SoftmaxOptions
    softmax.builtinOptions = schema.SoftmaxOptionsT()
    softmax.builtinOptions.beta = 1.0
    graph.operators.append(softmax)

    graph.outputs = softmax.outputs
    for signature in tree.signatureDefs or []:
        for output in signature.outputs:
            output.tensorIndex = softmax.outputs[0]
    return tflite_metadata.packed(tree)


def calibration_tensors(photos: Sequence[Path], spec: InputSpec) -> Iterator[np.ndarray]:
    """Each photo and its mirror image as the model will see them, with progress."""
    for index, path in enumerate(photos, start=1):
        print(f"\rcalibrating on photo {index} of {len(photos)}", end="", file=sys.stderr, flush=True)
        with Image.open(path) as photo:
            tensor = np.array(spec.tensor(photo))
        # However dull the photos are, the input is to hold black and white.
        tensor[0, 0] = spec.normalise(np.zeros(spec.channels))
        tensor[-1, -1] = spec.normalise(np.full(spec.channels, 255))
        yield tensor
        yield tensor[:, ::-1]
    print(file=sys.stderr)


def write(model: bytes, file: Path, described: Manifest, description: str, labels_file: Path | None = None) -> Path:
    """Writes the model with its metadata, and its manifest beside it."""
    metadata = tflite_metadata.ClassifierMetadata(
        name=described.name,
        description=description,
        version=described.version,
        license=described.license,
        labels=described.labels,
        mean=described.input.mean,
        std=described.input.std,
    )
    file.write_bytes(tflite_metadata.with_metadata(model, metadata))
    described.write(file, labels_file)
    return file


def largest_difference(
    reference: Callable[[np.ndarray], np.ndarray], file: Path, photos: Sequence[Path], spec: InputSpec
) -> tuple[float, int]:
    """The largest difference between two engines' scores over all photos and classes, and in how many photos their
    first label differs."""
    tflite = TfliteModel(file)
    largest, disagreements = 0.0, 0
    for path in photos:
        with Image.open(path) as photo:
            tensor = spec.tensor(photo)
        expected, actual = reference(tensor), tflite.scores(tensor)
        largest = max(largest, float(np.abs(expected - actual).max()))
        disagreements += int(expected.argmax() != actual.argmax())
    return largest, disagreements


def keras_scores(model: keras.Model | Path) -> Callable[[np.ndarray], np.ndarray]:
    """One tensor (height, width, 3) to Keras' scores for it."""
    if isinstance(model, keras.Model):
        return lambda tensor: np.asarray(model(tensor[np.newaxis], training=False))[0]
    signature = signature_of(model)
    name = next(iter(signature.structured_input_signature[1]))
    return lambda tensor: next(iter(signature(**{name: tf.constant(tensor[np.newaxis])}).values())).numpy()[0]


def read_labels(file: Path, classes: int) -> list[str]:
    """One label a line; as many as the model has outputs (or two for one output), none empty, none twice."""
    if not file.is_file():
        raise UserError(f"{file}: there is no such file; expected one label a line, in the order of the model's output")
    labels = label_files.read_labels(file)
    expected = 2 if classes == 1 else classes
    if len(labels) != expected:
        raise UserError(
            f"{file}: expected {expected} labels, found {len(labels)}{label_files.off_by_one(labels, expected)}"
        )
    if "" in labels or len(set(labels)) != len(labels):
        raise UserError(f"{file}: labels must be neither empty nor given twice")
    return labels


def signature_of(folder: Path) -> Callable:
    """What a SavedModel serves."""
    if not folder.is_dir():
        raise UserError(f"{folder}: there is no such model; expected a .keras or .h5 file, or a SavedModel folder")
    return tf.saved_model.load(str(folder)).signatures["serving_default"]


def rescales(model: keras.Model) -> bool:
    """Whether the model scales levels 0 to 255 itself, by a layer before any that has other weights."""
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            return rescales(layer)
        if isinstance(layer, (keras.layers.Rescaling, keras.layers.Normalization)):
            return True
        if layer.weights:
            return False
    return False


def one_output(model: keras.Model, index: int | None) -> keras.Model:
    """The model with the one output that has the scores."""
    if len(model.outputs) == 1:
        return model
    if index is None or index >= len(model.outputs):
        listed = ", ".join(f"{i} {output.name} {tuple(output.shape)}" for i, output in enumerate(model.outputs))
        raise UserError(f"the model has {len(model.outputs)} outputs: {listed}; choose one with --output-index")
    return keras.Model(model.inputs, model.outputs[index])


def spread(items: Sequence[Path], count: int) -> list[Path]:
    """`count` of the items, evenly over the whole sequence, so that every class folder has its share."""
    if len(items) <= count:
        return list(items)
    return [items[index * len(items) // count] for index in range(count)]


def parsed(program: str, arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(program, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help=".keras or .h5 file, or SavedModel folder")
    parser.add_argument("--labels", type=Path, required=True, help="text file with one label a line, in output order")
    parser.add_argument("--photos", type=Path, required=True, help="real photos, to calibrate and compare with")
    parser.add_argument("--output", type=Path, default=Path("."), help="folder for the results (default: here)")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS), help="which to make (default: all)")
    parser.add_argument("--calibrate", type=int, default=200, help="photos to calibrate on (default: 200)")
    parser.add_argument("--compare", type=int, default=50, help="photos to compare on (default: 50)")
    parser.add_argument("--name", help="name in the manifest (default: the file's)")
    parser.add_argument("--version", default="1.0.0", help="version in the manifest (default: 1.0.0)")
    parser.add_argument("--width", type=int, help="of the images, where the model leaves it open")
    parser.add_argument("--height", type=int, help="of the images, where the model leaves it open")
    parser.add_argument("--output-index", type=int, help="which output has the scores, where there are several, from 0")
    parser.add_argument(
        "--resize", choices=FILTERS, default="bilinear", help="how the training scaled photos (default: bilinear)"
    )
    aspect = parser.add_mutually_exclusive_group()
    aspect.add_argument("--center-crop", type=float, metavar="FRACTION", help="cut the middle out before scaling")
    aspect.add_argument("--letterbox", metavar="#RRGGBB", help="keep all of the photo, with borders of this colour")
    parser.add_argument(
        "--mean",
        type=float,
        nargs="+",
        help="what training subtracted from levels 0 to 255: 1 or 3 numbers (default: 127; 0 with a Rescaling inside)",
    )
    parser.add_argument(
        "--std",
        type=float,
        nargs="+",
        help="what it then divided by: 1 or 3 numbers (default: 128; 1 with a Rescaling inside)",
    )
    parser.add_argument(
        "--output-type",
        choices=("probabilities", "logits", "sigmoid"),
        default="probabilities",
        help="what the model gives: probabilities if it ends in a softmax or sigmoid (default), else logits of labels"
        " of which one is right, or sigmoid for labels that can be right at once",
    )
    parser.add_argument("--license", default="", help="told in manifest and metadata")
    parser.add_argument("--source", default="", help="where the model comes from, told in the manifest")
    return parser.parse_args(arguments)


def main(program: str, arguments: list[str]) -> None:
    options = parsed(program, arguments)
    model: keras.Model | Path = options.model
    inside = False
    if options.model.is_file():
        try:
            model = keras.models.load_model(options.model, compile=False)
        except ValueError as e:
            raise UserError(f"{options.model}: Keras cannot load it: {e}") from e
        model = one_output(model, options.output_index)
        shape = model.inputs[0].shape
        classes = model.outputs[0].shape[-1]
        inside = rescales(model)
    else:
        signature = signature_of(options.model)
        shape = next(iter(signature.structured_input_signature[1].values())).shape
        classes = next(iter(signature.structured_outputs.values())).shape[-1]
    if len(shape) != 4 or shape[3] not in (1, 3):
        raise UserError(
            f"{options.model}: its input is {tuple(shape)}; expected (batch, height, width, channels), 1 or 3 channels"
        )
    height, width = shape[1] or options.height, shape[2] or options.width
    if not (height and width):
        raise UserError(f"{options.model}: it leaves the size of its images open; say it with --width and --height")
    if isinstance(model, keras.Model) and None in shape[1:3]:
        image = keras.Input((height, width, shape[3]))
        model = keras.Model(image, model(image))
    if inside and options.mean is None and options.std is None:
        print("The model rescales levels itself: the manifest has the range 0 to 255, and neither mean nor std.")
    mean = options.mean or [0.0 if inside else 127.0]
    std = options.std or [1.0 if inside else 128.0]
    aspect: str | dict = STRETCH
    if options.center_crop:
        aspect = {"centerCrop": options.center_crop}
    elif options.letterbox:
        aspect = {"letterbox": options.letterbox}
    spec = InputSpec(width, height, options.resize, aspect, mean=mean, std=std, channels=shape[3])
    name = options.name or options.model.stem
    description = Manifest(
        name=name,
        version=options.version,
        labels=read_labels(options.labels, classes),
        input=spec,
        output=options.output_type,
        license=options.license,
        source=options.source,
    )
    photos = photos_in(options.photos)
    options.output.mkdir(parents=True, exist_ok=True)
    for kind in options.kinds:
        converted = convert(model, kind, calibration_tensors(spread(photos, options.calibrate), spec))
        file = options.output / f"{name}{FILE_SUFFIX[kind]}.tflite"
        write(converted, file, description, f"Image classifier, {len(description.labels)} classes, {kind}.")
        TfliteModel(file).require_applied_once(options.output_type)
        report(kind, file, model, spread(photos, options.compare), spec)


def report(kind: str, file: Path, model: keras.Model | Path, photos: Sequence[Path], spec: InputSpec) -> None:
    """One line: size, and how far the scores are from Keras'."""
    largest, disagreements = largest_difference(keras_scores(model), file, photos, spec)
    print(
        f"{file}: {kind}, {file.stat().st_size / 1e6:.2f} MB, largest score difference to Keras {largest:.2g}, "
        f"first label differs in {disagreements} of {len(photos)} photos"
    )
