package dev.bucketlens.local;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes {@code image-template.yaml}, which deploys the functions as a container image, out of
 * {@code template.yaml}, which deploys them as a zip. Nothing else differs.
 */
final class ImageTemplate {
  static final Path SOURCE = Path.of("template.yaml");
  static final Path TARGET = Path.of("image-template.yaml");

  private static final String HEAD =
      "# Made from template.yaml by mvn -Pimage-template; a test compares the two. Change that"
          + " one.\n";

  private static final String IMAGE_PARAMETER =
      """
        Image:
          Type: String
          MinLength: 1
          Description: The address of the pushed image, such as 123456789012.dkr.ecr.eu-central-1.amazonaws.com/bucketlens:1.
      """;

  private String text;

  private ImageTemplate(String text) {
    this.text = text;
  }

  /**
   * Returns the template of the image.
   *
   * @throws IllegalArgumentException if {@code template} lacks what is to be replaced
   */
  static String of(String template) {
    ImageTemplate image = new ImageTemplate(template);
    image.replace(", SnapStart, ", ", Image, ");
    image.replace("  SnapStart:\\n    Type: String\\n(    .*\\n)+", IMAGE_PARAMETER);
    image.replace("  HasSnapStart: .*\\n", "");
    // What a managed runtime is told, and an image knows.
    image.replace("    Runtime: .*\\n", "");
    image.replace("    SnapStart:\\n      ApplyOn: .*\\n", "");
    image.replace("/var/task/native/", "/function/native/");
    image.replace(" SnapStart: !Ref SnapStart\\n", " Image: !Ref Image\n");
    image.replace("    Metadata:\\n      BuildMethod: makefile\\n      ContextPath: .*\\n", "");
    image.function("UploadHandler", "upload");
    image.function("ApiHandler", "api");
    image.function("EventsHandler", "events");
    return HEAD + image.text;
  }

  private void function(String handler, String options) {
    replace(
        "      CodeUri: \\.\\n      Handler: dev\\.bucketlens\\.lambda\\." + handler + "\\n",
        """
              PackageType: Image
              ImageUri: !Ref Image
              ImageConfig: { Command: ["@/function/%s.options"] }
        """
            .formatted(options));
  }

  private void replace(String pattern, String replacement) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    if (!found.find()) {
      throw new IllegalArgumentException(
          SOURCE + " has nothing like \"" + pattern + "\"; the image's template needs it");
    }
    text = found.replaceAll(replacement);
  }
}
