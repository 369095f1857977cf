"""Does the same with one file again and again.

    python loop.py course.classify|tuned.classify|pillow.decode

reads lines `file count` and answers each with the median in microseconds.
"""

import importlib
import os
import statistics
import sys
import time

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
os.environ.setdefault("AWS_ACCESS_KEY_ID", "local")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "local")
module, function = sys.argv[1].split(".")
work = getattr(importlib.import_module(module), function)

for line in sys.stdin:
    file, count = line.rsplit(maxsplit=1)
    with open(file, "rb") as source:
        image = source.read()
    times = []
    for _ in range(int(count)):
        start = time.perf_counter()
        work(image)
        times.append(time.perf_counter() - start)
    print(f"{statistics.median(times) * 1e6:.1f}", flush=True)
