"""Makes the tables, goals and plots of raw results.

    python report.py print RESULTS                 all tables
    python report.py write RESULTS [SECTION ...]   those of the sections (all, if none is named) and the goals, into
                                                   docs/performance.md and README.md; plots into docs/images
    python report.py check COMMITTED RESULTS       fails if a guarded ratio is over a fifth worse than the committed one

Each file of results has a line that says where it came from, then rows of subject, variant, round and figures.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import pandas as pd

import goals
import plots

PAGES = [Path("docs/performance.md"), Path("README.md")]
ALLOWED_LOSS = 1.2
GIGABYTE_SECOND, MILLION_REQUESTS = 0.0000166667, 0.20  # dollars, x86-64 in us-east-1
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
    "full": "here, decoded whole",
    "imageio": "ImageIO, Graphics2D",
    "pillow": "Pillow, decoded whole",
    "draft": "Pillow, reduced",
    "djpeg": "`djpeg -scale 1/8`, less its start",
    "single": "one event each",
    "batch": "**in one batch**",
}


class Results:
    """A folder of raw results."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def has(self, section):
        return (self.folder / f"{section}.csv").exists()

    def rows(self, section):
        file = self.folder / f"{section}.csv"
        rows = pd.read_csv(file, comment="#", dtype={"subject": str, "variant": str})
        # Several starts repeat the numbers of rounds; the nth measurement of each pairs.
        rows["round"] = rows.groupby(["subject", "variant"]).cumcount()
        return rows

    def origin(self, section):
        return (self.folder / f"{section}.csv").open().readline()[2:].strip()

    def figures(self, section, subject, variant, figure="ms"):
        """One contender's figures by round; none is an error, because then nothing was measured."""
        rows = self.rows(section)
        rows = rows[(rows.subject == subject) & (rows.variant == variant)].set_index("round")[figure]
        if rows.empty:
            raise KeyError(f"{section}.csv has no {variant} of {subject}")
        return rows

    def ratios(self, section, subject, over, under, figure="ms"):
        """One over another, round by round: what makes the machine slow for a while falls out."""
        pair = [self.figures(section, subject, variant, figure) for variant in (over, under)]
        return pair[0] / pair[1]


def milliseconds(value):
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 4
    return f"{value:.{digits}f} ms"


def spread(sample, text=milliseconds):
    if len(sample) < 3:
        return text(sample.median())
    low, high = (text(sample.quantile(q)).removesuffix(" ms") for q in (0.25, 0.75))
    return f"{text(sample.median())} ({low} to {high})"


def markdown(header, lines):
    rows = [header, ["---"] * len(header), *lines]
    return "".join("| " + " | ".join(map(str, row)) + " |\n" for row in rows)


def comparison(what, ours, ours_over_theirs=True):
    """Subjects against variants, each with its ratio to ours, round by round."""

    def table(results, section):
        rows = results.rows(section)
        variants = list(rows.variant.unique())
        lines = []
        for subject, measured in rows.groupby("subject", sort=False):
            line = [subject]
            for variant in variants:
                sample = measured[measured.variant == variant].ms
                if sample.empty:
                    line.append("")
                elif variant == ours:
                    line.append(spread(sample))
                else:
                    pair = (ours, variant) if ours_over_theirs else (variant, ours)
                    ratio = results.ratios(section, subject, *pair).median()
                    line.append(f"{milliseconds(sample.median())} ({ratio:.2f})")
            lines.append(line)
        return markdown([what, *(NAMES.get(variant, variant) for variant in variants)], lines)

    return table


def cold_start(results, section):
    rows = results.rows(section)
    columns = {"init": ("upload https", "init_ms"), "first upload stored": ("upload https", "first_ms")}
    columns |= {"first `{\"url\"}` answered": ("api https", "first_ms")}
    columns |= {"upload without TLS": ("upload http", "first_ms"), "`{\"url\"}` without": ("api http", "first_ms")}
    columns |= {"processor time": ("upload https", "cpu_ms")}
    lines = []
    for variant in rows.variant.unique():
        line = [NAMES[variant]]
        for subject, figure in columns.values():
            some = rows[(rows.subject == subject) & (rows.variant == variant)]
            line.append("" if some.empty else spread(some[figure]))
        resident = results.figures(section, rows.subject.iloc[0], variant, "rss_mb").median()
        lines.append([*line, f"{resident:.0f} MB"])
    return markdown(["started as", *columns, "resident"], lines)


def flags(results, section):
    cold = results.rows(section)
    warm = results.rows("flags-warm") if results.has("flags-warm") else pd.DataFrame({"subject": [], "variant": []})
    subjects = list(warm.subject.unique())
    lines = []
    for variant in cold.variant.unique():
        starts = cold[cold.variant == variant]
        line = ["nothing else (C1)" if variant == "image" else variant, spread(starts.first_ms)]
        line += [milliseconds(starts.cpu_ms.median()), f"{starts.rss_mb.median():.0f} MB"]
        for subject in subjects:
            line.append(spread(warm[(warm.subject == subject) & (warm.variant == variant)].ms))
        lines.append(line)
    stored = [f"{subject.split()[0]} stored, warm" for subject in subjects]
    return markdown(["the image's flags, and", "first upload stored", "processor time", "resident", *stored], lines)


def parts(results, section):
    lines = []
    for (subject, unit), rows in results.rows(section).groupby(["subject", "variant"], sort=False):
        text = milliseconds if unit == "ms/op" else lambda value: f"{value:.1f}"
        lines.append([subject, spread(rows.score, text) + (" a second" if unit == "ops/s" else "")])
    return markdown(["part", "time or photos"], lines)


def interpreters(results, section):
    lines = []
    for (model, setup), rows in results.rows(section).groupby(["subject", "variant"], sort=False):
        count, threads, cache = setup.split()
        median = rows.median(numeric_only=True)
        made, run = milliseconds(median.make_ms), milliseconds(median.run_ms)
        line = [model, count, threads, "off" if cache == "-" else "on", made, f"{median.rss_mb:.0f} MB", run]
        lines.append([*line, f"{median.runs_per_second:.0f}"])
    header = ["model", "interpreters", "threads each", "weight cache", "made in", "resident", "one run", "runs a second"]
    return markdown(header, lines)


def memory(results, section):
    lines = [[f"{int(row.subject):,}", f"{row.rss_mb:.0f} MB"] for row in results.rows(section).itertuples()]
    return markdown(["photos", "resident"], lines)


def memory_photos(results, section):
    peaks = results.rows(section).groupby(["subject", "variant"], sort=False).peak_mb.median().unstack()
    peaks = peaks.reindex(results.rows(section).subject.unique())
    lines = [[photo, f"**{row.reduced:.1f} MB**", f"{row.full:.1f} MB"] for photo, row in peaks.iterrows()]
    return markdown(["12 MP file", "reduced decoding", "full decoding"], lines)


def million(ms, megabytes):
    return f"${ms * 1e3 * megabytes / 1024 * GIGABYTE_SECOND + MILLION_REQUESTS:.2f}"


def memory_sizes(results, section):
    lines = []
    for row in results.rows(section).itertuples():
        times = [] if pd.isna(row.small_ms) else [row.small_ms, row.large_ms]
        cells = [milliseconds(ms) for ms in times] + [million(ms, int(row.subject)) for ms in times]
        lines.append([f"{row.subject} MB", row.variant, *(cells or [""] * 4)])
    header = ["memory", "what failed", "400×533 stored", "12 MP stored", "a million small", "a million 12 MP"]
    return markdown(header, lines)


def profile(results, section):
    rows = results.rows(section)
    shares = rows.pivot_table(index="variant", columns="subject", values="share", sort=False).fillna(0)
    lines = [[kind, *(f"{share:.1f} %" for share in row)] for kind, row in shares.iterrows() if row.max() >= 0.5]
    return markdown(["share of the processor's time", *shares.columns], lines)


def goal_table(results):
    lines = []
    for goal in goals.ALL:
        measured = goal.measure(results)
        if measured is not None:
            verdict = "met" if goal.is_met(measured) else "missed"
            lines.append([goal.what, f"{goal.bound} {goal.limit:g}{goal.unit}", f"**{measured:.3f}{goal.unit}**", verdict])
    return markdown(["ratio", "goal", "measured", ""], lines)


def summary(results):
    """The README's table: what is claimed, and which part of docs/performance.md measures it."""

    def line(what, section, subject, figure, anchor):
        times = [results.figures(section, subject, variant, figure).median() for variant in ("image", "course", "tuned")]
        return [what, *map(milliseconds, times), f"[{anchor.replace('-', ' ')}](docs/performance.md#{anchor})"]

    lines = []
    for subject in ("upload https", "upload http"):
        if subject in set(results.rows("cold-start").subject):
            what = "container image, process start to first result" + (", by TLS" if "https" in subject else "")
            lines.append(line(what, "cold-start", subject, "first_ms", "cold-start"))
    for photo in ("400x533.jpg", "4000x3000.jpg"):
        subject = f"{photo} efficientnet-lite0"
        lines.append(line(f"{photo}, bytes to ranked scores, warm", "warm-scores", subject, "ms", "warm"))
    ratio = results.ratios("inference", "efficientnet-lite0 1", "java", "c").median()
    lines.append(["one inference, over C", f"{ratio:.2f}×", "", "", "[inference](docs/performance.md#inference)"])
    return markdown(["", "here", "Python, the course's way", "Python, tuned", "measured in"], lines)


@dataclass(frozen=True)
class Section:
    """A table of docs/performance.md, of the raw results of the same name."""

    table: Callable
    plot: Callable | None = None


SECTIONS = {
    "cold-start": Section(cold_start, plots.cold_start),
    "flags": Section(flags),
    "warm-scores": Section(comparison("photo, model", "image"), plots.warm_scores),
    "warm-items": Section(comparison("photo, model", "image")),
    "profile": Section(profile, plots.flame_graphs),
    "inference": Section(comparison("model, threads", "java")),
    "making": Section(comparison("model", "java")),
    "interpreters": Section(interpreters),
    "parts": Section(parts),
    "batches": Section(comparison("model, ten photos", "batch")),
    "decoders": Section(comparison("photo", "image", ours_over_theirs=False)),
    "memory": Section(memory, plots.memory),
    "memory-photos": Section(memory_photos),
    "memory-sizes": Section(memory_sizes),
}


def tables(results, names):
    for name in names:
        if results.has(name):
            origin = f"\n[{name}.csv](../src/bench/results/{name}.csv): {results.origin(name)}.\n"
            yield name, SECTIONS[name].table(results, name) + origin
    yield "goals", goal_table(results)


def fill(name, figures):
    """Replaces the figures between a page's marks; a table that no page shows is an error."""
    mark = re.compile(rf"(<!-- figures: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    pages = [page for page in PAGES if mark.search(page.read_text())]
    if not pages:
        sys.exit(f"No page has the mark <!-- figures: {name} -->")
    for page in pages:
        page.write_text(mark.sub(lambda found: found[1] + figures + found[2], page.read_text()))


def write(results, names):
    for name, figures in tables(results, names):
        fill(name, figures)
    if all(results.has(name) for name in ("cold-start", "warm-scores", "inference")):
        fill("summary", summary(results))
    for name in names:
        if results.has(name) and SECTIONS[name].plot:
            SECTIONS[name].plot(results, NAMES)


def check(committed, now):
    lost = False
    for goal in goals.ALL:
        before, measured = (goal.measure(results) if goal.guarded else None for results in (committed, now))
        if before is not None and measured is not None:
            worse = goal.loss(before, measured) > ALLOWED_LOSS
            lost |= worse
            mark = " - MORE THAN 20 % WORSE" if worse else ""
            print(f"{goal.what}: {measured:.3f}, committed {before:.3f}{mark}")
    sys.exit(1 if lost else 0)


def main(mode, folder, *rest):
    results = Results(folder)
    if mode == "print":
        for name, figures in tables(results, SECTIONS):
            print(f"\n{name}\n\n{figures}")
    elif mode == "write":
        write(results, [name for name in SECTIONS if not rest or name in rest])
    else:
        check(results, Results(rest[0]))


if __name__ == "__main__":
    main(*sys.argv[1:])
