package dev.bucketlens.api;

import dev.bucketlens.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The document that tells S3 what an upload from a browser may do. */
final class PostPolicy {

  private PostPolicy() {}

  /** Returns a policy that fixes the bucket and every field, and bounds the file's length. */
  static String write(String bucket, Map<String, String> fields, long maxBytes, Instant expiresAt) {
    List<Object> conditions = new ArrayList<>();
    conditions.add(Map.of("bucket", bucket));
    fields.forEach((name, value) -> conditions.add(Map.of(name, value)));
    conditions.add(List.of("content-length-range", 1, maxBytes));
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("expiration", expiresAt.truncatedTo(ChronoUnit.SECONDS).toString());
    policy.put("conditions", conditions);
    return Json.write(policy);
  }
}
