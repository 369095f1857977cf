"""Measures the sections of docs/performance.md and makes their tables.

    python bench.py quick [SECTION,...]    under three minutes: those that matter most; changes nothing
    python bench.py check [SECTION,...]    quick, and fails if a guarded ratio is over 20 % worse than the committed one
    python bench.py full [SECTION,...]     under 35 minutes: all, into src/bench/results, docs and README

Sections named are measured alone. Full writes each onto the pages as soon as it is measured, with the goals. One that
breaks is said, the rest goes on, and the program ends non-zero; it never does because one is slow, but for `check`.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

import report
import sections
from places import IMAGE, INVOKE, LOG, NATIVES, SCRATCH, SOURCES, photo, python, sample
from results import Results


def chosen(mode, only):
    names = only.split(",") if only else list(sections.ALL) if mode == "full" else sections.QUICK
    unknown = [name for name in names if name not in sections.ALL]
    if unknown or mode not in ("quick", "check", "full"):
        known = f"the modes are quick, check and full; the sections are {','.join(sections.ALL)}"
        sys.exit(f"{' '.join([mode, *unknown])}: {known}")
    return names


def prepare():
    """Makes what is measured: the image's folder, the photos, and where there is a compiler the peer in C."""
    SCRATCH.mkdir(parents=True, exist_ok=True)
    for old in [*SCRATCH.glob("*.csv"), *SCRATCH.glob("*.stacks"), LOG]:
        old.unlink(missing_ok=True)
    subprocess.run(["src/container/build", IMAGE], check=True)
    if not photo("8x8.jpg").exists():
        subprocess.run([python("tuned"), SOURCES / "photos.py", sample("gibbon.jpg"), photo("")], check=True)
    if shutil.which("cc"):
        library = [NATIVES / "libLiteRt.so", f"-Wl,-rpath,{NATIVES}", "-lpthread"]
        subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", INVOKE, "src/bench/c/invoke.c", *library], check=True)


def origin(mode, only):
    """Where and when results came to be, and how busy the machine was just before."""
    processor = re.search(r"model name\s*: (.*)|$", Path("/proc/cpuinfo").read_text())[1] or platform.machine()
    java = subprocess.run(["java", "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[1]
    command = f"mvn -Pbench -Dbench={mode}" + (f" -Dbench.only={only}" if only else "")
    machine = f"{os.cpu_count()} cores; {processor} {platform.system()}"
    time_and_load = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:00Z}; load {os.getloadavg()[0]:.1f}"
    return f"{time_and_load}; {machine}; {java}; command: {command}"


def say(what):
    seconds = int(time.monotonic() - START)
    print(f"\n== {what} ({seconds // 60}:{seconds % 60:02})", flush=True)


def measure(name, full, came_from):
    """A section that breaks leaves no raw results."""
    rows = pd.DataFrame(sections.ALL[name](lambda quick, whole: whole if full else quick))
    ordered = ["subject", "variant", "round", *rows.columns.difference(["subject", "variant", "round"], sort=False)]
    with (SCRATCH / f"{name}.csv").open("w") as file:
        file.write(f"# {came_from}\n")
        rows[ordered].to_csv(file, index=False, float_format="%.4f")


def main(mode, only=""):
    names = chosen(mode, only)
    say("The image, the photos")
    prepare()
    measured, broken = Results(SCRATCH), []
    for name in names:
        say(name)
        try:
            measure(name, mode == "full", origin(mode, only))
            print(f"{measured.origin(name)}\n\n{report.section_text(measured, name)}")
            if mode == "full":
                report.publish(name, measured)
        except Exception:
            traceback.print_exc()
            broken.append(name)
    say("Goals")
    print(report.goals_text(measured))
    lost = mode == "check" and report.lost(measured)
    say("Broken: " + ", ".join(broken) if broken else "Done")
    sys.exit(bool(broken) or lost)


START = time.monotonic()
if __name__ == "__main__":
    main(*filter(None, sys.argv[1:]))
