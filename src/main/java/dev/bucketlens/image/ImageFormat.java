package dev.bucketlens.image;

/** A format that {@link ImageDecoder} decodes, told by the file's content, never by its name. */
public enum ImageFormat {
  JPEG,
  PNG,
  WEBP,
  GIF,
  BMP,
  TIFF,
  AVIF,
  /** Where libheif was added. */
  HEIC
}
