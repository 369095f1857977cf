"""The processes that are measured: warm ones that repeat their work, and functions as Lambda starts them."""

import json
import os
import re
import subprocess
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from psutil import Process

from places import FLAGS, IMAGE, INVOKE, LOG, NATIVES, OPTIONS, SOURCES, model, python

MEGABYTE = 1 << 20
C2 = ["-XX:+UseSerialGC"]  # both compilers, on the collector that the functions have
MANAGED = [*C2, "-XX:TieredStopAtLevel=1", "-Xshare:auto"]  # the managed runtime's flags, where they matter for speed
CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
HANDLERS = {"upload": "dev.bucketlens.lambda.UploadHandler", "api": "dev.bucketlens.lambda.ApiHandler"}


def resident(pid):
    return Process(pid).memory_info().rss / MEGABYTE


def processor_ms(pid):
    times = Process(pid).cpu_times()
    return (times.user + times.system) * 1e3


class Lines:
    """A process that answers each line with one."""

    def __init__(self, *command):
        pipe = subprocess.PIPE
        with LOG.open("a") as log:
            self.process = subprocess.Popen([*map(str, command)], stdin=pipe, stdout=pipe, stderr=log, text=True)

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise OSError(f"{self.process.args} ended; see {LOG}")
        return line

    def ask(self, line):
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return self.read()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


class Loop(Lines):
    """Repeats some work when it is told what and how often; its answer starts with the median in microseconds."""

    def ms(self, what, count):
        return float(self.ask(f"{what} {count}").split()[0]) / 1e3

    def peak(self, what):
        """The most that is resident while it works on a photo once, above what was resident before."""
        pid = self.process.pid
        self.ask(f"{what} 0")  # the file's own bytes are not what decoding costs
        idle = resident(pid)
        Path(f"/proc/{pid}/clear_refs").write_text("5")
        self.ask(f"{what} 1")
        return int(re.search(r"VmHWM:\s*(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024 - idle


@contextmanager
def loops(commands):
    """Warm processes by name."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(Loop(*command)) for name, command in commands.items()}


def java_loop(flags, *work):
    return ["java", *flags, f"-Dbucketlens.native={NATIVES}", OPTIONS, "dev.bucketlens.bench.WarmLoop", *work]


def python_loop(venv, *work):
    return [python(venv), SOURCES / "loop.py", *work]


def c_loop(file, threads, interpreters, cache="-"):
    """Tells first how long it took to make its interpreters, and its resident megabytes."""
    return [INVOKE, file, threads, interpreters, cache]


@dataclass(frozen=True)
class Variant:
    """One way to run the functions: a command line, to which one of them as `handler` names it is added."""

    command: list
    handler: Callable
    folder: Path = IMAGE
    python: bool = False

    @staticmethod
    def image(folder):
        """Java on an image's folder, with the options and the cache in it."""
        return Variant(["java"], lambda function: f"@{folder}/{function}.options", folder)

    @staticmethod
    def named(name):
        if name == "image":
            return Variant.image(IMAGE)
        if name in ("plain", "managed"):
            flags = MANAGED if name == "managed" else []
            return Variant(["java", *flags, "--enable-native-access=ALL-UNNAMED", "-cp", f"{IMAGE}/lib/*", CLIENT], HANDLERS.get)
        return Variant([python(name), "-m", "awslambdaric"], lambda function: f"{name}.{function}", SOURCES, True)


def variants(*names):
    return {name: Variant.named(name) for name in names}


class Lambda(Lines):
    """Functions on a backend of their own, with S3, DynamoDB and Lambda's Runtime API, reached by http or https."""

    def __init__(self, scheme="http"):
        super().__init__("java", OPTIONS, "dev.bucketlens.bench.Lambda", scheme)
        self.started = 0

    def order(self, order, **fields):
        answer = json.loads(self.ask(json.dumps({"order": order, **fields}, default=str)))
        if "error" in answer:
            raise OSError(answer["error"])
        return answer

    def put(self, key, file):
        self.order("put", key=key, file=Path(file).absolute())

    @contextmanager
    def function(self, variant, function="upload", net="efficientnet-lite0", inside=()):
        """A started one; `inside` is what its command line begins with."""
        self.started += 1
        name = f"{function} {self.started}"
        command = [*inside, *variant.command, variant.handler(function)]
        fields = {"command": command, "folder": variant.folder, "python": variant.python, "model": model(net), "log": LOG}
        try:
            yield Function(self, name, **self.order("start", function=name, **fields))
        finally:
            self.order("stop", function=name)


@dataclass(frozen=True)
class Function:
    """A function that has done its init, which took so many milliseconds since the start of the process."""

    cloud: Lambda
    name: str
    pid: int
    init: float

    def store(self, *keys, batch=1, count=1):
        """Stores photos by events of so many each, so often: the median milliseconds, and those since the start."""
        return self.cloud.order("store", function=self.name, keys=keys, batch=batch, count=count)

    def ms(self, *keys, **how):
        return self.store(*keys, **how)["median"]

    def first(self, function, key):
        """Its answer to an upload, or to a URL, in milliseconds since the start."""
        answer = self.store(key) if function == "upload" else self.cloud.order("score", function=self.name, key=key)
        return answer["sinceStart"]


@contextmanager
def lambda_size(megabytes):
    """What holds a command line to what Lambda gives for a memory size: so much memory, and a share of the processors.

    That is a whole one at 1,769 MB. By control groups of the kernel, version 1, which only root may make.
    """
    memory, processor = (Path(f"/sys/fs/cgroup/{kind}/bucketlens-{os.getpid()}-{megabytes}") for kind in ("memory", "cpu"))
    memory.mkdir()
    processor.mkdir()
    try:
        period = 20_000  # microseconds: how often the share is counted anew
        (memory / "memory.limit_in_bytes").write_text(str(megabytes * MEGABYTE))
        (processor / "cpu.cfs_period_us").write_text(str(period))
        (processor / "cpu.cfs_quota_us").write_text(str(period * megabytes // 1769))
        yield ["sh", "-c", f'echo $$ > {memory}/cgroup.procs; echo $$ > {processor}/cgroup.procs; exec "$@"', "sh"]
    finally:
        memory.rmdir()
        processor.rmdir()
