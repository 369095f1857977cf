package dev.bucketlens.bench;

import dev.bucketlens.ingest.EventFormatException;
import dev.bucketlens.ingest.EventReader;
import dev.bucketlens.ingest.ObjectEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a photo's way through the function consists of, beside decoding. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PartsBenchmark {
  private final EventReader reader = new EventReader();
  private String notification;
  private Inference inference;

  @Setup(Level.Trial)
  public void setUp() throws Exception {
    notification = Files.readString(Path.of("events/s3-put.json"));
    inference = Inference.open(Path.of("model/efficientnet-lite0.tflite"), 1);
  }

  @TearDown(Level.Trial)
  public void tearDown() {
    inference.close();
  }

  /** The notification of one upload, from its text. */
  @Benchmark
  public List<ObjectEvent> readEvent() throws EventFormatException {
    return reader.read(notification);
  }

  /** One run of the model, with its values going in and its scores coming out. */
  @Benchmark
  public float[] infer() {
    return inference.run();
  }
}
