package dev.bucketlens.lambda;

import dev.bucketlens.ingest.Invocation;
import java.util.Map;

/** A way in which a caller hands over events and wants to be answered. */
interface Dialect {

  /** Whether {@code event} is of this dialect. */
  boolean speaks(Map<String, Object> event);

  /**
   * Works off the event.
   *
   * @return the answer as a JSON object; empty for none
   * @throws UploadFailedException if the caller is to deliver the whole event again
   */
  Map<String, Object> answer(Map<String, Object> event, Invocation invocation)
      throws InterruptedException;
}
