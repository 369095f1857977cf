package dev.bucketlens.deployed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.regions.Region;

/**
 * What a scenario has of the emulator: the one stack that all share, deployed as the README says
 * but open to everybody, where each works under keys of its own and leaves the parameters as they
 * are; and stacks of its own, whose functions end with it.
 */
final class Cloud implements AutoCloseable {
  /** Beside what {@code sam build} makes for a user. */
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
  private final List<Stack> own = new ArrayList<>();

  private Cloud(Tools tools, Path template, Emulator emulator) {
    this.tools = tools;
    this.template = template;
    this.emulator = emulator;
    this.aws = new Aws(tools, emulator.endpoint(), Region.US_EAST_1);
    this.stack = new Stack(aws, "Bucketlens").deploy(template, PARAMETERS);
    this.packaged = stack.template();
  }

  private Cloud(Cloud shared) {
    this.tools = shared.tools;
    this.template = shared.template;
    this.emulator = shared.emulator;
    this.aws = shared.aws;
    this.stack = shared.stack;
    this.packaged = shared.packaged;
  }

  static Cloud start() {
    Tools tools = Tools.install(FOLDER.resolve("tools"));
    CompletableFuture<Emulator> emulator =
        CompletableFuture.supplyAsync(
            () -> Emulator.start(tools, FOLDER.resolve("emulator"), Map.of()));
    return new Cloud(tools, Build.make(tools, FOLDER.resolve("build")), emulator.join());
  }

  /** The same emulator and shared stack, for one scenario. */
  Cloud forScenario() {
    return new Cloud(this);
  }

  /** A stack of the scenario's own. */
  Stack stack(String name) {
    return stack(aws, name);
  }

  Stack stack(Aws region, String name) {
    own.add(new Stack(region, name));
    return own.getLast();
  }

  /** Of this scenario's own stacks: the emulator would keep a process for every version. */
  void endFunctions() {
    for (Stack it : own) {
      it.functions().forEach(emulator::end);
    }
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
