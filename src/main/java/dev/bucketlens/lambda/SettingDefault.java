package dev.bucketlens.lambda;

/**
 * What counts where a variable is not set, or is empty.
 *
 * @param value as it would be written in the variable; empty if nothing written says it
 * @param words what counts then, for people; empty for nothing at all
 */
public record SettingDefault(String value, String words) {

  /** Nothing. */
  static final SettingDefault NONE = new SettingDefault("", "");

  static final SettingDefault ON = value("on");
  static final SettingDefault OFF = value("off");

  /** This value. */
  static SettingDefault value(String value) {
    return new SettingDefault(value, "");
  }

  /** Likewise. */
  static SettingDefault value(long value) {
    return value(Long.toString(value));
  }

  /** What the program or the template finds out. */
  static SettingDefault found(String words) {
    return new SettingDefault("", words);
  }
}
