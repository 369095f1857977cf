package dev.bucketlens.bench;

import dev.bucketlens.classify.Classification;
import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifierSettings;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.image.ImageRejectedException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Photos a second from bytes to scores in one JVM, each thread with an interpreter of its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ThroughputBenchmark {
  private static final ClassifyOptions TOP_5 = ClassifyOptions.defaults().withMaxResults(5);

  @Param({"efficientnet-lite0", "efficientnet-lite0-float32"})
  String model;

  private byte[] photo;
  private Classifier classifier;

  @Setup(Level.Trial)
  public void setUp() throws Exception {
    photo = Files.readAllBytes(Settings.generated("400x533.jpg"));
    classifier =
        Classifier.open(
            Settings.model(model), new ClassifierSettings(2, 1, ImageLimits.defaults()));
  }

  @TearDown(Level.Trial)
  public void tearDown() {
    classifier.close();
  }

  @Benchmark
  @Threads(1)
  public Classification oneThread() throws ImageRejectedException {
    return classifier.classify(photo, TOP_5);
  }

  @Benchmark
  @Threads(2)
  public Classification twoThreads() throws ImageRejectedException {
    return classifier.classify(photo, TOP_5);
  }
}
