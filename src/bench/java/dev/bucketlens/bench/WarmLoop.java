package dev.bucketlens.bench;

import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.image.Aspect;
import dev.bucketlens.image.ImageDecoder;
import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.image.PixelRequest;
import dev.bucketlens.image.ResizeFilter;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;

/**
 * What {@code loop.py} is for Python: repeats one kind of work, and answers each line {@code <what>
 * <count>} with as many times in microseconds. A file is read when it is asked for anew; a count of
 * 0 does no more than that.
 *
 * <ul>
 *   <li>{@code classify MODEL}: of a file, from its bytes to its scores
 *   <li>{@code decode reduced|full|imageio}: of a file, from its bytes to a model's pixels, at the
 *       size that suits them, whole, and by the JDK's own classes
 *   <li>{@code infer MODEL THREADS}: {@code run} is one inference, {@code make} makes an
 *       interpreter of the open model
 * </ul>
 */
final class WarmLoop {
  private static final int SIDE = 224;
  private static final int WHITE = 0xFFFFFF;

  private WarmLoop() {}

  /**
   * Turns the words before a count into what is repeated; its result keeps the compiler from
   * leaving some of it out.
   */
  private interface Reader {
    Callable<?> read(String what) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "classify" -> {
        try (Classifier classifier = Classifier.open(Path.of(args[1]))) {
          ClassifyOptions top5 = ClassifyOptions.defaults().withMaxResults(5);
          serve(file -> {
            byte[] photo = bytes(file);
            return () -> classifier.classify(photo, top5);
          });
        }
      }
      case "decode" -> decode(args[1]);
      case "infer" -> {
        try (Inference inference = Inference.open(Path.of(args[1]), Integer.parseInt(args[2]))) {
          serve(what -> what.equals("make") ? inference::remake : inference::run);
        }
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void decode(String how) throws Exception {
    ImageIO.setUseCache(false);
    ImageDecoder decoder = ImageDecoder.open(ImageLimits.defaults());
    PixelRequest request =
        new PixelRequest(
            SIDE, SIDE, ResizeFilter.BILINEAR, new Aspect.Stretch(), WHITE, how.equals("reduced"));
    serve(file -> {
      byte[] photo = bytes(file);
      return how.equals("imageio") ? () -> imageIo(photo) : () -> decoder.decode(photo, request);
    });
  }

  private static BufferedImage imageIo(byte[] photo) throws IOException {
    BufferedImage pixels = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = pixels.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(ImageIO.read(new ByteArrayInputStream(photo)), 0, 0, SIDE, SIDE, null);
    graphics.dispose();
    return pixels;
  }

  private static byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(Path.of(file));
  }

  private static void serve(Reader reader) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String before = null;
    Callable<?> work = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int space = line.lastIndexOf(' ');
      String what = line.substring(0, space);
      if (!what.equals(before)) {
        work = reader.read(what);
        before = what;
      }
      StringBuilder times = new StringBuilder();
      for (int left = Integer.parseInt(line.substring(space + 1)); left > 0; left--) {
        long start = System.nanoTime();
        work.call();
        times.append((System.nanoTime() - start) / 1e3).append(' ');
      }
      System.out.println(times);
    }
  }
}
