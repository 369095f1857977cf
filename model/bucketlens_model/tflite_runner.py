"""Runs a `.tflite` classifier in Python, for comparison: normalised pixels in, scores out.

By LiteRT of the release that the program has, so that what differs is not the kernels.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from bucketlens_model.errors import UserError
from bucketlens_model.preprocessing import InputSpec


class TfliteModel:
    """One interpreter. Integer inputs are quantised and integer outputs dequantised by the tensors' own parameters."""

    def __init__(self, file: Path, threads: int = 1, spec: InputSpec | None = None, output: int | str = 0) -> None:
        """Opens a model. `spec` says what its tensor does not: an open size, raw levels, an unclear layout; `output`
        is the index or the name of the output that is read."""
        if not file.is_file():
            raise UserError(f"{file}: there is no such model")
        try:
            self._interpreter = Interpreter(str(file), num_threads=threads)
        except (ValueError, RuntimeError) as e:
            raise UserError(f"{file}: LiteRT cannot use it: {e}") from e
        self._raw = spec is not None and spec.raw
        needed = self._interpreter.get_input_details()[0]
        signature = [int(length) for length in needed["shape_signature"]]
        self._planar = is_planar(signature, spec.layout if spec else None)
        if -1 in signature:
            sides = iter([spec.height, spec.width] if spec and len(signature) > 3 else [])
            shape = [1 if axis == 0 else next(sides, 1) if n == -1 else n for axis, n in enumerate(signature)]
            self._interpreter.resize_tensor_input(needed["index"], shape)
        self._interpreter.allocate_tensors()
        self.input = self._interpreter.get_input_details()[0]
        self.output = self._chosen(file, output)

    @property
    def channels(self) -> int:
        """How many channels of an image the input takes; 3 where it does not say."""
        shape = [int(length) for length in self.input["shape"]]
        if len(shape) == 4:
            return shape[1 if self._planar else 3]
        return 3 if len(shape) == 3 and 3 in (shape[0], shape[2]) else 1

    @property
    def sides(self) -> tuple[int, int]:
        """Height and width of the images that the input takes."""
        shape = [int(length) for length in self.input["shape"]]
        if len(shape) == 4:
            return (shape[2], shape[3]) if self._planar else (shape[1], shape[2])
        if len(shape) == 3 and shape[2] == 3 and not self._planar:
            return shape[0], shape[1]
        return shape[-2], shape[-1]

    def _chosen(self, file: Path, output: int | str) -> dict:
        outputs = self._interpreter.get_output_details()
        if isinstance(output, int):
            if output >= len(outputs):
                raise UserError(f"{file}: output.index is {output}; the model has {len(outputs)} outputs")
            return outputs[output]
        signatures = self._interpreter.get_signature_list()
        names = {}
        for key in signatures:
            names |= self._interpreter._get_full_signature_list()[key]["outputs"]
        if output not in names:
            raise UserError(f"{file}: output.name is {output!r}; the model's outputs are {', '.join(names)}")
        return next(details for details in outputs if details["index"] == names[output])

    def scores(self, tensor: np.ndarray) -> np.ndarray:
        """The output for one normalised image (height, width, channels), as float32."""
        return self.invoke(self.quantised(tensor))

    def quantised(self, tensor: np.ndarray) -> np.ndarray:
        """The tensor as the model's input type: nearest step, halves away from zero, cut to the type's range."""
        dtype = self.input["dtype"]
        if dtype == np.float32:
            return tensor
        if self._raw:
            return (tensor.astype(np.int16) + np.iinfo(dtype).min).astype(dtype)
        scale, zero_point = self.input["quantization"]
        steps = tensor.astype(np.float64) / scale
        steps = np.trunc(steps + np.copysign(0.5, steps)) + zero_point
        limits = np.iinfo(dtype)
        return np.clip(steps, limits.min, limits.max).astype(dtype)

    def invoke(self, tensor: np.ndarray) -> np.ndarray:
        """The output for one image that is already of the input's type."""
        ordered = tensor.transpose(2, 0, 1) if self._planar else tensor
        self._interpreter.set_tensor(self.input["index"], ordered.reshape(self.input["shape"]))
        self._interpreter.invoke()
        result = self._interpreter.get_tensor(self.output["index"]).reshape(-1)
        if self.output["dtype"] == np.float32:
            return result
        scale, zero_point = self.output["quantization"]
        return (result.astype(np.float32) - zero_point) * np.float32(scale)


def is_planar(shape: list[int], layout: str | None) -> bool:
    """Whether a tensor of that shape has the channels first: where the shape has both meanings, the layout says it."""
    if layout is not None:
        return layout == "nchw"
    if len(shape) == 4:
        return shape[1] in (1, 3) and shape[3] not in (1, 3)
    return len(shape) == 3 and shape[0] == 3 and shape[2] not in (1, 3)
