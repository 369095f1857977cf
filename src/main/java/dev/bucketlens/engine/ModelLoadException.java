package dev.bucketlens.engine;

import java.nio.file.Path;

/**
 * A model cannot be used: its file is missing, broken or unsupported, or what was said about it
 * does not fit it. The message is one sentence for the person who chose the model; it names the
 * file, what was expected and what was found.
 */
public final class ModelLoadException extends Exception {

  /**
   * @param file the file at fault: the model, or a manifest or label file beside it
   * @param problem what is wrong with it, with what was expected and what was found
   */
  public ModelLoadException(Path file, String problem) {
    super(file + ": " + problem);
  }

  /** As {@link #ModelLoadException(Path, String)}, with what revealed the problem. */
  public ModelLoadException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
