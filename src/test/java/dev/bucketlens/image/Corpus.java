package dev.bucketlens.image;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The files that {@code src/test/python/corpus.py} wrote, with what they must give. */
public record Corpus(List<Image> images, List<Reject> rejects) {

  private static final String FOLDER = "/corpus/";

  /**
   * An image.
   *
   * @param pixels name of the expected pixels at full size
   * @param tolerance largest difference of a channel
   * @param warning part of the warning that must come, if one must
   * @param truth why the expected pixels are not Pillow's, if they are not
   */
  public record Image(
      String file,
      String format,
      int width,
      int height,
      String pixels,
      int tolerance,
      String warning,
      String truth) {

    @Override
    public String toString() {
      return file;
    }
  }

  /**
   * A file that must be refused.
   *
   * @param says part of the sentence
   */
  public record Reject(String file, String code, String says) {

    @Override
    public String toString() {
      return file;
    }
  }

  public static Corpus load() {
    try {
      return JSON.std.beanFrom(Corpus.class, bytes("corpus.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a file's bytes, by its name in the corpus. */
  public static byte[] bytes(String file) {
    try (InputStream stream = Corpus.class.getResourceAsStream(FOLDER + file)) {
      if (stream == null) {
        throw new IllegalStateException(
            FOLDER + file + " is missing: run src/test/python/corpus.py");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
