package dev.bucketlens.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a form as browsers do. */
public final class MultipartBody {

  private static final String BOUNDARY = "----boundary0123456789";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  public MultipartBody field(String name, String value) {
    begin("name=\"" + name + "\"");
    text(value + "\r\n");
    return this;
  }

  public MultipartBody file(String name, String fileName, byte[] content) {
    begin("name=\"" + name + "\"; filename=\"" + fileName + "\"");
    bytes.writeBytes(content);
    text("\r\n");
    return this;
  }

  public String contentType() {
    return "multipart/form-data; boundary=" + BOUNDARY;
  }

  public byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(bytes.toByteArray());
    whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return whole.toByteArray();
  }

  private void begin(String disposition) {
    text("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n");
  }

  private void text(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
