package dev.bucketlens.deployed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The AWS and SAM command lines and the emulator, each in a Python environment of its own: their
 * requirements contradict each other.
 *
 * @param cli {@code bin} of the command lines
 * @param emulator {@code bin} of the emulator
 */
record Tools(Path cli, Path emulator) {

  /** Installs what is not there yet. */
  static Tools install(Path folder) {
    return new Tools(environment(folder, "cli"), environment(folder, "emulator"));
  }

  private static Path environment(Path folder, String name) {
    Path environment = folder.resolve(name).toAbsolutePath();
    Path wanted = Path.of(".ci", name + "-tools.txt");
    Path installed = environment.resolve("installed.txt");
    try {
      if (!Files.exists(installed) || Files.mismatch(installed, wanted) >= 0) {
        Command.run(Map.of(), List.of("python3", "-m", "venv", environment.toString()));
        Command.run(
            Map.of("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
            List.of(
                environment + "/bin/pip",
                "install",
                "--quiet",
                "--requirement",
                wanted.toString()));
        Files.deleteIfExists(installed);
        Files.copy(wanted, installed);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CommandFailedException e) {
      throw new IllegalStateException(
          "The tools of %s could not be installed; python3 with its venv and a package index are needed."
              .formatted(wanted),
          e);
    }
    return environment.resolve("bin");
  }
}
