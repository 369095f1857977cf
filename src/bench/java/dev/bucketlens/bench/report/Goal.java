package dev.bucketlens.bench.report;

import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A ratio that is to be reached.
 *
 * @param what the ratio, in words
 * @param limit its bound
 * @param lower whether lower is better, and the limit is the highest that is good enough
 * @param guarded whether {@link Check} watches over it
 * @param file the raw results it is computed from
 * @param model of which model they are to be
 * @param ratio how
 */
record Goal(
    String what,
    double limit,
    boolean lower,
    boolean guarded,
    String file,
    String model,
    ToDoubleFunction<Results> ratio) {

  /** What cold starts and long runs use, and so do not name. */
  static final String DEFAULT_MODEL = "efficientnet-lite0";

  static Goal atMost(double limit, String what, String file, ToDoubleFunction<Results> ratio) {
    return new Goal(what, limit, true, false, file, DEFAULT_MODEL, ratio);
  }

  static Goal atLeast(double limit, String what, String file, ToDoubleFunction<Results> ratio) {
    return new Goal(what, limit, false, false, file, DEFAULT_MODEL, ratio);
  }

  /** The same of another model. */
  Goal of(String otherModel) {
    return new Goal(what, limit, lower, guarded, file, otherModel, ratio);
  }

  /** The same, watched over by {@link Check}. */
  Goal watched() {
    return new Goal(what, limit, lower, true, file, model, ratio);
  }

  /** The ratio, if it was measured: a quick run leaves some out. */
  Optional<Double> measure(ResultFolder results) {
    if (!results.has(file)) {
      return Optional.empty();
    }
    Results rows = results.read(file);
    if (!rows.hasColumn("model")) {
      return Optional.of(ratio.applyAsDouble(rows));
    }
    return rows.values("model").contains(model)
        ? Optional.of(ratio.applyAsDouble(rows.where("model", model)))
        : Optional.empty();
  }

  boolean isMet(double measured) {
    return lower ? measured <= limit : measured >= limit;
  }

  /** How much worse one figure is than another: 1.2 is a fifth worse. */
  double loss(double before, double now) {
    return lower ? now / before : before / now;
  }
}
