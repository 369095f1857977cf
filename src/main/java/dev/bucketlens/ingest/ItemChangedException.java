package dev.bucketlens.ingest;

/** The item changed between the look at it and the write; looking again sorts it out. */
final class ItemChangedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ItemChangedException(String image) {
    super("the item of " + image + " changed while the object was read");
  }
}
