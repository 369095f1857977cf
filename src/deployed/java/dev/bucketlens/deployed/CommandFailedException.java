package dev.bucketlens.deployed;

/** A command failed; the message has its command line and all that it printed. */
final class CommandFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  CommandFailedException(String message) {
    super(message);
  }
}
