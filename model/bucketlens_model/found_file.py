"""Names what lies in the place of a model, a manifest or a list of labels, by how it starts, as the program does."""

from __future__ import annotations

KERAS = "`convert` of model/README.md makes a .tflite of it"
PYTORCH = "a PyTorch model; export it as a .tflite with litert-torch (once ai-edge-torch)"
KERAS_MODEL = f"a Keras model; {KERAS}"
UTF_16 = "a text in UTF-16; save it as UTF-8"

ARCHIVE = b"PK\x03\x04"
ARCHIVE_NAME = 30
"""Where the first entry of an archive has its name."""

KINDS = {
    b"version https://git-lfs.github.com/spec/": "a Git LFS pointer, which stands for the file; fetch the file itself"
    " with `git lfs pull`",
    b"\x1f\x8b": "a file compressed by gzip; unpack it with `gunzip`, or `tar -xzf` if it is a .tar.gz",
    ARCHIVE + b"metadata.json": KERAS_MODEL,
    ARCHIVE + b"config.json": KERAS_MODEL,
    ARCHIVE: "a zip archive; unpack it, and take the file that is in it",
    b"\x89HDF\r\n": f"a Keras model in HDF5; {KERAS}",
    b"\x80\x02": PYTORCH,
    b"\x08\x01\x12": f"the graph of a SavedModel; of its folder, {KERAS}",
    b"\xff\xfe": UTF_16,
    b"\xfe\xff": UTF_16,
}
ONNX_FIELDS = b"\x12\x1a\x22\x2a\x32\x3a\x42"


def found(content: bytes) -> str | None:
    """What a file is and what to do about it; None if nothing is known that starts so."""
    start = content[:256]
    known = start
    if start.startswith(ARCHIVE):
        name = start[ARCHIVE_NAME:]
        if b"/data.pkl" in name or b"/.format_version" in name:
            return PYTORCH
        known = ARCHIVE + name
    for beginning, kind in KINDS.items():
        if known.startswith(beginning):
            return kind
    if len(start) > 2 and start[0] == 8 and 3 <= start[1] <= 31 and start[2] in ONNX_FIELDS:
        return "an ONNX model; convert it to TensorFlow Lite, such as by onnx2tf"
    markup = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if markup.startswith((b"<!doctype html", b"<html")):
        return 'a web page; download the file itself, which GitHub has behind "Raw" and others behind "Download"'
    if markup.startswith(b"<?xml"):
        return "an XML document, as servers send in place of a file that they refuse; download it again"
    return None
