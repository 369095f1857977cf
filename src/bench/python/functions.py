"""Functions, started as Lambda starts them, on S3, DynamoDB and a Runtime API on loopback."""

import os
import shlex
import statistics
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import jpype
import jpype.config
from psutil import Process

from loops import MEGABYTE
from places import C2, IMAGE, LOG, OPTIONS, SCRATCH, SOURCES, model, python

CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
HANDLERS = {"upload": "dev.bucketlens.lambda.UploadHandler", "api": "dev.bucketlens.lambda.ApiHandler"}
# Java on the image's jars; `managed` has the flags of the managed runtime, where they matter for speed.
WITHOUT_CACHE = {"plain": [], "managed": [*C2, "-XX:TieredStopAtLevel=1", "-Xshare:auto"]}


def backend(by_tls=False):
    """S3 and DynamoDB for functions: a Java object in this process, which JPype lets Python call."""
    if not jpype.isJVMStarted():
        # DynamoDB Local leaves threads behind, for which the JVM would wait.
        jpype.config.destroy_jvm = False
        *options, _, class_path = shlex.split(OPTIONS.read_text(), comments=True)
        jpype.startJVM(*options, classpath=class_path.split(":"))
    return jpype.JClass("dev.bucketlens.container.Backend")(by_tls)


@dataclass(frozen=True)
class Function:
    """A function that has done its init, which took so many milliseconds since the start of the process."""

    cloud: object
    process: object
    init: float

    @property
    def pid(self):
        return self.process.pid()

    def invoke(self, event, expected):
        answer = self.process.api().invoke(event)
        if expected not in str(answer.body()):
            raise OSError(f"the answer is wrong: {answer.body()}")
        return answer

    def store(self, *keys, batch=1):
        """The milliseconds that events of so many photos each take; what the table then has is taken away."""
        events = [self.cloud.uploadEvent(*keys[start : start + batch]) for start in range(0, len(keys), batch)]
        took = sum(self.invoke(event, "[]").took() for event in events)
        for key in keys:
            self.cloud.takeLabel(key)
        return took

    def ms(self, *keys, batch=1, count=1):
        return statistics.median(self.store(*keys, batch=batch) for _ in range(count))

    def first(self, function, key):
        """When its answer to an upload, or to a URL, is there: milliseconds since the start of the process."""
        if function == "api":
            return self.invoke(self.cloud.urlEvent(key), "cat").at()
        answer = self.invoke(self.cloud.uploadEvent(key), "[]")
        self.cloud.takeLabel(key)
        return answer.at()

    def cpu_ms(self):
        times = Process(self.pid).cpu_times()
        return (times.user + times.system) * 1e3


def command_line(way, function):
    """How a function is started, and where: by Python, by Java on the image's jars, or on a folder that src/container/build made."""
    if way in ("course", "tuned"):
        return [python(way), "-m", "awslambdaric", f"{way}.{function}"], SOURCES
    if way in WITHOUT_CACHE:
        options = [*WITHOUT_CACHE[way], "--enable-native-access=ALL-UNNAMED", "-cp", f"{IMAGE}/lib/*"]
        return ["java", *options, CLIENT, HANDLERS[function]], IMAGE
    folder = IMAGE if way == "image" else SCRATCH / "flags" / way
    return ["java", f"@{folder}/{function}.options"], folder


@contextmanager
def started(cloud, way, function="upload", net="efficientnet-lite0", inside=()):
    """A function on a backend; `inside` is what its command line begins with."""
    command, folder = command_line(way, function)
    arguments = jpype.java.util.List.of([*inside, *command])
    with cloud.function(arguments, folder, folder == SOURCES, str(model(net)), LOG) as process:
        yield Function(cloud, process, process.api().awaitInit())


@contextmanager
def lambda_size(megabytes):
    """What holds a command line to what Lambda gives for a memory size: so much memory, and a share of the processors.

    That is a whole one at 1,769 MB. By control groups of the kernel, version 1, which only root may make.
    """
    groups = (Path("/sys/fs/cgroup", kind, f"bucketlens-{os.getpid()}-{megabytes}") for kind in ("memory", "cpu"))
    memory, processor = groups
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
