package dev.bucketlens.events;

/** What happened to an image, as rules name it. */
public enum EventType {
  /** It has a label that nobody was told of. */
  CLASSIFIED("Image Classified"),
  /** The same content was scored anew and has the same label. */
  RESCORED("Image Rescored"),
  /** A person said what it shows. */
  REVIEWED("Image Reviewed"),
  /** It can never be scored. */
  REJECTED("Image Rejected"),
  /** It is gone from the bucket. */
  DELETED("Image Deleted");

  private final String detailType;

  EventType(String detailType) {
    this.detailType = detailType;
  }

  /** The {@code detail-type} of the event. */
  public String detailType() {
    return detailType;
  }
}
