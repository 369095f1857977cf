"""Writes the tiny models of the Java tests: one for each thing a model can be, or can be wrong in.

    python src/test/python/make_test_models.py

writes them to src/test/resources/models. They look at the mean of each colour channel of an 8x6 image and nothing
else, so that a test can say by hand what they answer.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf
from tensorflow.lite.python import schema_py_generated as schema

from bucketlens_model.tflite_metadata import ClassifierMetadata, packed, with_metadata

OUTPUT = Path(__file__).parents[1] / "resources" / "models"
WIDTH, HEIGHT = 8, 6
COLOURS = ["red", "green", "blue"]
FLOWERS = ["daisy", "dandelion", "roses", "sunflowers", "tulips"]
STEEPNESS = 8.0
"""How much a channel's mean (0 to 1) counts in a logit."""

METADATA = ClassifierMetadata(
    name="colours",
    description="Which colour an image is.",
    version="1.2.3",
    license="Apache-2.0",
    labels=COLOURS,
    mean=[0.0],
    std=[255.0],
)


def colours(
    activation: str | None, channels: int = 3, outputs: int = 3, size: tuple = (HEIGHT, WIDTH)
) -> tf.keras.Model:
    """A model whose output k is the activation of 8 times the mean of channel k (of all, if they are fewer)."""
    image = tf.keras.Input((*size, channels))
    means = tf.keras.layers.GlobalAveragePooling2D()(image)
    dense = tf.keras.layers.Dense(outputs, activation, use_bias=False)
    model = tf.keras.Model(image, dense(means))
    dense.set_weights([STEEPNESS * np.eye(channels, outputs, dtype=np.float32)])
    return model


def two_outputs() -> tf.keras.Model:
    """In the shape of a detection model: boxes and scores."""
    model = colours("softmax")
    means = model.layers[1].output
    return tf.keras.Model(model.input, [model.output, tf.keras.layers.Dense(4, name="boxes")(means)])


def text() -> tf.keras.Model:
    """In the shape of a text classifier: 16 word numbers in."""
    words = tf.keras.Input((16,), dtype=tf.int32)
    vectors = tf.keras.layers.Embedding(8, 2)(words)
    return tf.keras.Model(words, tf.keras.layers.Dense(2, "softmax")(tf.keras.layers.GlobalAveragePooling1D()(vectors)))


def index_only() -> tf.keras.Model:
    """A model that names the best class and no scores: an int64 output."""
    model = colours("softmax")
    return tf.keras.Model(model.input, tf.keras.layers.Lambda(lambda scores: tf.argmax(scores, axis=-1))(model.output))


def two_inputs() -> tf.keras.Model:
    """A model that wants a number beside its image."""
    model = colours("softmax")
    number = tf.keras.Input((1,), name="number")
    return tf.keras.Model([model.input, number], tf.keras.layers.Multiply()([model.output, number]))


def two_signatures() -> bytes:
    """A model that classifies an image, or inverts it."""
    model = colours("softmax")
    image = tf.TensorSpec((1, HEIGHT, WIDTH, 3), tf.float32, name="image")
    functions = {
        "classify": tf.function(lambda image: {"scores": model(image)}, input_signature=[image]),
        "invert": tf.function(lambda image: {"inverted": 1 - image}, input_signature=[image]),
    }
    with tempfile.TemporaryDirectory() as folder:
        tf.saved_model.save(model, folder, signatures=functions)
        return tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=list(functions)).convert()


def converter(model: tf.keras.Model) -> tf.lite.TFLiteConverter:
    return tf.lite.TFLiteConverter.from_keras_model(model)


def as_float(model: tf.keras.Model) -> bytes:
    return converter(model).convert()


def as_integers(model: tf.keras.Model, element: tf.DType, limits: tuple[float, float] = (0, 1)) -> bytes:
    """The model with 8-bit weights, input and output, calibrated on images between two limits."""
    made = converter(model)
    made.optimizations = [tf.lite.Optimize.DEFAULT]
    made.representative_dataset = lambda: examples(model.input_shape[1:3], limits)
    made.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    made.inference_input_type = made.inference_output_type = element
    return made.convert()


def examples(size: tuple[int, int], limits: tuple[float, float]) -> Iterator[list[np.ndarray]]:
    """Red, green, blue, black and white."""
    for colour in np.vstack([np.eye(3), np.zeros((1, 3)), np.ones((1, 3))]):
        levels = limits[0] + colour * (limits[1] - limits[0])
        yield [np.broadcast_to(levels, (1, *size, 3)).astype(np.float32)]


def with_16_bit_activations(model: tf.keras.Model) -> bytes:
    """The model with 8-bit weights and 16 bits between its layers; real numbers in and out."""
    made = converter(model)
    made.optimizations = [tf.lite.Optimize.DEFAULT]
    made.representative_dataset = lambda: examples(model.input_shape[1:3], (0, 1))
    made.target_spec.supported_ops = [tf.lite.OpsSet.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8]
    return made.convert()


def contrasted() -> tf.lite.TFLiteConverter:
    """Of a model with an operator that TensorFlow Lite does not have."""
    image = tf.keras.Input((HEIGHT, WIDTH, 3))
    contrasted = tf.keras.layers.Lambda(lambda pixels: tf.image.adjust_contrast(pixels, 2.0))(image)
    return converter(tf.keras.Model(image, colours("softmax")(contrasted)))


def unknown_operator() -> bytes:
    """The operator is taken for a custom one."""
    made = contrasted()
    made.allow_custom_ops = True
    return made.convert()


def flex() -> bytes:
    """The operator is left to TensorFlow itself."""
    made = contrasted()
    made.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS, tf.lite.OpsSet.SELECT_TF_OPS]
    return made.convert()


def edited(change: Callable[[schema.ModelT], None]) -> bytes:
    """A model file that says something else than the converter does."""
    tree = schema.ModelT.InitFromObj(schema.Model.GetRootAs(as_float(colours("softmax"))))
    change(tree)
    return packed(tree)


def calibrated() -> bytes:
    """Calibration as AutoML writes it: scale, slope, offset and perhaps a minimum; nothing for the last label."""
    lines = ["0.9,2.0,0.5,0.3", "1.0,1.0,0.0", ""]
    return with_metadata(
        as_float(colours("sigmoid")), replace(METADATA, calibration=lines, calibration_default=0.05, threshold=0.1)
    )


def automl() -> bytes:
    """In the shape of an export of AutoML Vision Edge: 224 x 224 pixels of uint8 that stand for -1 to 1, scores in
    steps of 1/256, labels in dict.txt. Here they have a translation too, which is not to be taken for them."""
    metadata = replace(
        METADATA,
        labels=FLOWERS,
        mean=[127.5],
        std=[127.5],
        labels_file="dict.txt",
        translations={"de": ["Gänseblümchen", "Löwenzahn", "Rosen", "Sonnenblumen", "Tulpen"]},
    )
    model = colours("softmax", outputs=len(FLOWERS), size=(224, 224))
    return with_metadata(as_integers(model, tf.uint8, (-1, 1)), metadata)


MODELS: dict[str, Callable[[], bytes]] = {
    "float": lambda: as_float(colours("softmax")),
    "gray": lambda: as_float(colours("softmax", channels=1, outputs=2)),
    "two-channels": lambda: as_float(colours("softmax", channels=2, outputs=2)),
    "logits": lambda: as_float(colours(None)),
    "binary": lambda: as_float(colours("sigmoid", outputs=1)),
    "dynamic": lambda: as_float(colours("softmax", size=(None, None))),
    "int8": lambda: as_integers(colours("softmax"), tf.int8),
    "uint8": lambda: as_integers(colours("softmax"), tf.uint8),
    "two-outputs": lambda: as_float(two_outputs()),
    "text": lambda: as_float(text()),
    "index-only": lambda: as_float(index_only()),
    "two-inputs": lambda: as_float(two_inputs()),
    "two-signatures": two_signatures,
    "no-signature": lambda: edited(lambda tree: setattr(tree, "signatureDefs", None)),
    "int16": lambda: with_16_bit_activations(colours("softmax")),
    "unknown-operator": unknown_operator,
    "flex": flex,
    "newer-operator": lambda: edited(lambda tree: setattr(tree.operatorCodes[0], "version", 99)),
    "schema-2": lambda: edited(lambda tree: setattr(tree, "version", 2)),
    "metadata": lambda: with_metadata(as_float(colours("softmax")), METADATA),
    "metadata-uint8": lambda: with_metadata(as_integers(colours("softmax"), tf.uint8), METADATA),
    "metadata-two-labels": lambda: with_metadata(as_float(colours("softmax")), replace(METADATA, labels=COLOURS[:2])),
    "metadata-calibrated": calibrated,
    "metadata-no-labels": lambda: with_metadata(as_float(colours("softmax")), replace(METADATA, labels=[])),
    "metadata-no-content": lambda: with_metadata(as_float(colours("softmax")), replace(METADATA, says_image=False)),
    "metadata-automl": automl,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder to write to (default: %(default)s)")
    parser.add_argument("names", nargs="*", help="which to write (default: all)")
    options = parser.parse_args()
    output = options.output
    output.mkdir(parents=True, exist_ok=True)
    tf.keras.utils.set_random_seed(1)
    for name in options.names or MODELS:
        make = MODELS[name]
        file = output / f"{name}.tflite"
        file.write_bytes(make())
        print(f"{file.name}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
