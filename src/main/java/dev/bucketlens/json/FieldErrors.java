package dev.bucketlens.json;

import java.util.Collection;

/**
 * The words and the exception of a room for fields that it cannot take.
 *
 * @param <X> the exception
 */
public interface FieldErrors<X extends Exception> {

  /**
   * A field is not what it should be.
   *
   * @param path where it is, such as {@code input.width}
   * @param found its value
   * @param expected in words, to follow "expected" or "must be"
   */
  X wrong(String path, Object found, String expected);

  /**
   * A field has a name that means nothing here.
   *
   * @param known the names that would
   */
  default X unknown(String path, Collection<String> known) {
    return wrong(path, null, "one of " + String.join(", ", known));
  }
}
