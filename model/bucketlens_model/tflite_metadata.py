"""Writes TFLite Metadata: what a `.tflite` file says about its own input and output.

The TFLite Metadata schema (metadata_schema.fbs of TensorFlow's tflite-support) is a flatbuffer that lies in the model
as a buffer named TFLITE_METADATA; the files it names, such as the labels, are packed behind the model as a zip archive.
The Task Library, MediaPipe and this project's Java program read it. Only the tables that an image classifier needs are
written here; the numbers are the field positions in the schema.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import flatbuffers
from tensorflow.lite.python import schema_py_generated as schema

METADATA_BUFFER = "TFLITE_METADATA"
METADATA_IDENTIFIER = b"M001"
MODEL_IDENTIFIER = b"TFL3"
MIN_PARSER_VERSION = "1.0.0"
LABELS_FILE = "labels.txt"
CALIBRATION_FILE = "calibration.csv"

IMAGE_PROPERTIES = 2
FEATURE_PROPERTIES = 1
COLOUR_SPACE_RGB = 1
NORMALIZATION_OPTIONS = 1
SCORE_CALIBRATION_OPTIONS = 2
SCORE_THRESHOLDING_OPTIONS = 3
TENSOR_AXIS_LABELS = 2
TENSOR_AXIS_SCORE_CALIBRATION = 4


@dataclass(frozen=True)
class ClassifierMetadata:
    """What is told about an image classifier with one input and one output."""

    name: str
    description: str
    version: str
    license: str
    labels: Sequence[str]
    mean: Sequence[float]
    std: Sequence[float]
    threshold: float | None = None
    calibration: Sequence[str] | None = None
    """Lines of `scale,slope,offset[,min_score]`, one for each label; an empty one gives `calibration_default`."""
    calibration_default: float = 0.0
    labels_file: str = LABELS_FILE
    translations: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Further lists of labels, by locale."""
    says_image: bool = True
    """Whether the input is described as an image, or left undescribed but for its normalisation."""

    def label_files(self) -> Iterator[tuple[str, str, Sequence[str]]]:
        """File name, locale (empty for the labels themselves) and labels."""
        if self.labels:
            yield self.labels_file, "", self.labels
        for locale, labels in self.translations.items():
            yield f"{locale}-{self.labels_file}", locale, labels


def with_metadata(model: bytes, metadata: ClassifierMetadata) -> bytes:
    """The model with the metadata in it and the labels packed behind it."""
    tree = schema.ModelT.InitFromObj(schema.Model.GetRootAs(model))
    buffer = schema.BufferT()
    buffer.data = list(_metadata_buffer(metadata))
    tree.buffers.append(buffer)
    entry = schema.MetadataT()
    entry.name = METADATA_BUFFER
    entry.buffer = len(tree.buffers) - 1
    tree.metadata = [old for old in tree.metadata or [] if old.name != METADATA_BUFFER.encode()] + [entry]
    files = {name: "\n".join(labels) + "\n" for name, _, labels in metadata.label_files()}
    if metadata.calibration is not None:
        # No newline at the end: the Task Library takes what follows one for the line of another label.
        files[CALIBRATION_FILE] = "\n".join(metadata.calibration)
    return _with_files(packed(tree), files)


def packed(tree: schema.ModelT) -> bytes:
    """The bytes of a model that was taken apart into objects."""
    builder = flatbuffers.Builder(1024)
    builder.Finish(tree.Pack(builder), file_identifier=MODEL_IDENTIFIER)
    return bytes(builder.Output())


def _with_files(model: bytes, files: dict[str, str]) -> bytes:
    """Texts in a zip archive behind the model; stored, not compressed, so that a reader may map them, and with
    a fixed date, so that the same model gives the same file."""
    file = io.BytesIO(model)
    file.seek(0, io.SEEK_END)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_STORED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text)
    return file.getvalue()


def _metadata_buffer(metadata: ClassifierMetadata) -> bytes:
    builder = flatbuffers.Builder(1024)
    subgraph = _table(
        builder,
        {
            2: _vector(builder, [_image_input(builder, metadata)]),
            3: _vector(builder, [_scores_output(builder, metadata)]),
        },
    )
    root = _table(
        builder,
        {
            0: builder.CreateString(metadata.name),
            1: builder.CreateString(metadata.description),
            2: builder.CreateString(metadata.version),
            3: _vector(builder, [subgraph]),
            5: builder.CreateString(metadata.license),
            7: builder.CreateString(MIN_PARSER_VERSION),
        },
    )
    builder.Finish(root, file_identifier=METADATA_IDENTIFIER)
    return bytes(builder.Output())


def _image_input(builder: flatbuffers.Builder, metadata: ClassifierMetadata) -> int:
    """TensorMetadata of the input: an RGB image, normalised by mean and standard deviation."""
    content = {}
    if metadata.says_image:
        properties = _table(builder, {}, {0: COLOUR_SPACE_RGB})
        content[3] = _table(builder, {1: properties}, {0: IMAGE_PROPERTIES})
    options = _table(builder, {0: _floats(builder, metadata.mean), 1: _floats(builder, metadata.std)})
    normalisation = _table(builder, {1: options}, {0: NORMALIZATION_OPTIONS})
    darkest = [(0 - mean) / std for mean, std in zip(metadata.mean, metadata.std, strict=True)]
    brightest = [(255 - mean) / std for mean, std in zip(metadata.mean, metadata.std, strict=True)]
    stats = _table(builder, {0: _floats(builder, brightest), 1: _floats(builder, darkest)})
    return _table(
        builder,
        {
            0: builder.CreateString("image"),
            1: builder.CreateString("The photo to classify, RGB."),
            **content,
            4: _vector(builder, [normalisation]),
            5: stats,
        },
    )


def _scores_output(builder: flatbuffers.Builder, metadata: ClassifierMetadata) -> int:
    """TensorMetadata of the output: one probability for each line of the labels file."""
    content = _table(builder, {1: _table(builder, {})}, {0: FEATURE_PROPERTIES})
    files = [
        _file(builder, name, "One label a line, in the order of the scores.", TENSOR_AXIS_LABELS, locale)
        for name, locale, _ in metadata.label_files()
    ]
    units = []
    if metadata.threshold is not None:
        options = _table(builder, {}, floats={0: metadata.threshold})
        units.append(_table(builder, {1: options}, {0: SCORE_THRESHOLDING_OPTIONS}))
    if metadata.calibration is not None:
        options = _table(builder, {}, floats={1: metadata.calibration_default})
        units.append(_table(builder, {1: options}, {0: SCORE_CALIBRATION_OPTIONS}))
        files.append(_file(builder, CALIBRATION_FILE, "scale,slope,offset[,min_score]", TENSOR_AXIS_SCORE_CALIBRATION))
    stats = _table(builder, {0: _floats(builder, [1.0]), 1: _floats(builder, [0.0])})
    fields = {
        0: builder.CreateString("probability"),
        1: builder.CreateString("The probability of each label."),
        3: content,
        5: stats,
        6: _vector(builder, files),
    }
    if units:
        fields[4] = _vector(builder, units)
    return _table(builder, fields)


def _file(builder: flatbuffers.Builder, name: str, description: str, kind: int, locale: str = "") -> int:
    """AssociatedFile: one file of the zip archive behind the model."""
    texts = {0: builder.CreateString(name), 1: builder.CreateString(description)}
    if locale:
        texts[3] = builder.CreateString(locale)
    return _table(builder, texts, {2: kind})


def _table(
    builder: flatbuffers.Builder,
    offsets: dict[int, int],
    bytes_: dict[int, int] | None = None,
    floats: dict[int, float] | None = None,
) -> int:
    """A table with the given fields: position in the schema to the offset of a string, vector or table, to a byte, or
    to a float."""
    fields: list[tuple[int, Callable[[], None]]] = [
        (at, lambda at=at, to=to: builder.PrependUOffsetTRelativeSlot(at, to, 0)) for at, to in offsets.items()
    ]
    fields += [(at, lambda at=at, to=to: builder.PrependFloat32Slot(at, to, 0.0)) for at, to in (floats or {}).items()]
    fields += [(at, lambda at=at, to=to: builder.PrependInt8Slot(at, to, 0)) for at, to in (bytes_ or {}).items()]
    builder.StartObject(max((at for at, _ in fields), default=-1) + 1)
    for _, add in fields:
        add()
    return builder.EndObject()


def _vector(builder: flatbuffers.Builder, offsets: Sequence[int]) -> int:
    builder.StartVector(4, len(offsets), 4)
    for offset in reversed(offsets):
        builder.PrependUOffsetTRelative(offset)
    return builder.EndVector()


def _floats(builder: flatbuffers.Builder, numbers: Sequence[float]) -> int:
    builder.StartVector(4, len(numbers), 4)
    for number in reversed(numbers):
        builder.PrependFloat32(number)
    return builder.EndVector()
