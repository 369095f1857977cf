package dev.bucketlens.nativelib;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the file of a native library for the platform this JVM runs on. The order is fixed:
 *
 * <ol>
 *   <li>the folder named by the system property {@value #PROPERTY}, and then nothing else: a wrong
 *       override must not be papered over;
 *   <li>beside the code: {@code native/<platform>/} next to {@code lib/} (the Lambda package) or
 *       next to {@code classes/} (a build folder);
 *   <li>the class path, as the resource {@code /native/<platform>/<file>}, which is copied to a
 *       fresh private folder because the system linker only loads files.
 * </ol>
 *
 * A failure lists every place that was tried.
 */
public final class NativeLibrary {

  /** System property that names a folder with the native libraries of this platform. */
  public static final String PROPERTY = "bucketlens.native";

  private NativeLibrary() {}

  /**
   * Finds the first of {@code fileNames} that exists.
   *
   * @param fileNames file names by preference; the same library is named differently on Linux and
   *     on macOS. A {@code *} stands for any characters, such as a hash that each build of a
   *     library has another one of; a name with one is looked for in folders only
   * @return the library's file, readable by the system linker
   * @throws UnsatisfiedLinkError if no place has it; the message lists the attempts
   */
  public static Path find(String... fileNames) {
    return find(System.getProperty(PROPERTY), codeLocation(), List.of(fileNames));
  }

  /**
   * Finds a library that need not be there: in the folder of the override, or beside the code.
   *
   * @param fileNames as for {@link #find}
   */
  public static Optional<Path> locate(String... fileNames) {
    String override = System.getProperty(PROPERTY);
    Path folder = override != null ? Path.of(override) : besideCode(codeLocation());
    return inFolder(folder, List.of(fileNames), new ArrayList<>());
  }

  static Path find(String override, Path codeLocation, List<String> fileNames) {
    List<String> attempts = new ArrayList<>();
    Optional<Path> found =
        override != null
            ? inFolder(Path.of(override), fileNames, attempts)
            : inFolder(besideCode(codeLocation), fileNames, attempts)
                .or(() -> onClassPath(fileNames, attempts));
    return found.orElseThrow(() ->
        new UnsatisfiedLinkError(
            "Native library %s for %s not found. Tried: %s. Build with `mvn package`, or name its folder with -D%s=<folder>."
                .formatted(
                    String.join(" or ", fileNames),
                    platform(),
                    String.join("; ", attempts),
                    PROPERTY)));
  }

  /** Returns the platform's folder name, such as {@code linux-x86_64} or {@code macosx-aarch64}. */
  public static String platform() {
    return platform(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static String platform(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system =
        os.startsWith("mac") ? "macosx" : os.startsWith("windows") ? "windows" : "linux";
    String arch =
        switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "arm64", "aarch64" -> "aarch64";
          default -> osArch;
        };
    return system + "-" + arch;
  }

  private static Optional<Path> inFolder(
      Path folder, List<String> fileNames, List<String> attempts) {
    for (String fileName : fileNames) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, fileName)) {
        Iterator<Path> found = files.iterator();
        if (found.hasNext()) {
          return Optional.of(found.next().toAbsolutePath());
        }
        attempts.add(folder.toAbsolutePath() + "/" + fileName);
      } catch (IOException | DirectoryIteratorException e) {
        attempts.add(folder.toAbsolutePath() + "/" + fileName + " (" + e + ")");
      }
    }
    return Optional.empty();
  }

  /**
   * {@code lib/bucketlens.jar} and {@code classes/} both have {@code native/} as a sibling of them.
   */
  private static Path besideCode(Path codeLocation) {
    Path folder = Files.isDirectory(codeLocation) ? codeLocation : codeLocation.getParent();
    return folder.resolveSibling("native").resolve(platform());
  }

  private static Optional<Path> onClassPath(List<String> fileNames, List<String> attempts) {
    for (String fileName : fileNames) {
      String resource = "/native/" + platform() + "/" + fileName;
      try (InputStream stream = NativeLibrary.class.getResourceAsStream(resource)) {
        if (stream != null) {
          return Optional.of(copyToPrivateFolder(stream, fileName));
        }
      } catch (IOException e) {
        attempts.add("class path " + resource + " (" + e + ")");
        continue;
      }
      attempts.add("class path " + resource);
    }
    return Optional.empty();
  }

  private static Path copyToPrivateFolder(InputStream stream, String fileName) throws IOException {
    Path folder = Files.createTempDirectory("bucketlens-native");
    Path file = folder.resolve(fileName);
    Files.copy(stream, file);
    file.toFile().deleteOnExit();
    folder.toFile().deleteOnExit();
    return file;
  }

  private static Path codeLocation() {
    URI location;
    try {
      location = NativeLibrary.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The code's own location is not a URI", e);
    }
    return Path.of(location);
  }
}
