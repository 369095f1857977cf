package dev.bucketlens.results;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;

/**
 * One attempt to write a result. The item keeps the one that succeeded: a write whose answer was
 * lost, and that is sent again, finds its own item by it and nobody else's.
 *
 * @param requestId of the invocation that it was made in, as in the function's log
 * @param id no other attempt's, even in one invocation and one millisecond
 */
public record Attempt(String requestId, String id) {
  private static final int ID_BYTES = 8;

  /** Both parts are needed. */
  public Attempt {
    Objects.requireNonNull(requestId, "requestId");
    Objects.requireNonNull(id, "id");
  }

  /** A new attempt in this invocation. */
  public static Attempt of(String requestId) {
    byte[] random = new byte[ID_BYTES];
    new SecureRandom().nextBytes(random);
    return new Attempt(requestId, HexFormat.of().formatHex(random));
  }
}
