package dev.bucketlens.bench;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What runs in one process, by JMH on the image's flags: each iteration is a round, its figure in
 * the unit that is part of the subject's name. {@code include} says which benchmarks.
 */
final class Parts {

  private Parts() {}

  static void run(Settings settings, Csv csv) throws RunnerException, IOException {
    TimeValue iteration = TimeValue.milliseconds(settings.number("iteration", 500));
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(settings.text("include", "dev.bucketlens"))
        .forks(1)
        .jvmArgs(Settings.imageFlags().toArray(String[]::new))
        .jvmArgsAppend("-Dbucketlens.native=" + Settings.natives())
        .warmupIterations(3)
        .warmupTime(iteration)
        .measurementIterations(settings.rounds())
        .measurementTime(iteration);
    for (RunResult run : new Runner(options.build()).run()) {
      for (BenchmarkResult fork : run.getBenchmarkResults()) {
        int round = 0;
        for (IterationResult result : fork.getIterationResults()) {
          csv.row(
              subject(run.getParams()),
              result.getPrimaryResult().getScoreUnit(),
              ++round,
              result.getPrimaryResult().getScore());
        }
      }
    }
  }

  /** The method without its class, threads if there are several, and parameters. */
  private static String subject(BenchmarkParams params) {
    String name = params.getBenchmark();
    Map<String, String> of = new TreeMap<>();
    params.getParamsKeys().forEach(key -> of.put(key, params.getParam(key)));
    String values = of.values().stream().collect(Collectors.joining(" "));
    return (name.substring(name.lastIndexOf('.') + 1) + " " + values).strip();
  }
}
