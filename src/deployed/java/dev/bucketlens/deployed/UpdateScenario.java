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
import software.amazon.awssdk.services.s3.model.Bucket;

/** New code on a running stack, an update that fails, and a first deploy that does. */
@ExtendWith(Deployed.class)
final class UpdateScenario {

  /** A resource that cannot be made, once bucket and table are there. */
  private static final String BROKEN =
      """
      Resources:
        Broken:
          Type: AWS::Lambda::EventInvokeConfig
          DependsOn: [Images, Results]
          Properties: {FunctionName: nobody, Qualifier: live}
      """;

  private final Cloud cloud;
  private final Stack stack;

  UpdateScenario(Cloud cloud) {
    this.cloud = cloud;
    this.stack = cloud.stack("updated");
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
    stack.change(
        "update-stack",
        Code.missing(cloud.packaged()),
        Map.of("ApiAccess", "public", "UrlFetch", "off"));
    stack.await("UPDATE_ROLLBACK_COMPLETE");
    assertThat(api.get("/model").body()).contains("\"renamed\"");
    assertThat(
            new Functions(stack)
                .live("ApiFunction")
                .at("/Environment/Variables/URL_FETCH")
                .asText())
        .isEqualTo("on");
  }

  @Test
  void firstDeploy_shouldLeaveNothingBehind_whenItIsRolledBack() {
    Stack failed = cloud.stack("failed");

    failed.change(
        "create-stack", cloud.packaged().replaceFirst("(?m)^Resources:\n", BROKEN), Map.of());
    failed.await("ROLLBACK_COMPLETE");

    assertThat(cloud.aws().s3().listBuckets().buckets())
        .extracting(Bucket::name)
        .doesNotContain(failed.events().made("Images"))
        .contains(cloud.stack().output("Bucket"));
    assertThat(cloud.aws().dynamoDb().listTables().tableNames())
        .doesNotContain(failed.events().made("Results"))
        .contains(cloud.stack().output("Table"));
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
        // Not every function has models.
        if (Files.exists(manifest)) {
          Files.writeString(
              manifest,
              Files.readString(manifest).replace("\"efficientnet-lite0\"", '"' + name + '"'));
        }
      }
      cloud
          .aws()
          .s3()
          .putObject(r -> r.bucket(code.bucket()).key(name + key), RequestBody.fromFile(zip));
      template = template.replace("/" + key, "/" + name + key);
    }
    return template;
  }
}
