package dev.bucketlens.api;

import dev.bucketlens.Score;
import dev.bucketlens.json.Json;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Review;
import dev.bucketlens.results.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** How far the verdicts that stand agree with what people said of the same images. */
final class Agreement {
  private static final int BINS = 10;
  private static final int MOST_PAIRS = 100;

  private final Tally all = new Tally();
  private final Map<String, Tally> labels = new TreeMap<>();
  private final Map<Pair, Integer> pairs = new TreeMap<>(Pair.ORDER);
  private final Bin[] bins = new Bin[BINS];

  Agreement() {
    Arrays.setAll(bins, _ -> new Bin());
  }

  private static final class Tally {
    private int reviewed;
    private int agreed;

    void add(boolean agrees) {
      reviewed++;
      agreed += agrees ? 1 : 0;
    }

    Map<String, Object> json() {
      return Json.object(
          "reviewed",
          reviewed,
          "agreed",
          agreed,
          "accuracy",
          reviewed == 0 ? null : (double) agreed / reviewed);
    }
  }

  private static final class Bin {
    private final Tally tally = new Tally();
    private double scores;
  }

  /**
   * A cell of the confusion matrix.
   *
   * @param said by a person; empty for none of the labels
   * @param guessed by the model; empty if it was sure of none
   */
  private record Pair(String said, String guessed) {
    static final Comparator<Pair> ORDER =
        Comparator.comparing(Pair::said).thenComparing(Pair::guessed);
  }

  /** Counts one reviewed image. */
  void add(ImageResult result) {
    if (result.status() != Status.CLASSIFIED || result.reviewed().isEmpty()) {
      return;
    }
    Optional<Score> best = result.verdict().best();
    Review.Done review = result.reviewed().get();
    String guessed = best.map(Score::label).orElse(null);
    boolean agrees = Objects.equals(review.label(), guessed);
    all.add(agrees);
    String said = Objects.requireNonNullElse(review.label(), "");
    labels.computeIfAbsent(said, _ -> new Tally()).add(agrees);
    pairs.merge(new Pair(said, Objects.requireNonNullElse(guessed, "")), 1, Integer::sum);
    if (best.isPresent()) {
      float score = best.get().score();
      Bin bin = bins[Math.clamp((int) (score * BINS), 0, BINS - 1)];
      bin.scores += score;
      bin.tally.add(agrees);
    }
  }

  Map<String, Object> json() {
    Map<String, Object> json = all.json();
    json.put(
        "labels",
        labels.entrySet().stream()
            .sorted(
                Comparator.comparingInt((Map.Entry<String, Tally> it) -> it.getValue().reviewed)
                    .reversed())
            .map(it -> withLabel(it.getKey(), it.getValue().json()))
            .toList());
    json.put(
        "confusion",
        pairs.entrySet().stream()
            .sorted(Map.Entry.<Pair, Integer>comparingByValue().reversed())
            .limit(MOST_PAIRS)
            .map(it ->
                Json.object(
                    "said",
                    orNull(it.getKey().said()),
                    "guessed",
                    orNull(it.getKey().guessed()),
                    "count",
                    it.getValue()))
            .toList());
    json.put("calibration", calibration());
    return json;
  }

  /** The accuracy over all images, with its interval, if a random share of them was counted. */
  Map<String, Object> estimate() {
    Map<String, Object> json = all.json();
    if (all.reviewed > 0) {
      WilsonInterval interval = WilsonInterval.of(all.agreed, all.reviewed);
      json.put("low", interval.low());
      json.put("high", interval.high());
    }
    return json;
  }

  private List<Map<String, Object>> calibration() {
    List<Map<String, Object>> json = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      if (bins[i].tally.reviewed > 0) {
        Map<String, Object> bin =
            Json.object("from", (double) i / BINS, "to", (double) (i + 1) / BINS);
        bin.put("score", bins[i].scores / bins[i].tally.reviewed);
        bin.putAll(bins[i].tally.json());
        json.add(bin);
      }
    }
    return json;
  }

  private static Map<String, Object> withLabel(String label, Map<String, Object> tally) {
    Map<String, Object> json = Json.object("label", orNull(label));
    json.putAll(tally);
    return json;
  }

  private static String orNull(String label) {
    return label.isEmpty() ? null : label;
  }
}
