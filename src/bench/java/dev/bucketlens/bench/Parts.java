package dev.bucketlens.bench;

import dev.bucketlens.bench.report.Csv;
import java.io.IOException;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the parts' benchmarks by JMH, and keeps each iteration as raw result. */
final class Parts {

  private Parts() {}

  public static void main(String[] args) {
    Main.run(() -> run(Settings.from(args)));
  }

  private static void run(Settings settings) throws RunnerException, IOException {
    TimeValue iteration = TimeValue.milliseconds(settings.number("iteration", 1000));
    Options options =
        new OptionsBuilder()
            .include(settings.text("include", "dev.bucketlens"))
            .forks(1)
            .warmupIterations(3)
            .warmupTime(iteration)
            .measurementIterations(settings.rounds())
            .measurementTime(iteration)
            .build();
    try (Csv csv = Csv.create(settings.csv("parts"), "benchmark,of,round,ms")) {
      for (RunResult run : new Runner(options).run()) {
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
          int round = 0;
          for (IterationResult result : fork.getIterationResults()) {
            csv.row(
                name(run.getParams()),
                of(run.getParams()),
                ++round,
                result.getPrimaryResult().getScore());
          }
        }
      }
    }
  }

  /** The method, without its class. */
  private static String name(BenchmarkParams params) {
    String name = params.getBenchmark();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String of(BenchmarkParams params) {
    return params.getParamsKeys().stream().map(params::getParam).collect(Collectors.joining(" "));
  }
}
