package dev.bucketlens.classify;

import dev.bucketlens.engine.Interpreter;
import dev.bucketlens.engine.LiteRt;
import dev.bucketlens.engine.Model;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.image.RgbImage;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From pixels to the values of the input tensor. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PreprocessBenchmark {
  @Param({"efficientnet-lite0", "efficientnet-lite0-float32"})
  String model;

  private Preprocessor preprocessor;
  private RgbImage pixels;

  @Setup(Level.Trial)
  public void setUp() throws ModelLoadException {
    try (Model file = Model.open(LiteRt.load(), Path.of("model", model + ".tflite"))) {
      ModelBundle bundle = ModelBundle.of(file);
      InputSpec input = bundle.input();
      preprocessor = new Preprocessor(input, bundle.inputTensor());
      pixels =
          new RgbImage(
              input.layout().width(),
              input.layout().height(),
              new byte[3 * input.layout().width() * input.layout().height()]);
    }
  }

  @Benchmark
  public Function<Interpreter, float[]> preprocess() {
    return preprocessor.prepare(pixels);
  }
}
