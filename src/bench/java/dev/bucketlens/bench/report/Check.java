package dev.bucketlens.bench.report;

import java.nio.file.Path;

/**
 * Compares the ratios that must not get worse with the committed ones, and fails on a loss of more
 * than a fifth. Ratios of one run, so that another machine or a busy one says the same. Arguments:
 * the committed results, the new ones.
 */
final class Check {
  private static final double ALLOWED = 1.2;

  private Check() {}

  public static void main(String[] args) {
    ResultFolder committed = new ResultFolder(Path.of(args[0]));
    ResultFolder now = new ResultFolder(Path.of(args[1]));
    boolean good = true;
    for (Goal goal : Goals.ALL) {
      if (goal.guarded()) {
        double before = goal.measure(committed).orElseThrow();
        double measured = goal.measure(now).orElseThrow();
        boolean lost = goal.loss(before, measured) > ALLOWED;
        good &= !lost;
        System.out.println(
            Text.of(
                "%s: %.3f, committed %.3f%s",
                goal.what(), measured, before, lost ? " - MORE THAN 20 % WORSE" : ""));
      }
    }
    System.exit(good ? 0 : 1);
  }
}
