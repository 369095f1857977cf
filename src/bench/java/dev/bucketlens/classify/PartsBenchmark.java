package dev.bucketlens.classify;

import dev.bucketlens.bench.Inference;
import dev.bucketlens.engine.Interpreter;
import dev.bucketlens.engine.LiteRt;
import dev.bucketlens.engine.Model;
import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RgbImage;
import dev.bucketlens.ingest.EventFormatException;
import dev.bucketlens.ingest.EventReader;
import dev.bucketlens.ingest.ObjectEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * What a photo's way through the function consists of, beside decoding; and photos a second in one
 * JVM. In this package, because the way from pixels to values is of no other's business.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class PartsBenchmark {
  private static final ClassifyOptions TOP_5 = ClassifyOptions.defaults().withMaxResults(5);

  private final EventReader reader = new EventReader();
  private String notification;

  @Setup
  public void read() throws IOException {
    notification = Files.readString(Path.of("events/s3-put.json"));
  }

  /** A model with its classifier, an interpreter, and images for both. */
  @State(Scope.Benchmark)
  public static class Models {
    @Param({"efficientnet-lite0", "efficientnet-lite0-float32"})
    String model;

    private Inference inference;
    private Preprocessor preprocessor;
    private RgbImage pixels;
    private byte[] photo;
    private Classifier classifier;

    @Setup
    public void open() throws Exception {
      Path file = Path.of("model", model + ".tflite");
      inference = Inference.open(file, 1);
      try (Model bundled = Model.open(LiteRt.load(), file)) {
        ModelBundle bundle = ModelBundle.of(bundled);
        InputLayout layout = bundle.input().layout();
        preprocessor = new Preprocessor(bundle.input(), bundle.inputTensor());
        int bytes = 3 * layout.width() * layout.height();
        pixels = new RgbImage(layout.width(), layout.height(), new byte[bytes]);
      }
      photo = Files.readAllBytes(Path.of("target/bench/photos/400x533.jpg"));
      classifier = Classifier.open(file, new ClassifierSettings(2, 1, ImageLimits.defaults()));
    }

    @TearDown
    public void close() {
      classifier.close();
      inference.close();
    }
  }

  /** The notification of one upload, from its text. */
  @Benchmark
  public List<ObjectEvent> readEvent() throws EventFormatException {
    return reader.read(notification);
  }

  /** From pixels to the values of the input tensor. */
  @Benchmark
  public Function<Interpreter, float[]> preprocess(Models models) {
    return models.preprocessor.prepare(models.pixels);
  }

  /** One run of the model, with its values going in and its scores coming out. */
  @Benchmark
  public float[] infer(Models models) {
    return models.inference.run();
  }

  /** Photos a second from bytes to scores; each thread has an interpreter of its own. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  @Threads(1)
  public Classification oneThread(Models models) throws ImageRejectedException {
    return models.classifier.classify(models.photo, TOP_5);
  }

  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  @Threads(2)
  public Classification twoThreads(Models models) throws ImageRejectedException {
    return models.classifier.classify(models.photo, TOP_5);
  }
}
