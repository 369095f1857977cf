package dev.bucketlens.image;

/**
 * How pixels are resampled. All but {@link #TF_BILINEAR} are Pillow's {@code Image.resize} (and so
 * what {@code keras.utils.load_img} does): when shrinking, the filter's support grows with the
 * scale, so that every source pixel counts.
 */
public enum ResizeFilter {
  NEAREST,
  BILINEAR,
  BICUBIC,
  /** Pillow's {@code BOX}: the mean of the covered pixels. */
  AREA,
  LANCZOS3,
  /**
   * {@code tf.image.resize(method="bilinear", antialias=False)} with half-pixel centres: four
   * neighbours, however small the result.
   */
  TF_BILINEAR
}
