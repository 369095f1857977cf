package dev.bucketlens.deployed;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Where a packaged template says that its functions' code lies.
 *
 * @param bucket of all of them
 * @param keys one for each different package
 */
record Code(String bucket, Set<String> keys) {
  private static final Pattern ADDRESS = Pattern.compile("CodeUri\"?: \"?s3://([^/]+)/(\\w+)");

  static Code of(String template) {
    Matcher addresses = ADDRESS.matcher(template);
    Set<String> keys = new TreeSet<>();
    String bucket = null;
    while (addresses.find()) {
      bucket = addresses.group(1);
      keys.add(addresses.group(2));
    }
    if (bucket == null) {
      throw new IllegalStateException("The template names no code in a bucket: " + template);
    }
    return new Code(bucket, keys);
  }

  /** The template, with code that nobody uploaded. */
  static String missing(String template) {
    String missing = template;
    for (String key : of(template).keys()) {
      missing = missing.replace("/" + key, "/missing");
    }
    return missing;
  }

  /** To a bucket of the same name in another cloud. */
  void copy(Aws from, Aws to) {
    to.s3().createBucket(r -> r.bucket(bucket));
    for (String key : keys) {
      byte[] code = from.s3().getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray();
      to.s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(code));
    }
  }
}
