package dev.bucketlens.api;

import dev.bucketlens.results.PageKey;
import dev.bucketlens.results.ResultQuery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * Turns the place where a page ended into an opaque text and back. The text is signed together with
 * the filters of its query, so it is good for that query alone. It names the last item seen rather
 * than a number of items, so writes in between neither repeat nor skip anything older.
 */
final class Cursor {

  private static final int MAC_BYTES = 16;
  private static final String SEPARATOR = "\u0000";

  private final byte[] key;

  Cursor(String secret) {
    this.key = Digests.utf8("bucketlens cursor " + secret);
  }

  String write(PageKey place, ResultQuery query) {
    List<String> parts =
        place.sort() == null
            ? List.of(place.partition())
            : List.of(place.partition(), place.sort(), place.image());
    byte[] text = Digests.utf8(String.join(SEPARATOR, parts));
    byte[] mac = mac(text, query);
    byte[] both = Arrays.copyOf(mac, MAC_BYTES + text.length);
    System.arraycopy(text, 0, both, MAC_BYTES, text.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(both);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws ApiException 400 if it did not, or for a query with other filters
   */
  PageKey read(String cursor, ResultQuery query) {
    byte[] both;
    try {
      both = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
    byte[] text = Arrays.copyOfRange(both, Math.min(MAC_BYTES, both.length), both.length);
    byte[] mac = Arrays.copyOf(both, MAC_BYTES);
    if (!MessageDigest.isEqual(mac, mac(text, query))) {
      throw foreign();
    }
    String[] parts = new String(text, StandardCharsets.UTF_8).split(SEPARATOR, -1);
    return parts.length == 1
        ? new PageKey(parts[0], null, null)
        : new PageKey(parts[0], parts[1], parts[2]);
  }

  private byte[] mac(byte[] place, ResultQuery query) {
    String filters =
        String.join(
            SEPARATOR,
            Objects.toString(query.label(), ""),
            Objects.toString(query.minScore(), ""),
            Objects.toString(query.status(), ""),
            Objects.toString(query.prefix(), ""),
            Objects.toString(query.day(), ""),
            Objects.toString(query.review(), ""),
            "");
    return Arrays.copyOf(Digests.hmac(key, Digests.utf8(filters), place), MAC_BYTES);
  }

  private static ApiException foreign() {
    return new ApiException(
        400,
        "INVALID_CURSOR",
        "\"cursor\" must be one that this query answered, with the same filters.");
  }
}
