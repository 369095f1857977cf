"""The tables and plots of raw results, and where they stand in docs/performance.md and README.md."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

import goals
import plots
from places import COMMITTED
from results import Results

PAGES = [Path("docs/performance.md"), Path("README.md")]
ALLOWED_LOSS = 1.2
GIGABYTE_SECOND, MILLION_REQUESTS = 0.0000166667, 0.20  # dollars, x86-64 in us-east-1
KEYS = ["subject", "variant", "figure"]
NAMES = {
    "image": "**the container image**",
    "plain": "Java, no flags, no cache",
    "managed": "Java with the managed runtime's flags",
    "c2": "Java with C2",
    "course": "Python, the course's way",
    "tuned": "Python, tuned",
    "java": "**here**",
    "c": "the same library from C",
    "litert": "`ai-edge-litert` in Python",
    "reduced": "**here**",
    "full": "here, decoded whole",
    "imageio": "ImageIO, Graphics2D",
    "pillow": "Pillow, decoded whole",
    "draft": "Pillow, reduced",
    "djpeg": "`djpeg -scale 1/8`, less its start",
    "single": "one event each",
    "batch": "**in one batch**",
    "ms/op": "milliseconds",
    "ops/s": "photos a second",
}


def milliseconds(value):
    return f"{value:.{0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 4}f} ms"


# How a figure is written, by the end of its name.
UNITS = {
    "ms": milliseconds,
    "peak_mb": "{:.1f} MB".format,
    "mb": "{:.0f} MB".format,
    "dollars": "${:.2f}".format,
    "share": "{:.1f} %".format,
    "second": "{:.0f}".format,
    "score": "{:.4g}".format,
}


def spread(sample, figure):
    """The median; of a time, the quartiles too, where there are enough for that."""
    text = next(text for name, text in UNITS.items() if figure.endswith(name))
    if sample.isna().all():
        return ""
    if len(sample) < 3 or not figure.endswith(("ms", "score")):
        return text(sample.median())
    low, high = (text(sample.quantile(q)).removesuffix(" ms") for q in (0.25, 0.75))
    return f"{text(sample.median())} ({low} to {high})"


@dataclass(frozen=True)
class Table:
    """How raw results are laid out: titles for what tells lines apart, and what tells columns apart.

    Columns are all that there are, or those that have a title here. Where `ours` is given, the others have in brackets
    how much of their time ours takes, round by round.
    """

    lines: dict
    across: str | list = "variant"
    columns: dict | None = None
    ours: str = ""

    def of(self, rows):
        tall = rows.melt(["subject", "variant", "round"], var_name="figure")
        samples = {key: sample.set_index("round").value for key, sample in tall.groupby(KEYS, sort=False)}
        cells = pd.DataFrame([(*key, self.cell(samples, *key)) for key in samples], columns=[*KEYS, "text"])
        table = cells.set_index([*self.lines, *pd.Series(self.across)]).text.unstack(self.across, sort=False)
        if self.columns:
            table = table[[column for column in self.columns if column in table]]
            table.columns = [self.columns[column] for column in table]
        names = NAMES if self.across == "variant" else {}
        return table.rename(index=NAMES, columns=names).rename_axis(list(self.lines.values())).reset_index()

    def cell(self, samples, subject, variant, figure):
        sample = samples[subject, variant, figure]
        if not self.ours or variant == self.ours:
            return spread(sample, figure)
        ratio = (samples[subject, self.ours, figure] / sample).median()
        return f"{milliseconds(sample.median())} ({ratio:.2f})"


UPLOAD, URL = "first upload stored", 'first `{"url"}` answered'
TABLES = {
    "cold-start": Table(
        {"variant": "started as"},
        ["subject", "figure"],
        {
            ("upload https", "init_ms"): "init",
            ("upload https", "first_ms"): UPLOAD,
            ("api https", "first_ms"): URL,
            ("upload http", "first_ms"): "upload without TLS",
            ("api http", "first_ms"): '`{"url"}` without',
            ("upload https", "cpu_ms"): "processor time",
            ("upload https", "rss_mb"): "resident",
        },
    ),
    "warm-scores": Table({"subject": "photo, model"}, ours="image"),
    "warm-items": Table({"subject": "photo, model"}, ours="image"),
    "inference": Table({"subject": "model, threads"}, ours="java"),
    "decoders": Table({"subject": "photo"}, ours="image"),
    "parts": Table({"subject": "part"}),
    "making": Table({"subject": "model"}, ours="java"),
    "batches": Table({"subject": "model, ten photos"}, ours="batch"),
    "profile": Table({"variant": "share of the processor's time"}, "subject"),
    "memory-photos": Table({"subject": "12 MP file"}),
    "memory-sizes": Table(
        {"subject": "memory, MB", "variant": "what failed"},
        "figure",
        {
            "small_ms": "400×533 stored",
            "large_ms": "12 MP stored",
            "small_dollars": "a million small",
            "large_dollars": "a million 12 MP",
        },
    ),
    "flags": Table(
        {"variant": "the image's flags, and"},
        ["subject", "figure"],
        {
            ("upload https", "first_ms"): UPLOAD,
            ("upload https", "cpu_ms"): "processor time",
            ("upload https", "rss_mb"): "resident",
            (f"{goals.SMALL} {goals.INT8}, by TLS", "ms"): f"{goals.SMALL} stored, warm",
            (f"{goals.LARGE} {goals.INT8}, by TLS", "ms"): f"{goals.LARGE} stored, warm",
        },
    ),
    "memory": Table({"subject": "photos"}, "figure", {"rss_mb": "resident"}),
    "interpreters": Table(
        {"subject": "model", "variant": "interpreters, threads each, weight cache"},
        "figure",
        {"make_ms": "made in", "rss_mb": "resident", "run_ms": "one run", "runs_per_second": "runs a second"},
    ),
}


def text(table):
    return table.fillna("").to_markdown(index=False, disable_numparse=True) + "\n"


def section_text(results, section):
    rows = results.rows(section)
    if section == "memory-sizes":
        gigabytes = rows.subject.astype(int) / 1024
        for photo in ("small", "large"):
            seconds = rows[f"{photo}_ms"] * 1e3  # of a million photos
            rows = rows.assign(**{f"{photo}_dollars": seconds * gigabytes * GIGABYTE_SECOND + MILLION_REQUESTS})
    return text(TABLES[section].of(rows))


def goals_text(results):
    rows = (goal.row(measured) for goal in goals.ALL if (measured := goal.measure(results)) is not None)
    return text(pd.DataFrame(rows))


def summary_text(results):
    """The README's table: what is claimed, and which part of docs/performance.md measures it."""
    start, warm = "container image, process start to first result", "bytes to ranked scores, warm"
    claims = [
        (f"{start}, by TLS", "cold-start", "upload https", "first_ms"),
        (start, "cold-start", "upload http", "first_ms"),
        (f"{goals.SMALL}, {warm}", "warm-scores", f"{goals.SMALL} {goals.INT8}", "ms"),
        (f"{goals.LARGE}, {warm}", "warm-scores", f"{goals.LARGE} {goals.INT8}", "ms"),
    ]
    table = []
    for what, section, subject, figure in claims:
        times = (results.sample(section, subject, way, figure).median() for way in ("image", "course", "tuned"))
        table.append([what, *map(milliseconds, times), link(section.removesuffix("-scores"))])
    over_c = next(goal for goal in goals.ALL if goal.guarded and "over C" in goal.what).measure(results)
    table.append(["one inference, over C", f"{over_c:.2f}×", "", "", link("inference")])
    return text(pd.DataFrame(table, columns=["", "here", NAMES["course"], NAMES["tuned"], "measured in"]))


def link(anchor):
    return f"[{anchor.replace('-', ' ')}](docs/performance.md#{anchor})"


def draw(section, results):
    medians = results.rows(section).groupby(["subject", "variant"], sort=False).median(numeric_only=True)
    if section == "cold-start":
        uploads = medians.first_ms["upload https"].rename(NAMES)
        plots.plot(section, "From process start to the first upload stored", (8, 2.1), plots.bars, uploads)
    elif section == "warm-scores":
        scores = medians.ms.set_axis([f"{subject}, {NAMES[variant]}" for subject, variant in medians.index])
        plots.plot(section, "From bytes to ranked scores", (8, 5.4), plots.bars, scores)
    elif section == "memory":
        resident = medians.rss_mb.droplevel("variant").rename(int).rename_axis("photos stored")
        plots.plot(section, "Resident memory, MB", (8, 3), plots.line, resident)
    elif section == "profile":
        titles = {"event": "Single 400×533 photos, event to item", "batch": "Batches of ten 12 MP photos"}
        for name, title in titles.items():
            plots.plot(name, title, (14, 8), plots.flame_graph, results.folder / f"{name}.stacks")


def fill(name, figures):
    """Replaces the figures between a page's marks; a table that no page shows is an error."""
    mark = re.compile(rf"(<!-- figures: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    pages = [page for page in PAGES if mark.search(page.read_text())]
    if not pages:
        raise LookupError(f"No page has the mark <!-- figures: {name} -->")
    for page in pages:
        page.write_text(mark.sub(lambda found: found[1] + figures + found[2], page.read_text()))


def publish(section, measured):
    """Commits a section's results, and writes its table, its plots and what follows from it onto the pages."""
    shutil.copy(measured.file(section), COMMITTED)
    origin = f"\n[{section}.csv](../src/bench/results/{section}.csv): {measured.origin(section)}.\n"
    fill(section, section_text(measured, section) + origin)
    draw(section, measured)
    fill("goals", goals_text(Results(COMMITTED)))
    fill("summary", summary_text(Results(COMMITTED)))


def lost(measured):
    """Whether a guarded figure is more than a fifth worse than the committed one; says all of them."""
    losses = [0]
    for goal in goals.ALL:
        if goal.guarded and (now := goal.measure(measured)) and (before := goal.measure(Results(COMMITTED))):
            losses.append(goal.loss(before, now))
            print(f"{goal.what}: {now:.3f}, committed {before:.3f}: {losses[-1]:.2f} times as bad")
    return max(losses) > ALLOWED_LOSS
