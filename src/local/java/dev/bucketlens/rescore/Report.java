package dev.bucketlens.rescore;

import dev.bucketlens.Score;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Previous;
import dev.bucketlens.results.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the table under the bundle. Thread-safe.
 *
 * <p>What was scored again before this run counts with what is scored by it, because the item tells
 * the verdict before: a run that goes on where another was stopped reports the whole.
 */
public final class Report {
  /** As many changes and failures as are told one by one. */
  private static final int SHOWN = 10;

  private final Map<Change, Integer> changes = new TreeMap<>(Change.ORDER);
  private final List<String> failures = new ArrayList<>();
  private int looked;
  private int earlier;
  private int now;
  private int rejected;
  private int kept;
  private int changed;
  private int failed;

  /** From one best label to another; a rejection or no score is in brackets. */
  private record Change(String from, String to) {
    static final Comparator<Change> ORDER =
        Comparator.comparing(Change::from).thenComparing(Change::to);
  }

  /** An item of the bundle from before this run. */
  synchronized void addEarlier(ImageResult item) {
    looked++;
    if (item.previous().isPresent()) {
      earlier++;
      compare(item);
    }
  }

  /** An item that this run has brought to the bundle. */
  synchronized void addNow(ImageResult item) {
    looked++;
    now++;
    compare(item);
  }

  /** An image that keeps what it has, or has nothing any more: archived, deleted, put anew. */
  synchronized void addLeft() {
    looked++;
    kept++;
  }

  synchronized void addFailure(ImageResult item, String reason) {
    looked++;
    failed++;
    if (failures.size() < SHOWN) {
      failures.add(item.image() + ": " + reason);
    }
  }

  private void compare(ImageResult item) {
    if (item.status() == Status.REJECTED) {
      rejected++;
    }
    item.previous()
        .filter(before -> before.differsFrom(item.verdict()))
        .ifPresent(before -> {
          changed++;
          changes.merge(new Change(label(before), label(item)), 1, Integer::sum);
        });
  }

  private static String label(Previous before) {
    return before.best().map(Score::label).orElse("(" + before.status() + ")");
  }

  private static String label(ImageResult item) {
    return item.verdict().best().map(Score::label).orElse("(" + item.status() + ")");
  }

  /** Whether there is nothing left to do again. */
  public synchronized boolean isComplete() {
    return failed == 0;
  }

  /** One line on the way. */
  synchronized String progress(long about) {
    return String.format(
        Locale.ROOT,
        "%,d of about %,d images looked at: %,d scored again, %,d failed",
        looked,
        Math.max(about, looked),
        now,
        failed);
  }

  /** The lines of the end. */
  public synchronized List<String> lines() {
    List<String> lines = new ArrayList<>();
    int scored = now + earlier;
    lines.add(line(looked, "images"));
    lines.add(line(scored, "scored again, %,d of them before this run".formatted(earlier)));
    lines.add(line(rejected, "of these rejected now"));
    lines.add(
        line(changed, "of these with another label (%s)".formatted(percent(changed, scored))));
    lines.add(line(kept, "left as they are: archived, deleted or put anew meanwhile"));
    lines.add(line(failed, "failed"));
    changes.entrySet().stream()
        .sorted(Map.Entry.<Change, Integer>comparingByValue().reversed())
        .limit(SHOWN)
        .forEach(entry ->
            lines.add(line(entry.getValue(), entry.getKey().from() + " → " + entry.getKey().to())));
    lines.addAll(failures);
    return lines;
  }

  private static String line(int count, String what) {
    return String.format(Locale.ROOT, "%,9d  %s", count, what);
  }

  private static String percent(int part, int whole) {
    return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0 : 100.0 * part / whole);
  }
}
