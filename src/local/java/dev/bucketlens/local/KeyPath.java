package dev.bucketlens.local;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Where in a folder the object of a key lies. A key of S3 is any text: {@code a}, {@code a/},
 * {@code a//b}, {@code A/b} and {@code a/../b} are different ones, and a part of it may be longer
 * than the name of a file. So a key becomes a name that no file system folds together, shortens or
 * resolves:
 *
 * <ul>
 *   <li>small letters, digits and {@code . _ -} stand for themselves, but no name begins with a
 *       dot;
 *   <li>every other byte of the key in UTF-8, a slash too, is {@code %} and two digits;
 *   <li>a name that grows too long goes on in a folder, whose own name ends with {@code +}.
 * </ul>
 */
final class KeyPath {

  /** Characters of a name: 255 with what S3Proxy puts before the parts of an upload. */
  private static final int LONGEST_NAME = 200;

  private static final String CONTINUED = "+/";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private KeyPath() {}

  /**
   * Returns the relative path of a key's object, with slashes. The paths of all keys that begin
   * with a prefix begin with the path of that prefix.
   */
  static String of(String key) {
    StringBuilder path = new StringBuilder();
    int name = 0;
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      if (name >= LONGEST_NAME) {
        path.append(CONTINUED);
        name = 0;
      }
      String character = isPlain(b, name == 0) ? Character.toString(b) : "%" + HEX.toHexDigits(b);
      path.append(character);
      name += character.length();
    }
    return path.toString();
  }

  private static boolean isPlain(byte b, boolean first) {
    return (b >= 'a' && b <= 'z')
        || (b >= '0' && b <= '9')
        || b == '_'
        || b == '-'
        || (b == '.' && !first);
  }

  /** Returns the key whose object lies at a path; of a path that is no key's, any text. */
  static String key(String path) {
    String name = path.replace(CONTINUED, "");
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    for (int at = 0; at < name.length(); at++) {
      if (isEscape(name, at)) {
        key.write(HexFormat.fromHexDigits(name, at + 1, at + 3));
        at += 2;
      } else {
        key.write(name.charAt(at));
      }
    }
    return key.toString(StandardCharsets.UTF_8);
  }

  private static boolean isEscape(String name, int at) {
    return name.charAt(at) == '%'
        && at + 2 < name.length()
        && HexFormat.isHexDigit(name.charAt(at + 1))
        && HexFormat.isHexDigit(name.charAt(at + 2));
  }
}
