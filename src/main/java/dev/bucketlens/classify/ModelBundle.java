package dev.bucketlens.classify;

import dev.bucketlens.tflite.ModelLoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A model file with all that is needed to use it: labels, preprocessing, meaning of its output. */
public final class ModelBundle {

  private ModelBundle() {}

  /**
   * Opens and checks the model at {@code file}, with the manifest beside it if there is one.
   *
   * @throws ModelLoadException if anything is missing or does not fit; the message names it
   */
  public static ModelBundle open(Path file) throws ModelLoadException {
    if (!Files.isRegularFile(file)) {
      throw new ModelLoadException(file, "is not a file; expected a TensorFlow Lite model.");
    }
    return new ModelBundle();
  }

  /** Returns the model's name: the manifest's, the metadata's, or the file's without its suffix. */
  public String name() {
    return "";
  }

  /** Returns the model's version, or an empty string if nothing says one. */
  public String version() {
    return "";
  }

  /** Returns the first 12 hexadecimal digits of the SHA-256 of the model file. */
  public String hash() {
    return "";
  }

  /** Returns the labels in the order of the model's output. */
  public List<String> labels() {
    return List.of();
  }
}
