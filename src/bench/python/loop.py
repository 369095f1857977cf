"""Does the same again and again.

    python loop.py course|tuned MODEL       from a photo's bytes to its scores, as the function does it
    python loop.py pillow|draft             to a model's pixels: decoded whole, as most do it, and reduced
    python loop.py djpeg                    libjpeg-turbo's own program, at an eighth of the size
    python loop.py litert MODEL THREADS     by ai-edge-litert: `run` is one inference, `make` makes an interpreter

reads lines `what count` and answers each with as many times in microseconds. What is a file whose bytes are worked on,
or the name of a work.
"""

import importlib
import os
import subprocess
import sys
import time
from functools import partial
from io import BytesIO
from pathlib import Path

SIDE = 224


def pixels(image, reduced):
    from PIL import Image

    photo = Image.open(BytesIO(image))
    if reduced:
        photo.draft("RGB", (SIDE, SIDE))
    return photo.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR)


def djpeg(image):
    subprocess.run(["djpeg", "-scale", "1/8", "-outfile", "/dev/null"], input=image, check=True)


def inference(model, threads):
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

    return {"run": run, "make": make}


def reader():
    """What turns the words before a count into what is repeated."""
    match sys.argv[1:]:
        case ["course" | "tuned" as way, model]:
            os.environ |= {"MODEL": model, "AWS_DEFAULT_REGION": "us-east-1"}
            os.environ |= {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
            work = importlib.import_module(way).classify
        case ["pillow" | "draft" as way]:
            work = partial(pixels, reduced=way == "draft")
        case ["djpeg"]:
            work = djpeg
        case ["litert", model, threads]:
            return inference(model, threads).get
    return lambda file: partial(work, Path(file).read_bytes())


read = reader()
for line in sys.stdin:
    what, count = line.rsplit(maxsplit=1)
    work = read(what)
    times = []
    for _ in range(int(count)):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1e6)
    print(*times, flush=True)
