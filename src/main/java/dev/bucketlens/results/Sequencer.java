package dev.bucketlens.results;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The order of the events of one S3 key: of two events the one with the greater sequencer happened
 * later. Says nothing about events of different keys.
 *
 * <p>S3 sends hexadecimal text of varying length and has it compared as text after the shorter one
 * is padded with zeros on the right. Padding all of them to one length up front lets the table
 * compare them too.
 *
 * @param value {@value #LENGTH} upper case hexadecimal digits
 */
public record Sequencer(String value) implements Comparable<Sequencer> {
  /** More than twice what S3 sends today, and still far from costing a write unit. */
  static final int LENGTH = 40;

  private static final Pattern HEX = Pattern.compile("[0-9A-F]{1," + LENGTH + "}");

  /** Takes a sequencer as S3 sends it, or one that is padded already. */
  public Sequencer {
    String digits = value.toUpperCase(Locale.ROOT);
    if (!HEX.matcher(digits).matches()) {
      throw new IllegalArgumentException(
          "sequencer has "
              + value.length()
              + " characters; expected 1 to "
              + LENGTH
              + " hex digits");
    }
    value = digits + "0".repeat(LENGTH - digits.length());
  }

  @Override
  public int compareTo(Sequencer other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
