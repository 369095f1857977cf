package dev.bucketlens.flatbuffer;

/**
 * A buffer's content does not hang together. The message says where and how, without a full stop.
 */
public final class MalformedException extends Exception {

  /** Says where and how. */
  public MalformedException(String message) {
    super(message);
  }
}
