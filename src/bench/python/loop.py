"""Does the same again and again.

    python loop.py course.classify|tuned.classify|pillow.decode|pillow.draft|litert.work

reads lines `what count` and answers each with the median in microseconds. What is a file whose bytes are worked on;
or, where the module has several kinds of work, the name of one.
"""

import importlib
import os
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
os.environ.setdefault("AWS_ACCESS_KEY_ID", "local")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "local")
module, name = sys.argv[1].split(".")
work = getattr(importlib.import_module(module), name)

for line in sys.stdin:
    what, count = line.rsplit(maxsplit=1)
    repeated, arguments = (work[what], ()) if isinstance(work, dict) else (work, (Path(what).read_bytes(),))
    times = []
    for _ in range(int(count)):
        start = time.perf_counter()
        repeated(*arguments)
        times.append(time.perf_counter() - start)
    print(f"{statistics.median(times) * 1e6:.1f}", flush=True)
