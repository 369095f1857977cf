package dev.bucketlens.local;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.gaul.s3proxy.blobstore.SdkResponses;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Pages of a bucket's keys as S3 makes them: by bytes, with common prefixes among the keys. */
final class KeyListing {

  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private KeyListing() {}

  /**
   * Returns the page that a request asks for.
   *
   * @param objects all of the bucket, in any order
   */
  static ListObjectsV2Response page(List<S3Object> objects, ListObjectsV2Request request) {
    NavigableMap<String, Optional<S3Object>> entries = entries(objects, request);
    String after =
        request.continuationToken() == null ? request.startAfter() : request.continuationToken();
    if (after != null) {
      entries = entries.tailMap(after, false);
    }
    int most = request.maxKeys() == null ? entries.size() : request.maxKeys();
    List<S3Object> contents = new ArrayList<>();
    List<CommonPrefix> prefixes = new ArrayList<>();
    String last = null;
    for (var entry : entries.entrySet()) {
      if (contents.size() + prefixes.size() == most) {
        return SdkResponses.objectsPage(contents, prefixes, last);
      }
      last = entry.getKey();
      entry
          .getValue()
          .ifPresentOrElse(
              contents::add, () -> prefixes.add(SdkResponses.commonPrefix(entry.getKey())));
    }
    return SdkResponses.objectsPage(contents, prefixes, null);
  }

  /** Returns keys with their objects and, if the request has a delimiter, prefixes without. */
  private static NavigableMap<String, Optional<S3Object>> entries(
      List<S3Object> objects, ListObjectsV2Request request) {
    String prefix = request.prefix() == null ? "" : request.prefix();
    String delimiter = request.delimiter() == null ? "" : request.delimiter();
    NavigableMap<String, Optional<S3Object>> entries = new TreeMap<>(BY_BYTES);
    for (S3Object object : objects) {
      String key = object.key();
      if (!key.startsWith(prefix)) {
        continue;
      }
      int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      if (end < 0) {
        entries.put(key, Optional.of(object));
      } else {
        entries.put(key.substring(0, end + delimiter.length()), Optional.empty());
      }
    }
    return entries;
  }
}
