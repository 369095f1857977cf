package dev.bucketlens.rescore;

import java.io.IOException;

/** The upload function, called straight. Thread-safe. */
@FunctionalInterface
public interface UploadFunction {

  /**
   * Calls it and waits for its answer.
   *
   * @param event JSON
   * @return JSON
   * @throws IOException if it failed as a whole, or cannot be reached
   */
  byte[] invoke(byte[] event) throws IOException;
}
