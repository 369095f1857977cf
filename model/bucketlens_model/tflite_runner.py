"""Runs a `.tflite` classifier in Python, for comparison: normalised pixels in, scores out.

By LiteRT of the release that the program has, so that what differs is not the kernels.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter


class TfliteModel:
    """One interpreter. Integer inputs are quantised and integer outputs dequantised by the tensors' own parameters."""

    def __init__(self, file: Path, threads: int = 1) -> None:
        self._interpreter = Interpreter(str(file), num_threads=threads)
        self._interpreter.allocate_tensors()
        self.input = self._interpreter.get_input_details()[0]
        self.output = self._interpreter.get_output_details()[0]

    def scores(self, tensor: np.ndarray) -> np.ndarray:
        """The output for one normalised image (height, width, 3), as float32."""
        return self.invoke(self.quantised(tensor))

    def quantised(self, tensor: np.ndarray) -> np.ndarray:
        """The tensor as the model's input type: nearest step, halves away from zero, cut to the type's range."""
        dtype = self.input["dtype"]
        if dtype == np.float32:
            return tensor
        scale, zero_point = self.input["quantization"]
        steps = tensor.astype(np.float64) / scale
        steps = np.trunc(steps + np.copysign(0.5, steps)) + zero_point
        limits = np.iinfo(dtype)
        return np.clip(steps, limits.min, limits.max).astype(dtype)

    def invoke(self, tensor: np.ndarray) -> np.ndarray:
        """The output for one image that is already of the input's type."""
        self._interpreter.set_tensor(self.input["index"], tensor[np.newaxis])
        self._interpreter.invoke()
        result = self._interpreter.get_tensor(self.output["index"])[0]
        if self.output["dtype"] == np.float32:
            return result
        scale, zero_point = self.output["quantization"]
        return (result.astype(np.float32) - zero_point) * np.float32(scale)
