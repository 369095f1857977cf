"""Makes the small models that only the benchmark needs: each a kind of model whose speed depends on how the library was built.

    python make.py [<folder>]

- dynamic-range: Keras's default quantisation (Optimize.DEFAULT) of a MobileNetV2, 224x224: weights int8, values float
- dense-3x3: a float32 net of dense 3x3 convolutions
- int16x8: 16-bit values and 8-bit weights, which XNNPACK does not take

Random weights from a seed: what a model says does not matter here. Needs TensorFlow 2.18.1 with Keras 3.15.1; the results are committed beside this file.
"""

import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf

SEED = 7
CLASSES = 10


def dense_net(side, width, depth):
    image = keras.Input((side, side, 3), batch_size=1)
    x = keras.layers.Conv2D(width, 1)(image)
    for _ in range(depth):
        x = keras.layers.Conv2D(width, 3, padding="same", activation="relu")(x)
    pooled = keras.layers.GlobalAveragePooling2D()(x)
    return keras.Model(image, keras.layers.Dense(CLASSES, activation="softmax")(pooled))


def mobile_net():
    image = keras.Input((224, 224, 3), batch_size=1)
    net = keras.applications.MobileNetV2(alpha=0.5, weights=None, classes=CLASSES, input_tensor=image)
    return keras.Model(image, net.output)


def dynamic_range(converter):
    converter.optimizations = [tf.lite.Optimize.DEFAULT]


def int16x8(converter):
    photos = np.random.default_rng(SEED).random((8, 1, 64, 64, 3), dtype=np.float32)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([photo] for photo in photos)
    converter.target_spec.supported_ops = [
        tf.lite.OpsSet.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8
    ]


MODELS = {
    "dynamic-range": (mobile_net, dynamic_range),
    "dense-3x3": (lambda: dense_net(side=64, width=32, depth=3), lambda converter: None),
    "int16x8": (lambda: dense_net(side=64, width=16, depth=2), int16x8),
}

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
for name, (net, quantise) in MODELS.items():
    keras.utils.set_random_seed(SEED)
    converter = tf.lite.TFLiteConverter.from_keras_model(net())
    quantise(converter)
    model = converter.convert()
    (folder / f"{name}.tflite").write_bytes(model)
    print(f"{name}: {len(model)} bytes")
