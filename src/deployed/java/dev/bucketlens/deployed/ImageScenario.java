package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The template of the container image makes its stack, fitted to the emulator as {@link Build} does
 * it. Its functions are not called here: the emulator starts an image by Docker only.
 */
@ExtendWith(Deployed.class)
final class ImageScenario {
  private static final String IMAGE = "000000000000.dkr.ecr.us-east-1.amazonaws.com/bucketlens:1";

  private final Stack stack;

  ImageScenario(Cloud cloud) {
    this.stack = cloud.stack("image");
  }

  @Test
  void stack_shouldHaveBothFunctionsOfTheImage() throws IOException {
    String template =
        Build.withoutMath(Files.readString(Path.of("image-template.yaml")))
            .replace("MaximumConcurrency: !Ref MaximumConcurrency", "MaximumConcurrency: 2")
            .replaceAll("!Select \\[0, !Split \\[\"://\", (!Ref \\w+)]]", "$1");

    stack.create(template, Map.of("Image", IMAGE, "MaxResults", "2"));

    Functions functions = new Functions(stack);
    Map.of("UploadFunction", "upload", "ApiFunction", "api")
        .forEach((name, command) -> {
          JsonNode live = functions.live(name);
          assertThat(live.get("PackageType").asText()).isEqualTo("Image");
          assertThat(live.at("/ImageConfigResponse/ImageConfig/Command/0").asText())
              .isEqualTo("@/function/" + command + ".options");
          assertThat(live.at("/Environment/Variables/MAX_RESULTS").asText()).isEqualTo("2");
        });
    assertThat(stack.output("Bucket")).isNotEmpty();
  }
}
