package dev.bucketlens.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the parts of a {@code multipart/form-data} body (RFC 7578) apart. */
final class Multipart {

  private static final int MOST_PARTS = 32;
  private static final Pattern BOUNDARY =
      Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))");
  private static final Pattern NAME = Pattern.compile("(?i);\\s*name=\"([^\"]*)\"");
  private static final Pattern FILE_NAME = Pattern.compile("(?i);\\s*filename\\*?=");

  /**
   * One part.
   *
   * @param name of the form field
   * @param isFile whether it came with a file name
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(String name, boolean isFile, byte[] content) {}

  private final byte[] body;
  private final byte[] delimiter;

  private Multipart(byte[] body, String boundary) {
    this.body = body;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns the parts in order.
   *
   * @throws ApiException 400 if the body is not what its type says
   */
  static List<Part> parse(ApiRequest request) {
    Matcher boundary = BOUNDARY.matcher(request.header("content-type"));
    if (!boundary.find()) {
      throw malformed("the content type names no boundary");
    }
    String text = boundary.group(1) != null ? boundary.group(1) : boundary.group(2);
    return new Multipart(request.body(), text).parts();
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    int start = firstPart();
    while (!startsWith("--", start)) {
      int headers = indexOf("\r\n", start) + 2;
      int end = indexOf(delimiter, headers);
      if (headers < 2 || end < 0 || parts.size() == MOST_PARTS) {
        throw malformed(end < 0 ? "the last boundary is missing" : "there are too many parts");
      }
      parts.add(part(headers, end));
      start = end + delimiter.length;
    }
    return parts;
  }

  /** The first delimiter stands without the line break that comes before the others. */
  private int firstPart() {
    byte[] first = Arrays.copyOfRange(delimiter, 2, delimiter.length);
    if (Arrays.equals(body, 0, Math.min(first.length, body.length), first, 0, first.length)) {
      return first.length;
    }
    int preamble = indexOf(delimiter, 0);
    if (preamble < 0) {
      throw malformed("the boundary does not appear");
    }
    return preamble + delimiter.length;
  }

  private Part part(int start, int end) {
    int blank = indexOf("\r\n\r\n", start);
    if (blank < 0 || blank > end) {
      throw malformed("a part has no headers");
    }
    String headers = new String(body, start, blank - start, StandardCharsets.UTF_8);
    for (String line : headers.lines().toList()) {
      Matcher name = NAME.matcher(line);
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:") && name.find()) {
        byte[] content = Arrays.copyOfRange(body, Math.min(blank + 4, end), end);
        return new Part(name.group(1), FILE_NAME.matcher(line).find(), content);
      }
    }
    throw malformed("a part has no name");
  }

  private boolean startsWith(String text, int at) {
    return indexOf(text, at) == at;
  }

  private int indexOf(String text, int from) {
    return indexOf(text.getBytes(StandardCharsets.ISO_8859_1), from);
  }

  private int indexOf(byte[] pattern, int from) {
    for (int i = from; i <= body.length - pattern.length; i++) {
      if (Arrays.equals(body, i, i + pattern.length, pattern, 0, pattern.length)) {
        return i;
      }
    }
    return -1;
  }

  private static ApiException malformed(String why) {
    return new ApiException(
        400, "INVALID_MULTIPART", "The body is no multipart/form-data: " + why + ".");
  }
}
