package dev.bucketlens.api;

import java.util.List;

/** Where the pictures of a request are. */
sealed interface ImageSource {

  /** The file itself. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(byte[] file) implements ImageSource {}

  /** One address. */
  record Url(String url) implements ImageSource {}

  /** Several addresses, answered in order and each on its own. */
  record Urls(List<String> urls) implements ImageSource {

    static final int MOST = 16;

    public Urls {
      urls = List.copyOf(urls);
      if (urls.isEmpty() || urls.size() > MOST) {
        throw ApiException.invalid("urls", "a list of 1 to " + MOST + " URLs");
      }
    }
  }
}
