package dev.bucketlens.rescore;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * {@code mvn -Prescore -Dstack=NAME -Drate=20}: scores again what a deployed stack's table has from
 * other bundles.
 */
public final class Main {

  private Main() {}

  /** Exits 0 when nothing is left to do, 1 when something failed or nothing could begin. */
  public static void main(String[] args) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(args), out));
  }

  /** Takes the stack's name and the rate. */
  static int run(List<String> arguments, PrintStream out) throws InterruptedException {
    if (arguments.size() != 2 || arguments.getFirst().isBlank()) {
      out.println("Which stack? mvn -Prescore -Dstack=NAME [-Drate=PHOTOS_PER_SECOND]");
      return 1;
    }
    try (DeployedStack stack = new DeployedStack(arguments.getFirst())) {
      String hash = stack.modelHash();
      out.println("Bundle " + hash);
      Report report =
          new Rescoring(stack.results(), hash, stack, Rescoring.rate(arguments.get(1)), out).run();
      report.lines().forEach(out::println);
      return report.isComplete() ? 0 : 1;
    } catch (IOException | SdkException | IllegalArgumentException e) {
      out.println(e.getMessage());
      return 1;
    }
  }
}
