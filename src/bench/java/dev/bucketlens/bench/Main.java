package dev.bucketlens.bench;

/** Runs a benchmark and ends the JVM with it: DynamoDB Local leaves threads behind. */
final class Main {

  private Main() {}

  /** What a benchmark does. */
  interface Benchmark {
    void run() throws Exception;
  }

  static void run(Benchmark benchmark) {
    try {
      benchmark.run();
      System.exit(0);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }
}
