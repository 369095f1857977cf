package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** New code on a running stack, and an update that fails. */
@ExtendWith(Deployed.class)
final class UpdateScenario {

  private final Cloud cloud;
  private final Stack stack;

  UpdateScenario(Cloud cloud) {
    this.cloud = cloud;
    this.stack = new Stack(cloud.aws(), "updated");
  }

  @Test
  void code_shouldReachWhatIsLive_andTheOldShouldGoOn_whenAnUpdateFails(@TempDir Path folder)
      throws IOException {
    stack.create(cloud.packaged(), Cloud.PARAMETERS);
    HttpApi api = new HttpApi(stack);
    assertThat(api.get("/model").body()).contains("\"efficientnet-lite0\"");

    String renamed = packagedWithModelNamed("renamed", folder);
    stack.update(renamed, Cloud.PARAMETERS);

    assertThat(api.get("/model").body()).contains("\"renamed\"");
    stack.change("update-stack", withoutCode(), Map.of("ApiAccess", "public", "UrlFetch", "off"));
    stack.await("UPDATE_ROLLBACK_COMPLETE");
    assertThat(api.get("/model").body()).contains("\"renamed\"");
    assertThat(
            new Functions(stack)
                .live("ApiFunction")
                .at("/Environment/Variables/URL_FETCH")
                .asText())
        .isEqualTo("on");
  }

  /** The same code but for the manifest of its model. */
  private String packagedWithModelNamed(String name, Path folder) throws IOException {
    Code code = Code.of(cloud.packaged());
    String template = cloud.packaged();
    for (String key : code.keys()) {
      Path zip = folder.resolve(key + ".zip");
      cloud.aws().s3().getObject(r -> r.bucket(code.bucket()).key(key), zip);
      try (FileSystem files =
          FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), Map.of())) {
        Path manifest = files.getPath("model/efficientnet-lite0.json");
        Files.writeString(
            manifest,
            Files.readString(manifest).replace("\"efficientnet-lite0\"", '"' + name + '"'));
      }
      cloud
          .aws()
          .s3()
          .putObject(r -> r.bucket(code.bucket()).key(name + key), RequestBody.fromFile(zip));
      template = template.replace("/" + key, "/" + name + key);
    }
    return template;
  }

  /** Of a version that nobody uploaded. */
  private String withoutCode() {
    String template = cloud.packaged();
    for (String key : Code.of(template).keys()) {
      template = template.replace("/" + key, "/missing");
    }
    return template;
  }
}
