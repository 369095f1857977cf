package dev.bucketlens.deployed;

import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.regions.Region;

/**
 * The emulator with one stack, deployed as the README says but open to everybody, and shared by all
 * scenarios: each works under keys of its own and leaves its parameters as they are.
 */
final class Cloud implements AutoCloseable {
  /** sam build copies the project, all but this folder, for each function. */
  static final Path FOLDER = Path.of(".aws-sam/deployed");

  /** Of the shared stack. */
  static final Map<String, String> PARAMETERS =
      Map.of("ApiAccess", "public", "PublicPreviews", "on", "PublicUploads", "on");

  private final Tools tools;
  private final Path template;
  private final Emulator emulator;
  private final Aws aws;
  private final Stack stack;
  private final String packaged;

  private Cloud(Tools tools, Path template, Emulator emulator) {
    this.tools = tools;
    this.template = template;
    this.emulator = emulator;
    this.aws = new Aws(tools, emulator.endpoint(), Region.US_EAST_1);
    this.stack = new Stack(aws, "Bucketlens").deploy(template, PARAMETERS);
    this.packaged = stack.template();
  }

  static Cloud start() {
    Tools tools = Tools.install(FOLDER.resolve("tools"));
    Path template = Build.make(tools, FOLDER.resolve("build"));
    return new Cloud(tools, template, Emulator.start(tools, FOLDER.resolve("emulator"), Map.of()));
  }

  Stack stack() {
    return stack;
  }

  Aws aws() {
    return aws;
  }

  /** A user in another region. */
  Aws aws(Region region) {
    return new Aws(tools, emulator.endpoint(), region);
  }

  Emulator emulator() {
    return emulator;
  }

  Tools tools() {
    return tools;
  }

  /** From {@code sam build}. */
  Path template() {
    return template;
  }

  /** Its code already uploaded. */
  String packaged() {
    return packaged;
  }

  @Override
  public void close() {
    aws.close();
    emulator.close();
  }
}
