"""The plots of docs/performance.md. Grey text and no background, so that they can be read in light and dark."""

from pathlib import Path

FOLDER = Path("docs/images")
OURS, THEIRS, TEXT = "#2da44e", "#8c959f", "#848d97"
FLAME_JAVA, FLAME_NATIVE = "#7ee787", "#ffa657"
NARROWEST, CHARACTER = 0.002, 0.0062  # shares of the width: of a frame, and of a letter in one


def figure(width, height):
    # Only for pages: a quick run prints, and shall not wait for this.
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "bench", "font.size": 10, "text.parse_math": False})
    matplotlib.rcParams.update({name: TEXT for name in ("text.color", "axes.labelcolor", "xtick.color", "ytick.color")})
    from matplotlib import pyplot

    drawing, axes = pyplot.subplots(figsize=(width, height))
    axes.spines[:].set_visible(False)
    return drawing, axes


def save(drawing, name):
    drawing.savefig(FOLDER / f"{name}.svg", transparent=True, bbox_inches="tight", metadata={"Date": None})


def bars(name, title, labels, values, ours):
    drawing, axes = figure(8, 0.6 + 0.3 * len(labels))
    drawn = axes.barh(labels, values, color=[OURS if is_ours else THEIRS for is_ours in ours])
    axes.bar_label(drawn, [f" {value:.0f} ms" if value >= 100 else f" {value:.1f} ms" for value in values], color=TEXT)
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.set_title(title, loc="left")
    save(drawing, name)


def plain(name):
    return name.replace("**", "")


def cold_start(results, names):
    rows = results.rows("cold-start")
    uploads = rows[rows.subject == rows.subject[rows.subject.str.startswith("upload")].iloc[-1]]
    median = uploads.groupby("variant", sort=False).first_ms.median()
    labels = [plain(names[variant]) for variant in median.index]
    bars("cold-start", "From process start to the first upload stored", labels, median.values, median.index == "image")


def warm_scores(results, names):
    median = results.rows("warm-scores").groupby(["subject", "variant"], sort=False).ms.median()
    labels = [f"{subject}, {plain(names[variant])}" for subject, variant in median.index]
    ours = [variant == "image" for _, variant in median.index]
    bars("warm-scores", "From bytes to ranked scores", labels, median.values, ours)


def memory(results, names):
    rows = results.rows("memory")
    drawing, axes = figure(8, 3)
    axes.plot(rows.subject.astype(int), rows.rss_mb, color=OURS)
    axes.set_ylim(bottom=0)
    axes.set_xlabel("photos stored")
    axes.set_title("Resident memory, MB", loc="left")
    save(drawing, "memory")


def flame_graphs(results, names):
    for name, title in (("event", "Single 400×533 photos, event to item"), ("batch", "Batches of ten 12 MP photos")):
        stacks = Path(f"target/bench/{name}.stacks")
        if stacks.exists():
            flame_graph(name, title, stacks.read_text().splitlines())


def flame_graph(name, title, lines):
    root = {"samples": 0, "callees": {}}
    for line in lines:
        stack, count = line.rsplit(" ", 1)
        frame = root
        frame["samples"] += int(count)
        for function in stack.split(";"):
            frame = frame["callees"].setdefault(function.rsplit("/", 1)[-1], {"samples": 0, "callees": {}})
            frame["samples"] += int(count)
            # Java's frames have the slashes of a package; a library's nameless ones begin with its path.
            frame["java"] = "/" in function[1:] and not function.startswith("/")
    drawing, axes = figure(14, 8)
    draw(axes, root, 0, 0, root["samples"])
    axes.set_xlim(0, 1)
    axes.autoscale(axis="y")
    axes.axis("off")
    axes.set_title(title, loc="left")
    save(drawing, name)


def draw(axes, frame, left, depth, total):
    for function, callee in sorted(frame["callees"].items()):
        width = callee["samples"] / total
        if width >= NARROWEST:
            colour = FLAME_JAVA if callee["java"] else FLAME_NATIVE
            axes.broken_barh([(left, width * 0.998)], (depth, 0.92), facecolors=colour)
            letters = int(width / CHARACTER)
            if letters >= 4:
                text = function if len(function) <= letters else function[: letters - 1] + "…"
                axes.text(left + 0.001, depth + 0.46, text, fontsize=6, va="center", color="#1f2328")
            draw(axes, callee, left, depth + 1, total)
        left += width
