package dev.bucketlens.local;

import dev.bucketlens.lambda.ApiHandler;
import dev.bucketlens.lambda.ApiWiring;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.core.sync.RequestBody;

/** The local cloud on free ports and an empty folder, for as long as a test class runs. */
final class RunningCloud implements BeforeAllCallback, AfterAllCallback {
  private final Map<String, String> options = new HashMap<>();
  private Path data;
  private LocalCloud cloud;

  RunningCloud() {
    this(Map.of());
  }

  /** With options as {@code mvn -Plocal} takes them. */
  RunningCloud(Map<String, String> more) {
    options.putAll(Map.of("s3.port", "0", "dynamodb.port", "0", "http.port", "0"));
    options.putAll(more);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    data = Files.createTempDirectory("cloud");
    options.put("data", data.toString());
    cloud = LocalCloud.start(Options.from(options));
  }

  LocalCloud get() {
    return cloud;
  }

  URI http() {
    return cloud.http();
  }

  /** An API on this cloud, with settings of its own beside where it finds things. */
  ApiHandler api(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("BUCKET", LocalCloud.BUCKET);
    environment.put("TABLE", LocalCloud.TABLE);
    environment.put("FETCH_ALLOW_NETWORKS", "127.0.0.1/32");
    return new ApiHandler(ApiWiring.around(cloud.app(), environment));
  }

  /** Uploads, and waits for no event. */
  void put(String key, byte[] bytes) {
    cloud
        .app()
        .s3()
        .putObject(r -> r.bucket(LocalCloud.BUCKET).key(key), RequestBody.fromBytes(bytes));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    cloud.close();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
