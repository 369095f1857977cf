"""Does the same again and again.

    python loop.py course|tuned MODEL       from a photo's bytes to its scores, as the function does it
    python loop.py pillow|draft             to a model's pixels: decoded whole, as most do it, and reduced where Pillow can
    python loop.py litert MODEL THREADS     by ai-edge-litert: `run` is one inference, `make` makes an interpreter

reads lines `what count` and answers each with the median in microseconds. What is a file whose bytes are worked on, or
the name of a work.
"""

import importlib
import os
import statistics
import sys
import time
from io import BytesIO
from pathlib import Path

SIDE = 224


def classify(way, model):
    os.environ |= {"MODEL": model, "AWS_DEFAULT_REGION": "us-east-1"}
    os.environ |= {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
    return of_file(importlib.import_module(way).classify)


def decode(reduced):
    from PIL import Image

    def pixels(image):
        photo = Image.open(BytesIO(image))
        if reduced:
            photo.draft("RGB", (SIDE, SIDE))
        return photo.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR)

    return of_file(pixels)


def infer(model, threads):
    import numpy as np
    from ai_edge_litert.interpreter import Interpreter

    def make():
        interpreter = Interpreter(model_path=model, num_threads=int(threads))
        interpreter.allocate_tensors()
        return interpreter

    interpreter = make()
    source, target = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    values = np.zeros(source["shape"], source["dtype"])

    def run():
        interpreter.set_tensor(source["index"], values)
        interpreter.invoke()
        interpreter.get_tensor(target["index"])

    return {"run": (run,), "make": (make,)}.get


def of_file(work):
    return lambda what: (work, Path(what).read_bytes())


match sys.argv[1:]:
    case ["course" | "tuned" as way, model]:
        read = classify(way, model)
    case ["pillow" | "draft" as way]:
        read = decode(way == "draft")
    case ["litert", model, threads]:
        read = infer(model, threads)

for line in sys.stdin:
    what, count = line.rsplit(maxsplit=1)
    work, *arguments = read(what)
    times = []
    for _ in range(int(count)):
        start = time.perf_counter()
        work(*arguments)
        times.append(time.perf_counter() - start)
    print(f"{statistics.median(times) * 1e6:.1f}", flush=True)
