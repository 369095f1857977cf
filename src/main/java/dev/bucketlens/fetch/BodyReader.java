package dev.bucketlens.fetch;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * Reads a response body up to a limit. The limit counts bytes after decompression, so a compressed
 * bomb ends where a plain one does. Only one layer of gzip is undone: some servers send it although
 * they were asked not to, and none sends more by accident.
 *
 * <p>What is refused half-way is not read on: the caller ends the connection.
 */
final class BodyReader {

  private final int maxBytes;

  BodyReader(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  byte[] read(ClassicHttpResponse response) throws FetchException, IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    if (entity.getContentLength() > maxBytes) {
      throw tooLarge();
    }
    try (InputStream body = decoded(new Undrained(entity.getContent()), response)) {
      return readLimited(body);
    } catch (ZipException e) {
      throw new FetchException(
          FetchError.UNSUPPORTED_ENCODING, "The server's answer is said to be gzip and is not.", e);
    }
  }

  /** The client's own streams, when closed, read the rest of their body first, however long. */
  private static final class Undrained extends FilterInputStream {

    Undrained(InputStream body) {
      super(body);
    }

    @Override
    public void close() {
      // Who asked ends the connection.
    }
  }

  private byte[] readLimited(InputStream body) throws FetchException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 * 1024];
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      if (read > maxBytes - bytes.size()) {
        throw tooLarge();
      }
      bytes.write(buffer, 0, read);
    }
    return bytes.toByteArray();
  }

  private static InputStream decoded(InputStream body, ClassicHttpResponse response)
      throws FetchException, IOException {
    Header[] encodings = response.getHeaders(HttpHeaders.CONTENT_ENCODING);
    String encoding =
        encodings.length == 0 ? "identity" : encodings[0].getValue().toLowerCase(Locale.ROOT);
    if (encodings.length <= 1) {
      switch (encoding.strip()) {
        case "identity", "" -> {
          return body;
        }
        case "gzip", "x-gzip" -> {
          return new GZIPInputStream(body);
        }
        default -> {}
      }
    }
    throw new FetchException(
        FetchError.UNSUPPORTED_ENCODING,
        "The server compressed its answer although it was asked not to.");
  }

  private FetchException tooLarge() {
    return new FetchException(
        FetchError.TOO_LARGE, "The answer is longer than " + maxBytes + " bytes.");
  }
}
