package dev.bucketlens.bench;

import dev.bucketlens.image.Aspect;
import dev.bucketlens.image.DecodedImage;
import dev.bucketlens.image.ImageDecoder;
import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.PixelRequest;
import dev.bucketlens.image.ResizeFilter;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
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

  private static final Path PHOTO = Path.of("src/local/resources/photos/gibbon.jpg");
  private static final int SIDE = 224;
  private static final int WHITE = 0xFFFFFF;

  /** Width and height of the JPEG. */
  @Param({"4000x3000", "400x533"})
  String size;

  private byte[] jpeg;
  private ImageDecoder decoder;

  /** Enlarges a sample photo, with the grain that a camera adds. */
  @Setup(Level.Trial)
  public void setUp() throws IOException {
    ImageIO.setUseCache(false);
    int width = Integer.parseInt(size.substring(0, size.indexOf('x')));
    int height = Integer.parseInt(size.substring(size.indexOf('x') + 1));
    BufferedImage photo = scaled(ImageIO.read(PHOTO.toFile()), width, height);
    Random random = new Random(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        photo.setRGB(x, y, photo.getRGB(x, y) ^ 0x010101 * random.nextInt(4));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(photo, "jpeg", out);
    jpeg = out.toByteArray();
    decoder = ImageDecoder.open(ImageLimits.defaults());
  }

  @Benchmark
  public DecodedImage reduced() throws ImageRejectedException {
    return decoder.decode(jpeg, request(true));
  }

  @Benchmark
  public DecodedImage full() throws ImageRejectedException {
    return decoder.decode(jpeg, request(false));
  }

  @Benchmark
  public BufferedImage imageIo() throws IOException {
    return scaled(ImageIO.read(new ByteArrayInputStream(jpeg)), SIDE, SIDE);
  }

  private static PixelRequest request(boolean reduced) {
    return new PixelRequest(
        SIDE, SIDE, ResizeFilter.BILINEAR, new Aspect.Stretch(), WHITE, reduced);
  }

  private static BufferedImage scaled(BufferedImage image, int width, int height) {
    BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = target.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return target;
  }
}
