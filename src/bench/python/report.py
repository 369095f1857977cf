"""The tables and plots of raw results: printed, or in docs/performance.md and README.md beside committed results."""

import re
import shutil
import sys
from pathlib import Path

import pandas as pd

import goals
import plots
from results import Results

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


def milliseconds(value):
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 4
    return f"{value:.{digits}f} ms"


def megabytes(value):
    return f"{value:.0f} MB"


def spread(sample, text=milliseconds):
    """The median, and the quartiles where there are enough for that."""
    if len(sample) < 3:
        return text(sample.median())
    low, high = (text(sample.quantile(q)).removesuffix(" ms") for q in (0.25, 0.75))
    return f"{text(sample.median())} ({low} to {high})"


def first_column(title, table):
    return table.rename_axis(title).reset_index()


def comparison(what, ours, ours_over_theirs=True):
    """Subjects against variants, each with its ratio to ours, round by round."""

    def table(rows):
        samples = rows.pivot_table(index="round", columns=["subject", "variant"], values="ms", sort=False)
        cells = {}
        for subject, variant in samples:
            own, sample = samples[subject, ours], samples[subject, variant].dropna()
            ratio = (own / sample if ours_over_theirs else sample / own).median()
            theirs = f"{milliseconds(sample.median())} ({ratio:.2f})"
            cells[subject, variant] = spread(sample) if variant == ours else theirs
        return first_column(what, pd.Series(cells).unstack(sort=False).rename(columns=NAMES))

    return table


def cold_start(rows):
    columns = {
        "init": ("upload https", "init_ms"),
        "first upload stored": ("upload https", "first_ms"),
        'first `{"url"}` answered': ("api https", "first_ms"),
        "upload without TLS": ("upload http", "first_ms"),
        '`{"url"}` without': ("api http", "first_ms"),
        "processor time": ("upload https", "cpu_ms"),
    }
    samples = rows.groupby(["subject", "variant"])
    table = pd.DataFrame(index=rows.variant.unique())
    for title, (subject, figure) in columns.items():
        table[title] = samples[figure].agg(spread).get(subject)
    table["resident"] = samples.rss_mb.median().map(megabytes)[rows.subject.iloc[0]]
    return first_column("started as", table.rename(NAMES))


def flags(rows):
    warm = rows.first_ms.isna()
    starts = rows[~warm].groupby("variant", sort=False)
    table = pd.DataFrame(
        {
            "first upload stored": starts.first_ms.agg(spread),
            "processor time": starts.cpu_ms.median().map(milliseconds),
            "resident": starts.rss_mb.median().map(megabytes),
        }
    )
    for subject, stored in rows[warm].groupby("subject", sort=False):
        table[f"{subject.split()[0]} stored, warm"] = stored.groupby("variant").ms.agg(spread)
    return first_column("the image's flags, and", table.rename({"image": "nothing else (C1)"}))


def parts(rows):
    def text(sample):
        unit = sample.name[1]
        return spread(sample) if unit == "ms/op" else spread(sample, "{:.1f}".format) + " a second"

    scores = rows.groupby(["subject", "variant"], sort=False).score
    cells = {subject: text(sample.rename((subject, unit))) for (subject, unit), sample in scores}
    return first_column("part", pd.DataFrame({"time or photos": cells}))


def interpreters(rows):
    medians = rows.groupby(["subject", "variant"], sort=False).median(numeric_only=True).reset_index()
    setup = medians.variant.str.split(expand=True)
    return pd.DataFrame(
        {
            "model": medians.subject,
            "interpreters": setup[0],
            "threads each": setup[1],
            "weight cache": setup[2].map(lambda cache: "off" if cache == "-" else "on"),
            "made in": medians.make_ms.map(milliseconds),
            "resident": medians.rss_mb.map(megabytes),
            "one run": medians.run_ms.map(milliseconds),
            "runs a second": medians.runs_per_second.map("{:.0f}".format),
        }
    )


def memory(rows):
    photos = rows.subject.map(lambda count: f"{int(count):,}")
    return pd.DataFrame({"photos": photos, "resident": rows.rss_mb.map(megabytes)})


def memory_photos(rows):
    peaks = rows.pivot_table(index="subject", columns="variant", values="peak_mb", aggfunc="median", sort=False)
    reduced, full = peaks.reduced.map("**{:.1f} MB**".format), peaks.full.map("{:.1f} MB".format)
    return first_column("12 MP file", pd.DataFrame({"reduced decoding": reduced, "full decoding": full}))


def memory_sizes(rows):
    def dollars(times):
        price = times * 1e3 * rows.subject.astype(int) / 1024 * GIGABYTE_SECOND + MILLION_REQUESTS
        return price.map("${:.2f}".format, na_action="ignore")

    return pd.DataFrame(
        {
            "memory": rows.subject + " MB",
            "what failed": rows.variant,
            "400×533 stored": rows.small_ms.map(milliseconds, na_action="ignore"),
            "12 MP stored": rows.large_ms.map(milliseconds, na_action="ignore"),
            "a million small": dollars(rows.small_ms),
            "a million 12 MP": dollars(rows.large_ms),
        }
    )


def profile(rows):
    shares = rows.pivot_table(index="variant", columns="subject", values="share", sort=False).fillna(0)
    shown = shares[shares.max(axis=1) >= 0.5].map("{:.1f} %".format)
    return first_column("share of the processor's time", shown)


TABLES = {
    "cold-start": cold_start,
    "flags": flags,
    "warm-scores": comparison("photo, model", "image"),
    "warm-items": comparison("photo, model", "image"),
    "profile": profile,
    "inference": comparison("model, threads", "java"),
    "making": comparison("model", "java"),
    "interpreters": interpreters,
    "parts": parts,
    "batches": comparison("model, ten photos", "batch"),
    "decoders": comparison("photo", "image", ours_over_theirs=False),
    "memory": memory,
    "memory-photos": memory_photos,
    "memory-sizes": memory_sizes,
}


def text(table):
    return table.fillna("").to_markdown(index=False, disable_numparse=True) + "\n"


def goal_table(results):
    measured = ((goal, goal.measure(results)) for goal in goals.ALL)
    return pd.DataFrame([goal.row(figure) for goal, figure in measured if figure is not None])


def summary(results):
    """The README's table: what is claimed, and which part of docs/performance.md measures it."""

    def row(what, section, subject, figure, anchor):
        times = [results.sample(section, subject, way, figure).median() for way in ("image", "course", "tuned")]
        return [what, *map(milliseconds, times), f"[{anchor}](docs/performance.md#{anchor.replace(' ', '-')})"]

    start, warm = "container image, process start to first result", "bytes to ranked scores, warm"
    over_c = results.ratio("inference", f"{goals.INT8} 1", "java", "c")
    rows = [
        row(f"{start}, by TLS", "cold-start", "upload https", "first_ms", "cold start"),
        row(start, "cold-start", "upload http", "first_ms", "cold start"),
        row(f"{goals.SMALL}, {warm}", "warm-scores", f"{goals.SMALL} {goals.INT8}", "ms", "warm"),
        row(f"{goals.LARGE}, {warm}", "warm-scores", f"{goals.LARGE} {goals.INT8}", "ms", "warm"),
        ["one inference, over C", f"{over_c:.2f}×", "", "", "[inference](docs/performance.md#inference)"],
    ]
    return pd.DataFrame(rows, columns=["", "here", "Python, the course's way", "Python, tuned", "measured in"])


def draw(section, rows, folder):
    if section == "cold-start":
        uploads = rows[rows.subject == "upload https"].groupby("variant", sort=False).first_ms.median()
        labels = uploads.rename(lambda variant: NAMES[variant].strip("*"))
        plots.bars(section, "From process start to the first upload stored", labels, uploads.index == "image")
    elif section == "warm-scores":
        medians = rows.groupby(["subject", "variant"], sort=False).ms.median()
        labels = medians.set_axis([f"{subject}, {NAMES[variant].strip('*')}" for subject, variant in medians.index])
        plots.bars(section, "From bytes to ranked scores", labels, medians.index.get_level_values("variant") == "image")
    elif section == "memory":
        plots.line(section, "Resident memory, MB", "photos stored", rows.rss_mb.set_axis(rows.subject.astype(int)))
    elif section == "profile":
        plots.flame_graph("event", "Single 400×533 photos, event to item", folder / "event.stacks")
        plots.flame_graph("batch", "Batches of ten 12 MP photos", folder / "batch.stacks")


def fill(name, figures):
    """Replaces the figures between a page's marks; a table that no page shows is an error."""
    mark = re.compile(rf"(<!-- figures: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    pages = [page for page in PAGES if mark.search(page.read_text())]
    if not pages:
        sys.exit(f"No page has the mark <!-- figures: {name} -->")
    for page in pages:
        page.write_text(mark.sub(lambda found: found[1] + figures + found[2], page.read_text()))


def write(measured, sections, committed):
    for section in sections:
        shutil.copy(measured.file(section), committed.file(section))
        origin = f"\n[{section}.csv](../src/bench/results/{section}.csv): {measured.origin(section)}.\n"
        fill(section, text(TABLES[section](measured.rows(section))) + origin)
        draw(section, measured.rows(section), measured.folder)
    fill("goals", text(goal_table(committed)))
    fill("summary", text(summary(committed)))


def check(measured, committed):
    lost = False
    for goal in filter(lambda goal: goal.guarded, goals.ALL):
        before, now = goal.measure(committed), goal.measure(measured)
        if before is not None and now is not None:
            worse = goal.loss(before, now) > ALLOWED_LOSS
            lost |= worse
            mark = " - MORE THAN 20 % WORSE" if worse else ""
            print(f"{goal.what}: {now:.3f}, committed {before:.3f}{mark}")
    return lost


def main(mode, folder, committed_folder):
    """Whether a guarded ratio was lost."""
    measured, committed = Results(folder), Results(committed_folder)
    sections = [section for section in TABLES if measured.file(section).exists()]
    if mode == "full":
        write(measured, sections, committed)
        return False
    for section in sections:
        print(f"\n{section}\n\n{text(TABLES[section](measured.rows(section)))}")
    print(f"\ngoals\n\n{text(goal_table(measured))}")
    return mode == "check" and check(measured, committed)
