"""Runs a `.tflite` classifier in Python, for comparison: normalised pixels in, scores out.

By LiteRT of the release that the program has, so that what differs is not the kernels.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from bucketlens_model.errors import UserError
from bucketlens_model.found_file import found
from bucketlens_model.preprocessing import InputSpec

SHAPING = frozenset(("DEQUANTIZE", "RESHAPE", "TRANSPOSE", "SQUEEZE", "CAST", "EXPAND_DIMS", "QUANTIZE"))
PICKING = frozenset(("GATHER", "STRIDED_SLICE", "SPLIT", "SLICE", "UNPACK", "SPLIT_V", "CONCATENATION", "PACK"))
BOUNDING = frozenset(("RELU", "RELU6", "MAXIMUM", "MINIMUM", "RELU_0_TO_1"))
AVERAGING = frozenset(("AVERAGE_POOL_2D", "MAX_POOL_2D", "MEAN", "REDUCE_MAX"))
PASSING = SHAPING | PICKING | BOUNDING | AVERAGING
"""Operators that make no other number of a probability, as the program has them."""

OPEN = -1
"""The length of a dimension that is chosen when the model is opened."""


@dataclass(frozen=True)
class Axes:
    """Which dimension of the input is what of an image; None for one that it does not have."""

    height: int | None
    width: int | None
    channels: int | None
    planar: bool

    @staticmethod
    def of(shape: list[int], layout: str | None) -> Axes:
        """As the program reads a shape. Where it has two meanings, the layout says which."""
        planar = is_planar(shape, layout)
        if is_row(shape):
            return Axes(None, None, None, planar)
        if len(shape) == 4:
            return Axes(2, 3, 1, planar) if planar else Axes(1, 2, 3, planar)
        if len(shape) == 3:
            if planar and shape[0] in (1, 3):
                return Axes(1, 2, 0, planar)
            return Axes(0, 1, 2, planar) if shape[2] in (1, 3) else Axes(1, 2, None, planar)
        flat = len(shape) == 1 or (shape[0] in (1, OPEN) and shape[1] != OPEN)
        return Axes(None, None, None, planar) if flat else Axes(0, 1, None, planar)


class TfliteModel:
    """One interpreter. Integer inputs are quantised and integer outputs dequantised by the tensors' own parameters."""

    def __init__(self, file: Path, threads: int = 1, spec: InputSpec | None = None, output: int | str = 0) -> None:
        """Opens a model. `spec` says what its tensor does not: an open size, raw levels, an unclear layout; `output`
        is the index or the name of the output that is read."""
        if not file.is_file():
            raise UserError(f"{file}: there is no such model")
        other = found(file.read_bytes())
        if other:
            raise UserError(f"{file}: expected a TensorFlow Lite model, found {other}")
        try:
            self._interpreter = Interpreter(str(file), num_threads=threads)
        except (ValueError, RuntimeError) as e:
            raise UserError(f"{file}: LiteRT cannot use it: {e}") from e
        self._file = file
        self._raw = spec is not None and spec.raw
        needed = self._interpreter.get_input_details()[0]
        signature = [int(length) for length in needed["shape_signature"]]
        self._spec = spec
        self._axes = Axes.of(signature, spec.layout if spec else None)
        if OPEN in signature:
            said = {self._axes.height: spec.height, self._axes.width: spec.width} if spec else {}
            shape = [said.get(axis) or 1 if n == OPEN else n for axis, n in enumerate(signature)]
            self._interpreter.resize_tensor_input(needed["index"], shape)
        try:
            self._interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as e:
            raise UserError(f"{file}: LiteRT cannot use it with this size: {e}") from e
        self.input = self._interpreter.get_input_details()[0]
        self.output = self._chosen(file, output)

    @property
    def channels(self) -> int:
        """How many channels of an image the input takes."""
        shape = [int(length) for length in self.input["shape"]]
        if self._axes.channels is not None:
            return shape[self._axes.channels]
        height, width = self.sides
        return int(np.prod(shape)) // (height * width)

    @property
    def sides(self) -> tuple[int, int]:
        """Height and width of the images that the input takes; those of a flat list are said by the manifest."""
        if self._axes.height is not None:
            return int(self.input["shape"][self._axes.height]), int(self.input["shape"][self._axes.width])
        if not (self._spec and self._spec.height and self._spec.width):
            raise UserError("the model's input is one list of levels; set input.width and input.height in its manifest")
        return self._spec.height, self._spec.width

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

    def require_applied_once(self, meaning: str) -> None:
        """Fails if a softmax or the logistic function would be applied to what the graph has applied it to."""
        last = self._last_operator()
        if meaning != "probabilities" and last in ("SOFTMAX", "LOGISTIC"):
            raise UserError(
                f"{self._file}: the output's type is {meaning}, which applies a function to each output, but the last"
                f" operator of the model is {last} already; set it to probabilities"
            )

    def _last_operator(self) -> str:
        """What computes the scores, apart from what only shapes, picks, joins, bounds or averages them."""
        operators = [one for one in self._interpreter._get_ops_details() if one["op_name"] != "DELEGATE"]
        makers = {tensor: operator for operator in operators for tensor in operator["outputs"]}
        wanted = self.output["index"]
        while wanted in makers and makers[wanted]["op_name"] in PASSING:
            computed = [tensor for tensor in makers.pop(wanted)["inputs"] if tensor in makers]
            wanted = computed[0] if computed else None
        return makers[wanted]["op_name"] if wanted in makers else ""

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
        ordered = tensor.transpose(2, 0, 1) if self._axes.planar else tensor
        self._interpreter.set_tensor(self.input["index"], ordered.reshape(self.input["shape"]))
        self._interpreter.invoke()
        result = self._interpreter.get_tensor(self.output["index"]).reshape(-1)
        if self.output["dtype"] == np.float32:
            return result
        scale, zero_point = self.output["quantization"]
        return (result.astype(np.float32) - zero_point) * np.float32(scale)


def long_sides(shape: list[int]) -> list[int]:
    """The lengths of a shape that are not 1, without an open batch."""
    sides = [length for length in shape if length != 1]
    return sides[1:] if shape[0] == OPEN and (len(shape) == 4 or len(sides) == 2) else sides


def is_row(shape: list[int]) -> bool:
    """Whether an image of that shape would be one pixel high or wide: it is a flat list of levels then."""
    sides = long_sides(shape)
    return (
        len(shape) > 2
        and OPEN not in sides
        and any(length > 3 for length in sides)
        and (len(sides) == 1 or (len(sides) == 2 and 3 in sides))
    )


def is_planar(shape: list[int], layout: str | None) -> bool:
    """Whether a tensor of that shape has the channels first: where the shape has both meanings, the layout says it."""
    if layout is not None:
        return layout == "nchw"
    if is_row(shape):
        return long_sides(shape)[0] == 3
    if len(shape) == 4:
        return shape[1] in (1, 3) and shape[3] not in (1, 3)
    return len(shape) == 3 and shape[0] == 3 and shape[2] not in (1, 3)
