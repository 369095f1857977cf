package dev.bucketlens.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a JPEG to a model's pixels: ours, reduced and full, against the JDK's own classes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DecodeBenchmark {

  private static final Path PHOTO = Settings.SAMPLES.resolve("gibbon.jpg");

  /** Width and height of the JPEG. */
  @Param({"4000x3000", "400x533"})
  String size;

  private byte[] jpeg;

  /** Enlarges a sample photo, with the grain that a camera adds. */
  @Setup(Level.Trial)
  public void setUp() throws IOException {
    int width = Integer.parseInt(size.substring(0, size.indexOf('x')));
    int height = Integer.parseInt(size.substring(size.indexOf('x') + 1));
    BufferedImage photo = PhotoDecoder.scaled(ImageIO.read(PHOTO.toFile()), width, height);
    Random random = new Random(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        photo.setRGB(x, y, photo.getRGB(x, y) ^ 0x010101 * random.nextInt(4));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(photo, "jpeg", out);
    jpeg = out.toByteArray();
  }

  @Benchmark
  public Object reduced() throws Exception {
    return PhotoDecoder.REDUCED.decode(jpeg);
  }

  @Benchmark
  public Object full() throws Exception {
    return PhotoDecoder.FULL.decode(jpeg);
  }

  @Benchmark
  public Object imageIo() throws Exception {
    return PhotoDecoder.IMAGE_IO.decode(jpeg);
  }
}
