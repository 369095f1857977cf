package dev.bucketlens.testing;

import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * The tiny models of {@code src/test/resources/models}; {@code make_test_models.py} tells of each.
 */
public final class TestModels {

  /** Width of the image that the tiny models take. */
  public static final int WIDTH = 8;

  /** Height of the image that the tiny models take. */
  public static final int HEIGHT = 6;

  private TestModels() {}

  /** Returns the file of the model of that name. */
  public static Path file(String name) {
    return resource(name + ".tflite");
  }

  /** Returns a folder of further ones. */
  public static Path folder(String name) {
    return resource(name);
  }

  private static Path resource(String name) {
    try {
      return Path.of(TestModels.class.getResource("/models/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a model that ships with the project, such as {@code efficientnet-lite0}. */
  public static Path shipped(String name) {
    return Path.of("model", name + ".tflite");
  }
}
