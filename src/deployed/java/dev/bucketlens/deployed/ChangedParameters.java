package dev.bucketlens.deployed;

import java.util.Map;

/**
 * Parameters with another value than a new stack has, and the variables that functions see then.
 */
final class ChangedParameters {
  static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:alarms";

  static final String KEY = "arn:aws:kms:us-east-1:000000000000:key/of-the-bucket";

  /** Every parameter that a function reads from a variable and most others, with another value. */
  static final Map<String, String> CHANGED =
      Map.ofEntries(
          Map.entry("Model", "model/clothing.tflite"),
          Map.entry("MaxResults", "2"),
          Map.entry("MinScore", "0.25"),
          Map.entry("ExcludeLabels", "hat,shoes"),
          Map.entry("KeyPrefix", "in/"),
          Map.entry("KeySuffix", ".jpg"),
          Map.entry("MaxImageBytes", "200000"),
          Map.entry("MaxImagePixels", "12000000"),
          Map.entry("CorsOrigin", "https://photos.example.com"),
          Map.entry("UrlFetch", "off"),
          Map.entry("UrlAllowHosts", "example.com"),
          Map.entry("UrlDenyHosts", "private.example.com"),
          Map.entry("ReviewBelow", "0.5"),
          Map.entry("ReviewSample", "0.01"),
          Map.entry("PublicPreviews", "on"),
          Map.entry("PublicUploads", "on"),
          Map.entry("ShadowModel", "model/clothing.tflite"),
          Map.entry("ShadowPercent", "100"),
          Map.entry("MemorySize", "1024"),
          Map.entry("MaximumConcurrency", "7"),
          Map.entry("Tracing", "on"),
          Map.entry("Events", "on"),
          Map.entry("LogRetentionDays", "7"),
          Map.entry("BatchOperations", "on"),
          Map.entry("AlarmTopic", TOPIC),
          Map.entry("ApiAccess", "public"));

  /** What the API function sees. */
  static final Map<String, String> SEEN =
      Map.ofEntries(
          Map.entry("MODEL", "model/clothing.tflite"),
          Map.entry("MAX_RESULTS", "2"),
          Map.entry("MIN_SCORE", "0.25"),
          Map.entry("EXCLUDE_LABELS", "hat,shoes"),
          Map.entry("INCLUDE_LABELS", ""),
          Map.entry("UPLOAD_PREFIX", "in/uploads/"),
          Map.entry("MAX_IMAGE_BYTES", "200000"),
          Map.entry("MAX_IMAGE_PIXELS", "12000000"),
          Map.entry("REVIEW_BELOW", "0.5"),
          Map.entry("REVIEW_SAMPLE", "0.01"),
          Map.entry("KEY_SUFFIX", ".jpg"),
          Map.entry("API_ACCESS", "public"),
          Map.entry("PREVIEWS", "on"),
          Map.entry("UPLOADS", "on"),
          Map.entry("CORS_ORIGIN", "https://photos.example.com"),
          Map.entry("URL_FETCH", "off"),
          Map.entry("FETCH_ALLOW_HOSTS", "example.com"),
          Map.entry("FETCH_DENY_HOSTS", "private.example.com"));

  private ChangedParameters() {}
}
