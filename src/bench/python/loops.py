"""Warm processes that repeat some work."""

import re
import statistics
import subprocess
from pathlib import Path

from psutil import Process

from places import INVOKE, LOG, NATIVES, OPTIONS, SOURCES, photo, python

MEGABYTE = 1 << 20


def resident(pid):
    return Process(pid).memory_info().rss / MEGABYTE


class Loop:
    """A process that repeats some work: it is told what and how often, and answers with the times in microseconds."""

    def __init__(self, *command):
        self.command = [str(word) for word in command]

    def __enter__(self):
        pipe = subprocess.PIPE
        with LOG.open("a") as log:
            self.process = subprocess.Popen(self.command, stdin=pipe, stdout=pipe, stderr=log, text=True)
        return self

    def __exit__(self, *failure):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    @property
    def pid(self):
        return self.process.pid

    def times(self, what, count):
        self.process.stdin.write(f"{what} {count}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise OSError(f"{self.command} ended; see {LOG}")
        return [float(microseconds) / 1e3 for microseconds in line.split()]

    def ms(self, what, count):
        return statistics.median(self.times(what, count))

    def peak(self, what):
        """The most that is resident while it works on a photo once, above what was resident before."""
        self.times(what, 0)  # the file's own bytes are not what decoding costs
        idle = resident(self.pid)
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")
        self.times(what, 1)
        return int(re.search(r"VmHWM:\s*(\d+)", Path(f"/proc/{self.pid}/status").read_text())[1]) / 1024 - idle


class Djpeg(Loop):
    """Less the program's start, which is its time for a tiny photo."""

    def ms(self, what, count):
        return super().ms(what, count) - super().ms(photo("8x8.jpg"), count)


def java_loop(flags, *work):
    native = f"-Dbucketlens.native={NATIVES}"
    return Loop("java", *flags, native, f"@{OPTIONS}", "dev.bucketlens.bench.WarmLoop", *work)


def python_loop(environment, *work):
    return Loop(python(environment), SOURCES / "loop.py", *work)


def c_loop(file, threads, interpreters=1, cache="-"):
    return Loop(INVOKE, file, threads, interpreters, cache)
