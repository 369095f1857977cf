"""Where things lie. The benchmark runs in the project's folder, and keeps its own in target."""

from pathlib import Path

SOURCES = Path("src/bench/python").absolute()
COMMITTED = Path("src/bench/results")
SCRATCH = Path("target/bench").absolute()
IMAGE = Path("target/image").absolute()
NATIVES = IMAGE / "native/linux-x86_64"
INVOKE = SCRATCH / "invoke"  # where there is a compiler
LOG = SCRATCH / "processes.log"
OPTIONS = Path("target/test.options")
FLAGS = [line for line in Path("src/container/jvm.flags").read_text().splitlines() if not line.startswith("#")]
C2 = ["-XX:+UseSerialGC"]  # both compilers, on the collector that the functions have
SAMPLES = sorted(file for file in Path("src/local/resources/photos").absolute().iterdir() if file.suffix != ".md")


def sample(name):
    return next(file for file in SAMPLES if file.name == name)


def photo(name):
    """One that photos.py made."""
    return SCRATCH / "photos" / name


def model(name):
    """A model by its name: the image's, or one of the source tree that is not packaged."""
    folders = [IMAGE / "model", Path("model"), Path("src/bench/models")]
    return next(file.absolute() for folder in folders if (file := folder / f"{name}.tflite").exists())


def python(environment):
    return str(Path("target/venvs", environment, "bin/python").absolute())
