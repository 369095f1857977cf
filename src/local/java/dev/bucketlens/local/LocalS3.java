package dev.bucketlens.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/**
 * S3 on loopback by S3Proxy, path-style, with the credentials {@value #ACCESS_KEY} and {@value
 * #SECRET_KEY}. It takes every key that S3 takes. Each object created or removed is told to a
 * listener.
 */
public final class LocalS3 implements AutoCloseable {

  /** The one access key it accepts. */
  public static final String ACCESS_KEY = "local";

  /** The secret of {@link #ACCESS_KEY}. */
  public static final String SECRET_KEY = "local";

  private final S3Proxy proxy;

  private LocalS3(S3Proxy proxy) {
    this.proxy = proxy;
  }

  /** Starts with its objects in memory: gone when closed. */
  public static LocalS3 inMemory(int port, Consumer<ObjectChange> listener) throws IOException {
    return start(port, new TransientNio2BlobStore(), listener);
  }

  /**
   * Starts on the objects in {@code folder}, which is created when missing.
   *
   * @param port the port to listen on, 0 for any free one
   * @param listener is told of each change once it is done; must be quick and thread-safe
   */
  public static LocalS3 onDisk(int port, Path folder, Consumer<ObjectChange> listener)
      throws IOException {
    Files.createDirectories(folder);
    // Under a relative path it does not find the parts of an upload again.
    String root = folder.toAbsolutePath().normalize().toString();
    return start(port, new FilesystemNio2BlobStore(root), listener);
  }

  private static LocalS3 start(int port, BlobStore blobs, Consumer<ObjectChange> listener)
      throws IOException {
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(
                new NotifyingBlobStore(new AnyKeyBlobStore(blobs), listener, Clock.systemUTC()))
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
            .corsRules(new CrossOriginResourceSharing())
            .build();
    try {
      UploadDrain.install(proxy);
      proxy.start();
    } catch (Exception e) {
      throw new IOException("S3Proxy did not start on port " + port + ": " + e, e);
    }
    return new LocalS3(proxy);
  }

  /** The endpoint for {@code --endpoint-url}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  @Override
  public void close() throws IOException {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IOException("S3Proxy did not stop: " + e, e);
    }
  }
}
