package dev.bucketlens.lambda;

/**
 * What a setting's value may be.
 *
 * @param form how it is written
 * @param min the least number, where it is one
 * @param max the greatest
 */
public record SettingType(Form form, long min, long max) {

  /** Any text. */
  static final SettingType TEXT = new SettingType(Form.TEXT);

  /** Texts, separated by commas. */
  static final SettingType LIST = new SettingType(Form.LIST);

  /** {@code on} or {@code off}. */
  static final SettingType SWITCH = new SettingType(Form.SWITCH);

  /** A number from 0 to 1. */
  static final SettingType SHARE = new SettingType(Form.SHARE);

  /** An absolute address of the web. */
  static final SettingType ADDRESS = new SettingType(Form.ADDRESS);

  /** How a value is written. */
  public enum Form {
    TEXT,
    LIST,
    SWITCH,
    SHARE,
    ADDRESS,
    NUMBER
  }

  private SettingType(Form form) {
    this(form, 0, 0);
  }

  /** A whole number of that range, both ends included. */
  static SettingType number(long min, long max) {
    return new SettingType(Form.NUMBER, min, max);
  }

  /** The words of an error. */
  String expected() {
    return switch (form) {
      case TEXT -> "a text";
      case LIST -> "a list, separated by commas";
      case SWITCH -> "on or off";
      case SHARE -> "a number from 0 to 1";
      case ADDRESS -> "an address such as https://photos.example.com";
      case NUMBER -> "a whole number from %d to %d".formatted(min, max);
    };
  }
}
