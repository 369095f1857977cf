"""Writes the models of `ModelKindsTest`: one of each kind that people bring, tiny, with the scores that it must give.

    python src/test/python/make_model_kinds.py [NAME …]

writes them to src/test/resources/models/kinds: for each a model, its manifest, and a line of `scores.tsv`, with what
the interpreter of LiteRT's Python package gives for the photo crab.jpg, prepared by Pillow and NumPy as the model was
trained; or a line of `refusals.tsv`, with a part of the sentence that must be said of it. Weights are seeded, and
large enough that scores differ.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter
from keras import layers
from PIL import Image, ImageOps

ROOT = Path(__file__).parents[3]
PHOTO = ROOT / "src" / "local" / "resources" / "photos" / "crab.jpg"
OUTPUT = Path(__file__).parents[1] / "resources" / "models" / "kinds"
SIDE = 12
GAIN = 3
"""By which weights are multiplied, so that scores are not all the same."""

Pixels = np.ndarray
Scores = np.ndarray


def unit(pixels: Pixels) -> np.ndarray:
    return (pixels / 255).astype(np.float32)


def signed(pixels: Pixels) -> np.ndarray:
    return (pixels / 127.5 - 1).astype(np.float32)


def reals(pixels: Pixels) -> np.ndarray:
    return pixels.astype(np.float32)


def as_is(pixels: Pixels) -> np.ndarray:
    return pixels.astype(np.uint8)


def less_128(pixels: Pixels) -> np.ndarray:
    return (pixels.astype(np.int16) - 128).astype(np.int8)


def softmax(logits: Scores) -> Scores:
    powers = np.exp(logits - logits.max())
    return powers / powers.sum()


def sigmoid(logits: Scores) -> Scores:
    return 1 / (1 + np.exp(-logits))


def no_and_yes(scores: Scores) -> Scores:
    return np.array([1 - scores[0], scores[0]])


def unchanged(scores: Scores) -> Scores:
    return scores


@dataclass(frozen=True)
class Kind:
    """A model with its manifest, and how Python uses it."""

    model: Callable[[], bytes]
    input: dict
    """The field of the manifest; `resize` and `aspect` are bilinear and stretch unless it says others."""
    output: dict = field(default_factory=lambda: {"type": "probabilities"})
    labels: list[str] | str = field(default_factory=lambda: ["a", "b", "c"])
    prepare: Callable[[Pixels], np.ndarray] = unit
    size: tuple[int, int] = (SIDE, SIDE)
    mode: str = "RGB"
    fit: bool = False
    """Whether the middle of the photo is cut out, in the model's shape."""
    resample: Image.Resampling = Image.Resampling.BILINEAR
    planar: bool = False
    finish: Callable[[Scores], Scores] = unchanged

    def manifest(self) -> dict:
        return {
            "labels": self.labels,
            "input": {"resize": "bilinear", "aspect": "stretch"} | self.input,
            "output": self.output,
        }

    def scores(self, model: bytes) -> Scores:
        """What the model gives for the photo, by Python alone."""
        with Image.open(PHOTO) as photo:
            picture = photo.convert(self.mode)
        if self.fit:
            picture = ImageOps.fit(picture, self.size, self.resample)
        tensor = self.prepare(np.asarray(picture.resize(self.size, self.resample)))
        if self.planar:
            tensor = tensor.transpose(2, 0, 1)
        interpreter = Interpreter(model_content=model, num_threads=1)
        needed = interpreter.get_input_details()[0]
        shape = [abs(length) for length in needed["shape_signature"]]
        if np.prod(shape) != tensor.size:
            shape = [1, *tensor.shape][-len(shape) :]
            interpreter.resize_tensor_input(needed["index"], shape)
        interpreter.allocate_tensors()
        interpreter.set_tensor(needed["index"], quantised(tensor, needed).reshape(shape))
        interpreter.invoke()
        given = self.chosen(interpreter)
        raw = interpreter.get_tensor(given["index"]).reshape(-1).astype(np.float32)
        if given["dtype"] != np.float32:
            scale, zero_point = given["quantization"]
            raw = (raw - zero_point) * np.float32(scale)
        return self.finish(raw)

    def chosen(self, interpreter: Interpreter) -> dict:
        """The output with the scores: of several, the one that the manifest names."""
        outputs = interpreter.get_output_details()
        if "name" in self.output:
            names = interpreter._get_full_signature_list()["serving_default"]["outputs"]
            return next(output for output in outputs if output["index"] == names[self.output["name"]])
        return outputs[self.output.get("index", 0)]


def quantised(tensor: np.ndarray, needed: dict) -> np.ndarray:
    """Real numbers in the model's own: integers that are given already stay as they are."""
    if tensor.dtype == needed["dtype"]:
        return tensor
    scale, zero_point = needed["quantization"]
    steps = tensor.astype(np.float64) / scale
    integers = np.trunc(steps + np.copysign(0.5, steps)) + zero_point
    limits = np.iinfo(needed["dtype"])
    return np.clip(integers, limits.min, limits.max).astype(needed["dtype"])


# --- Models ---


def tail(value, outputs: int = 3, activation: str | None = "softmax"):
    """What stands at the end of each: a convolution, and a dense layer on all of it."""
    value = layers.Conv2D(2, 3, strides=3, activation="relu")(value)
    return layers.Dense(outputs, activation)(layers.Flatten()(value))


def strong(model: keras.Model) -> keras.Model:
    model.set_weights([weights * GAIN for weights in model.get_weights()])
    return model


def network(shape: tuple, before: Callable = lambda value: value, batch: int | None = 1, dtype=None, **end):
    """A model of images of that shape; `before` makes rows, columns and channels of its input."""
    image = keras.Input(shape, batch_size=batch, dtype=dtype)
    return strong(keras.Model(image, tail(before(image), **end)))


def made(model: keras.Model) -> bytes:
    return tf.lite.TFLiteConverter.from_keras_model(model).convert()


def integers(
    model: keras.Model, limits: tuple[float, float], given: tf.DType, taken: tf.DType, sixteen: bool = False
) -> bytes:
    """Of 8 bits, calibrated on noise between two limits."""
    random = np.random.default_rng(7)
    shape = [1, *model.input_shape[1:]]
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([random.uniform(*limits, shape).astype("f")] for _ in range(20))
    sets = tf.lite.OpsSet
    converter.target_spec.supported_ops = [
        sets.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8 if sixteen else sets.TFLITE_BUILTINS_INT8
    ]
    converter.inference_input_type, converter.inference_output_type = given, taken
    return converter.convert()


def function(shape: list[int | None], body: Callable, dtype: tf.DType = tf.float32, flex: bool = False) -> bytes:
    """A model of TensorFlow's own operators."""
    module = tf.Module()
    concrete = tf.function(body, input_signature=[tf.TensorSpec(shape, dtype)]).get_concrete_function()
    converter = tf.lite.TFLiteConverter.from_concrete_functions([concrete], module)
    if flex:
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS, tf.lite.OpsSet.SELECT_TF_OPS]
    return converter.convert()


def two_outputs(others: int) -> keras.Model:
    """Scores, and something else beside them, of as many numbers as wanted."""
    image = keras.Input((SIDE, SIDE, 3), batch_size=1)
    value = layers.Flatten()(layers.Conv2D(2, 3, strides=3, activation="relu")(image))
    return strong(keras.Model(image, [layers.Dense(3, "softmax")(value), layers.Dense(others)(value)]))


def pooled(side: int | None, activation: str | None, outputs: int = 3) -> keras.Model:
    """One that takes any size, and so the size of a real model."""
    image = keras.Input((side, side, 3), batch_size=1 if side else None)
    value = layers.GlobalAveragePooling2D()(layers.Conv2D(4, 3, strides=2, activation="relu")(image))
    return strong(keras.Model(image, layers.Dense(outputs, activation)(value)))


IMAGE = [1, SIDE, SIDE, 3]
RGB = (SIDE, SIDE, 3)
SQUARE = {"width": SIDE, "height": SIDE}
UNIT, SIGNED, RAW = {"range": [0, 1]}, {"range": [-1, 1]}, {"raw": True}
LOGITS = {"type": "logits"}


def channels_last(value):
    return layers.Permute((2, 3, 1))(value)


def rescaled(value):
    return layers.Rescaling(1 / 127.5, -1)(value)


def means(image):
    return tf.reduce_mean(image, [1, 2])


def softmax_of_means(image):
    return tf.nn.softmax(8 * means(image))


def no_and_yes_inside(image):
    yes = tf.sigmoid(tf.reduce_mean(image[..., :1], [1, 2]))
    return tf.concat([1 - yes, yes], -1)


def piecewise(image):
    """A sigmoid for each label, put together."""
    means = tf.reduce_mean(image, [0, 1, 2])
    return tf.stack([tf.sigmoid(means[channel]) for channel in range(3)])[tf.newaxis]


def as_long_as_bright(image):
    """An output that only a run tells the length of."""
    return tf.boolean_mask(softmax_of_means(image)[0], tf.reduce_mean(image, [0, 1, 2]) > -1)[tf.newaxis]


KINDS: dict[str, Kind] = {
    # Levels as they are.
    "uint8-raw": Kind(lambda: integers(network(RGB), (-1, 1), tf.uint8, tf.uint8), RAW, prepare=as_is),
    "uint8-raw-said-signed": Kind(lambda: integers(network(RGB), (-1, 1), tf.uint8, tf.uint8), SIGNED, prepare=signed),
    "int8-raw": Kind(lambda: integers(network(RGB, rescaled), (0, 255), tf.int8, tf.float32), RAW, prepare=less_128),
    "uint8-unquantised": Kind(lambda: made(network(RGB, rescaled, dtype="uint8")), RAW, prepare=as_is),
    "float-raw": Kind(lambda: made(network(RGB, rescaled)), RAW, prepare=reals),
    "rescaling-inside": Kind(lambda: made(network(RGB, rescaled)), {"range": [0, 255]}, prepare=reals),
    "uint8-in-float-out": Kind(lambda: integers(network(RGB), (0, 1), tf.uint8, tf.float32), UNIT),
    "int16x8-float-io": Kind(lambda: integers(network(RGB), (0, 1), tf.float32, tf.float32, True), UNIT),
    # What the outputs are.
    "sigmoid-one": Kind(
        lambda: made(network(RGB, outputs=1, activation="sigmoid")), UNIT, labels=["no", "yes"], finish=no_and_yes
    ),
    "sigmoid-many": Kind(lambda: made(network(RGB, activation="sigmoid")), UNIT),
    "logit-one": Kind(
        lambda: made(network(RGB, outputs=1, activation=None)),
        UNIT,
        LOGITS,
        labels=["no", "yes"],
        finish=lambda raw: no_and_yes(sigmoid(raw)),
    ),
    "hard-sigmoid": Kind(lambda: made(network(RGB, activation="hard_sigmoid")), UNIT),
    "sigmoid-reversed": Kind(lambda: function(IMAGE, lambda x: 1 - tf.sigmoid(means(x))), UNIT),
    "logits": Kind(lambda: made(network(RGB, activation=None)), UNIT, LOGITS, finish=softmax),
    "logits-within-6": Kind(lambda: function(IMAGE, lambda x: tf.nn.relu6(8 * means(x))), UNIT, LOGITS, finish=softmax),
    "logits-each": Kind(lambda: made(network(RGB, activation=None)), UNIT, {"type": "sigmoid"}, finish=sigmoid),
    # Layouts.
    "rank2-28x28": Kind(
        lambda: made_without_batch(network((28, 28), layers.Reshape((28, 28, 1)))), UNIT, mode="L", size=(28, 28)
    ),
    "rank3-28x28": Kind(lambda: made(network((28, 28), layers.Reshape((28, 28, 1)))), UNIT, mode="L", size=(28, 28)),
    "rank3-open-batch": Kind(
        lambda: made(network((28, 28), layers.Reshape((28, 28, 1)), batch=None)), UNIT, mode="L", size=(28, 28)
    ),
    "flat-784": Kind(
        lambda: made(network((784,), layers.Reshape((28, 28, 1)))),
        UNIT | {"width": 28, "height": 28},
        mode="L",
        size=(28, 28),
    ),
    "flat-rgb": Kind(
        lambda: made(network((SIDE * SIDE * 3,), layers.Reshape(RGB))), UNIT | SQUARE | {"layout": "nhwc"}
    ),
    "flat-rgb-planar": Kind(
        lambda: made(network((SIDE * SIDE * 3,), lambda x: channels_last(layers.Reshape((3, SIDE, SIDE))(x)))),
        UNIT | SQUARE | {"layout": "nchw"},
        planar=True,
    ),
    "flat-row": Kind(
        lambda: made(network((1, 1, 784), layers.Reshape((28, 28, 1)))),
        UNIT | {"width": 28, "height": 28},
        mode="L",
        size=(28, 28),
    ),
    "row-of-pixels": Kind(lambda: made(network((SIDE * SIDE, 3), layers.Reshape(RGB))), UNIT | SQUARE),
    "row-of-planes": Kind(
        lambda: made(network((3, 1, SIDE * SIDE), lambda x: channels_last(layers.Reshape((3, SIDE, SIDE))(x)))),
        UNIT | SQUARE,
        planar=True,
    ),
    "rank2-open": Kind(
        lambda: function([None, None], lambda x: tf.nn.softmax(tf.reduce_mean(x) * tf.constant([[1.0, 2.0, 4.0]]))),
        UNIT | SQUARE,
        mode="L",
    ),
    "rank3-hwc": Kind(
        lambda: function([SIDE, 9, 3], lambda x: tf.nn.softmax(8 * tf.reduce_mean(x, [0, 1]))), UNIT, size=(9, SIDE)
    ),
    "rank3-chw": Kind(
        lambda: function([3, SIDE, 9], lambda x: tf.nn.softmax(8 * tf.reduce_mean(x, [1, 2]))),
        UNIT,
        size=(9, SIDE),
        planar=True,
    ),
    "nchw": Kind(lambda: made(network((3, SIDE, SIDE), channels_last)), UNIT, planar=True),
    "nchw-open-batch": Kind(lambda: made(network((3, SIDE, SIDE), channels_last, batch=None)), UNIT, planar=True),
    "nchw-gray": Kind(lambda: made(network((1, SIDE, SIDE), channels_last)), UNIT, mode="L"),
    "nchw-int8": Kind(
        lambda: integers(network((3, SIDE, SIDE), channels_last), (0, 1), tf.int8, tf.float32), UNIT, planar=True
    ),
    "nchw-three-wide": Kind(
        lambda: function([1, 3, 24, 3], lambda x: tf.nn.softmax(8 * tf.reduce_mean(x, [2, 3]))),
        UNIT | {"layout": "nchw"},
        size=(3, 24),
        planar=True,
    ),
    "nhwc-three-high": Kind(
        lambda: function([1, 3, 24, 3], lambda x: tf.nn.softmax(8 * tf.reduce_mean(x, [1, 2]))),
        UNIT | {"layout": "nhwc"},
        size=(24, 3),
    ),
    "output-1x3x1x1": Kind(lambda: made(reshaped((3, 1, 1))), UNIT),
    "output-1x1x3": Kind(lambda: made(reshaped((1, 3))), UNIT),
    "open-size": Kind(lambda: made(pooled(None, "softmax")), UNIT | {"width": 40, "height": 30}, size=(40, 30)),
    "output-open": Kind(
        lambda: function([None, None, None, 3], lambda x: tf.reshape(softmax_of_means(x), [1, -1])), UNIT | SQUARE
    ),
    # Several outputs.
    "two-outputs-by-name": Kind(lambda: made(two_outputs(4)), UNIT, {"type": "probabilities", "name": "output_0"}),
    "two-outputs-by-index": Kind(lambda: made(two_outputs(4)), UNIT, {"type": "probabilities", "index": 1}),
    "two-equal-outputs-by-name": Kind(
        lambda: made(two_outputs(3)), UNIT, {"type": "probabilities", "name": "output_0"}
    ),
    "two-equal-outputs-by-index": Kind(
        lambda: made(two_outputs(3)), UNIT, {"type": "logits", "index": 0}, finish=softmax
    ),
    # Gray, and labels.
    "gray": Kind(lambda: made(network((SIDE, SIDE, 1))), UNIT, mode="L"),
    "gray-int8": Kind(lambda: integers(network((SIDE, SIDE, 1)), (0, 1), tf.int8, tf.float32), UNIT, mode="L"),
    "repeated-labels": Kind(lambda: made(network(RGB)), UNIT, labels="repeated-labels.txt"),
    # As public tools export them.
    "teachable-machine/model_unquant": Kind(
        lambda: made(pooled(224, "softmax", 2)),
        SIGNED | {"resize": "lanczos3", "aspect": {"centerCrop": 1}},
        labels="labels.txt",
        prepare=signed,
        size=(224, 224),
        fit=True,
        resample=Image.Resampling.LANCZOS,
    ),
    "teachable-machine/model": Kind(
        lambda: integers(pooled(224, "softmax", 2), (-1, 1), tf.uint8, tf.uint8),
        SIGNED | {"resize": "lanczos3", "aspect": {"centerCrop": 1}},
        labels="labels.txt",
        prepare=as_is,
        size=(224, 224),
        fit=True,
        resample=Image.Resampling.LANCZOS,
    ),
    "automl": Kind(
        lambda: integers(pooled(224, "softmax", 3), (-1, 1), tf.uint8, tf.uint8),
        RAW | {"resize": "bilinear"},
        labels="dict.txt",
        prepare=as_is,
        size=(224, 224),
    ),
    "edge-impulse": Kind(
        lambda: integers(pooled(96, "softmax", 2), (0, 1), tf.int8, tf.int8),
        UNIT | {"aspect": {"centerCrop": 1}},
        labels=["cup", "lamp"],
        size=(96, 96),
        fit=True,
    ),
    "xception": Kind(
        lambda: made(pooled(299, None, 10)),
        {"resize": "nearest", "mean": [127.5], "std": [127.5]},
        LOGITS,
        labels=["dress", "hat", "longsleeve", "outwear", "pants", "shirt", "shoes", "shorts", "skirt", "t-shirt"],
        prepare=signed,
        size=(299, 299),
        resample=Image.Resampling.NEAREST,
        finish=softmax,
    ),
}

FILES = {
    "repeated-labels.txt": "a\na\nc\n",
    "teachable-machine/labels.txt": "0 cat\n1 dog\n",
    "dict.txt": "daisy\nroses\ntulips\n",
    "lfs.txt": "version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 45\n",
}


def made_without_batch(model: keras.Model) -> bytes:
    """The same for a tensor of rows and columns only."""
    return function([28, 28], lambda x: model(x[tf.newaxis]))


def reshaped(shape: tuple[int, ...]) -> keras.Model:
    image = keras.Input(RGB, batch_size=1)
    return strong(keras.Model(image, layers.Reshape(shape)(tail(image))))


def shares(image):
    """Probabilities without a softmax."""
    amounts = 0.1 + tf.reduce_mean(image, [1, 2])
    return amounts / tf.reduce_sum(amounts, -1, keepdims=True)


def sometimes_nan(image):
    """A number for dark and bright images, none for those between."""
    mean = tf.reduce_mean(image)
    return tf.stack([tf.sqrt((mean - 0.2) * (mean - 0.4)), 0.5, 0.25])[tf.newaxis]


REFUSALS: dict[str, tuple[Kind, str]] = {
    "uint8-raw-said-0-255": (
        Kind(lambda: integers(network(RGB), (-1, 1), tf.uint8, tf.uint8), {"range": [0, 255]}),
        '"raw": true in their place',
    ),
    "int8-raw-said-0-1": (
        Kind(lambda: integers(network(RGB, rescaled), (0, 255), tf.int8, tf.float32), UNIT),
        "make only 2 numbers of the 256 levels",
    ),
    "int8-std-too-small": (
        Kind(lambda: integers(network(RGB), (0, 1), tf.int8, tf.float32), {"std": [200]}),
        "range, mean and std put 55 of the 256 levels",
    ),
    "float-beyond": (Kind(lambda: made(network(RGB)), {"std": [1e-40]}), "beyond float32"),
    "uint8-unquantised-said-0-255": (
        Kind(lambda: made(network(RGB, rescaled, dtype="uint8")), {"range": [0, 255]}),
        '"raw": true',
    ),
    "uint8-unquantised-unsaid": (Kind(lambda: made(network(RGB, rescaled, dtype="uint8")), {}), "input.raw"),
    "sigmoid-one-said-sigmoid": (
        Kind(lambda: made(network(RGB, outputs=1, activation="sigmoid")), UNIT, {"type": "sigmoid"}, ["no", "yes"]),
        "the last operator of the model is LOGISTIC already",
    ),
    "softmax-said-logits": (Kind(lambda: made(network(RGB)), UNIT, LOGITS), "is SOFTMAX already"),
    "softmax-int8-said-sigmoid": (
        Kind(lambda: integers(network(RGB), (0, 1), tf.int8, tf.int8), UNIT, {"type": "sigmoid"}),
        "is SOFTMAX already",
    ),
    "softmax-reshaped-said-logits": (Kind(lambda: made(reshaped((3, 1, 1))), UNIT, LOGITS), "is SOFTMAX already"),
    "shares-said-logits": (
        Kind(lambda: function(IMAGE, shares), UNIT, LOGITS),
        "what it gives are probabilities already",
    ),
    "sigmoid-joined-said-sigmoid": (
        Kind(lambda: function(IMAGE, no_and_yes_inside), UNIT, {"type": "sigmoid"}, ["no", "yes"]),
        'set it to "probabilities"',
    ),
    "sigmoids-packed-said-sigmoid": (
        Kind(lambda: function(IMAGE, piecewise), UNIT, {"type": "sigmoid"}),
        "is LOGISTIC already",
    ),
    "sigmoid-bounded-said-sigmoid": (
        Kind(
            lambda: function(IMAGE, lambda x: tf.clip_by_value(tf.sigmoid(tf.reduce_mean(x, [1, 2])), 1e-7, 1 - 1e-7)),
            UNIT,
            {"type": "sigmoid"},
        ),
        "is LOGISTIC already",
    ),
    "sigmoid-reversed-said-sigmoid": (
        Kind(lambda: function(IMAGE, lambda x: 1 - tf.sigmoid(means(x))), UNIT, {"type": "sigmoid"}),
        "gives numbers from 0 to 1 already",
    ),
    "hard-sigmoid-said-sigmoid": (
        Kind(lambda: made(network(RGB, activation="hard_sigmoid")), UNIT, {"type": "sigmoid"}),
        "gives numbers from 0 to 1 already",
    ),
    "hard-sigmoid-int8-said-sigmoid": (
        Kind(
            lambda: integers(network(RGB, activation="hard_sigmoid"), (0, 1), tf.int8, tf.int8),
            UNIT,
            {"type": "sigmoid"},
        ),
        "gives numbers from 0 to 1 already",
    ),
    "clipped-said-sigmoid": (
        Kind(
            lambda: function(IMAGE, lambda x: tf.clip_by_value(0.2 * means(x) + 0.5, 0, 1)), UNIT, {"type": "sigmoid"}
        ),
        "gives numbers from 0 to 1 already",
    ),
    "tanh-halved-said-logits": (
        Kind(lambda: function(IMAGE, lambda x: 0.5 * tf.tanh(means(x)) + 0.5), UNIT, LOGITS),
        "gives numbers from 0 to 1 already",
    ),
    "two-sigmoids-said-sigmoid": (
        Kind(
            lambda: function(IMAGE, lambda x: (tf.sigmoid(means(x)) + tf.sigmoid(3 * means(x))) / 2),
            UNIT,
            {"type": "sigmoid"},
        ),
        "gives numbers from 0 to 1 already",
    ),
    "log-softmax-raised-said-logits": (
        Kind(lambda: function(IMAGE, lambda x: tf.exp(tf.nn.log_softmax(8 * means(x)))), UNIT, LOGITS),
        "gives numbers from 0 to 1 already",
    ),
    "softmax-less-one-said-logits": (
        Kind(lambda: function(IMAGE, lambda x: softmax_of_means(x)[:, 1:]), UNIT, LOGITS, ["a", "b"]),
        "is SOFTMAX already",
    ),
    "softmax-averaged-said-sigmoid": (
        Kind(
            lambda: function(IMAGE, lambda x: tf.reduce_mean(tf.nn.softmax(8 * x), [1, 2])), UNIT, {"type": "sigmoid"}
        ),
        "is SOFTMAX already",
    ),
    "shares-said-sigmoid": (
        Kind(lambda: function(IMAGE, shares), UNIT, {"type": "sigmoid"}),
        'output.type is "sigmoid", but what it gives are probabilities already',
    ),
    "infinite-said-sigmoid": (
        Kind(lambda: function(IMAGE, lambda x: tf.exp(1e3 + tf.reduce_mean(x, [1, 2]))), UNIT, {"type": "sigmoid"}),
        'gives Infinity for "a"',
    ),
    "logits-said-probabilities": (
        Kind(lambda: made(network(RGB, activation=None)), UNIT),
        'set output.type to "logits" or "sigmoid"',
    ),
    "tanh-said-probabilities": (Kind(lambda: made(network(RGB, activation="tanh")), UNIT), "a number from 0 to 1"),
    "nan": (Kind(lambda: function(IMAGE, lambda x: tf.math.log(tf.reduce_mean(x, [1, 2]) - 5.0)), UNIT), "gives NaN"),
    "nan-softmax": (
        Kind(lambda: function(IMAGE, lambda x: tf.nn.softmax(tf.reduce_mean(x, [1, 2]) * np.nan)), UNIT),
        "gives NaN",
    ),
    "argmax": (
        Kind(lambda: function(IMAGE, lambda x: tf.argmax(tf.reduce_mean(x, [1, 2]), -1)), UNIT),
        "its output is INT64 [1]; expected a score for each label",
    ),
    "batch-8": (Kind(lambda: made(network(RGB, batch=8)), UNIT), "expected one image with 1 or 3 channels"),
    "rgba": (Kind(lambda: made(network((SIDE, SIDE, 4))), UNIT), "expected one image with 1 or 3 channels"),
    "rank5": (
        Kind(lambda: function([1, 1, SIDE, SIDE, 3], lambda x: tf.nn.softmax(tf.reduce_mean(x, [0, 2, 3]))), UNIT),
        'with input.layout "nchw" in the manifest',
    ),
    "segmentation": (
        Kind(lambda: function(IMAGE, lambda x: tf.nn.softmax(x[:, ::4, ::4])), UNIT),
        "expected a score for each label",
    ),
    "flat-784-unsaid": (
        Kind(lambda: made(network((784,), layers.Reshape((28, 28, 1)))), UNIT),
        "set input.width and input.height in",
    ),
    "flat-row-unsaid": (
        Kind(lambda: made(network((1, 1, 784), layers.Reshape((28, 28, 1)))), UNIT),
        "set input.width and input.height in",
    ),
    "row-of-pixels-unsaid": (
        Kind(lambda: made(network((SIDE * SIDE, 3), layers.Reshape(RGB))), UNIT),
        "set input.width and input.height in",
    ),
    "flat-784-said-30": (
        Kind(lambda: made(network((784,), layers.Reshape((28, 28, 1)))), UNIT | {"width": 30, "height": 28}),
        "expected a product of 784",
    ),
    "flat-rgb-unsaid": (
        Kind(lambda: made(network((SIDE * SIDE * 3,), layers.Reshape(RGB))), UNIT | SQUARE),
        "nothing says whether the channels come first or last in [1, 432]; set input.layout in flat-rgb-unsaid.json.",
    ),
    "flat-rgb-size-unsaid": (
        Kind(lambda: made(network((SIDE * SIDE * 3,), layers.Reshape(RGB))), {"mean": [1, 2, 3], "std": [4, 5, 6]}),
        "set input.width and input.height in",
    ),
    "flat-open": (
        Kind(lambda: function([1, None], lambda x: tf.nn.softmax(tf.reshape(x, [-1, 3])[:1])), UNIT | SQUARE),
        "its input is FLOAT32 [1, -1]; expected one image",
    ),
    "output-open-until-run": (
        Kind(lambda: function(IMAGE, as_long_as_bright), UNIT, labels=["no", "yes"]),
        "its output FLOAT32 [1, -1] leaves open how many scores it has until it has run",
    ),
    "three-high-or-wide": (
        Kind(lambda: function([1, 3, 24, 3], lambda x: tf.nn.softmax(tf.reduce_mean(x, [1, 2]))), UNIT),
        "set input.layout in",
    ),
    "nhwc-said-nchw": (
        Kind(lambda: made(network(RGB)), UNIT | {"layout": "nchw"}),
        'input.layout is "nchw"; expected "nhwc"',
    ),
    "jpeg-string": (
        Kind(
            lambda: function(
                [],
                lambda s: tf.nn.softmax(tf.reduce_mean(tf.cast(tf.io.decode_jpeg(s, 3), tf.float32), [0, 1]))[None],
                tf.string,
                True,
            ),
            UNIT,
        ),
        "expected pixels, not an encoded file",
    ),
    "scalar-output": (
        Kind(lambda: function(IMAGE, tf.reduce_mean), UNIT, labels=["no", "yes"]),
        "expected a score for each label",
    ),
    "float16-input": (
        Kind(
            lambda: function(
                IMAGE, lambda x: tf.nn.softmax(tf.reduce_mean(tf.cast(x, tf.float32), [1, 2])), tf.float16
            ),
            UNIT,
        ),
        "expected float32, uint8 or int8",
    ),
    "int16x8-int16-io": (
        Kind(lambda: integers(network(RGB), (0, 1), tf.int16, tf.int16, True), UNIT),
        "expected float32, uint8 or int8",
    ),
    "two-outputs-unsaid": (Kind(lambda: made(two_outputs(4)), UNIT), '1 "output_0" FLOAT32 [1, 3]'),
    "two-outputs-no-such-name": (
        Kind(lambda: made(two_outputs(4)), UNIT, {"type": "probabilities", "name": "scores"}),
        'output.name is "scores"; the model\'s outputs are 0 "output_1" FLOAT32 [1, 4]',
    ),
    "two-outputs-no-such-index": (
        Kind(lambda: made(two_outputs(4)), UNIT, {"type": "probabilities", "index": 2}),
        "output.index is 2; the model's outputs are",
    ),
    "flex": (
        Kind(
            lambda: function(
                IMAGE, lambda x: tf.nn.softmax(tf.reduce_mean(tf.image.adjust_hue(x, 0.2), [1, 2])), flex=True
            ),
            UNIT,
        ),
        "it needs AdjustHue of TensorFlow itself",
    ),
    "labels-in-lfs": (Kind(lambda: made(network(RGB)), UNIT, labels="lfs.txt"), "found a Git LFS pointer"),
}

PHOTO_FAILURES = {"sometimes-nan": Kind(lambda: function(IMAGE, sometimes_nan), UNIT)}


def write(name: str, kind: Kind, names: list[str]) -> bytes:
    """Writes a model and its manifest, the model only if it is asked for; returns the model."""
    file = OUTPUT / f"{name}.tflite"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.with_suffix(".json").write_text(json.dumps(kind.manifest(), indent=2) + "\n", encoding="utf-8")
    if names and name not in names:
        return file.read_bytes()
    keras.utils.set_random_seed(7)
    model = kind.model()
    file.write_bytes(model)
    print(f"{name}: {len(model)} bytes")
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="which models to make anew (default: all)")
    names = parser.parse_args().names
    scores, refusals = ["model\tscores, in the order of the labels"], ["model\ta part of what is said of it"]
    for name, kind in KINDS.items():
        model = write(name, kind, names)
        scores.append("\t".join([name, *(f"{score:.6f}" for score in kind.scores(model))]))
    for name, (kind, sentence) in REFUSALS.items():
        write(name, kind, names)
        refusals.append(f"{name}\t{sentence}")
    for name, kind in PHOTO_FAILURES.items():
        write(name, kind, names)
    for name, content in FILES.items():
        (OUTPUT / name).write_text(content, encoding="utf-8")
    (OUTPUT / "scores.tsv").write_text("\n".join(scores) + "\n", encoding="utf-8")
    (OUTPUT / "refusals.tsv").write_text("\n".join(refusals) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
