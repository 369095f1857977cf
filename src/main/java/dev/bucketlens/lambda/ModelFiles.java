package dev.bucketlens.lambda;

import dev.bucketlens.classify.ModelBundle;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.lambda.ModelSource.InS3;
import dev.bucketlens.lambda.ModelSource.InS3.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The files of a model on this machine, for as long as it takes to open it. Those of S3 are read
 * into a folder of their own under the JVM's {@code java.io.tmpdir}, which is {@code /tmp} on
 * Lambda. Closing deletes them: what is mapped into memory by then stays readable, and nothing is
 * left behind by a process that ends.
 */
final class ModelFiles implements AutoCloseable {
  private final Path model;
  private final List<Path> downloaded;

  private ModelFiles(Path model, List<Path> downloaded) {
    this.model = model;
    this.downloaded = downloaded;
  }

  /**
   * Brings the files here.
   *
   * @throws ModelLoadException if S3 does not give them
   */
  static ModelFiles of(ModelSource source, AwsClients aws) throws ModelLoadException {
    return switch (source) {
      case ModelSource.Packaged(Path file) -> new ModelFiles(file, List.of());
      case InS3 object -> download(object, aws);
    };
  }

  /** The {@code .tflite} file; what belongs to it lies beside it. */
  Path model() {
    return model;
  }

  private static ModelFiles download(InS3 source, AwsClients aws) throws ModelLoadException {
    Path folder = makeFolder();
    Path model = folder.resolve(source.stem() + ModelSource.SUFFIX);
    Path manifest = folder.resolve(source.stem() + ".json");
    // A client of its own: those that serve events ask for credentials after a snapshot.
    try (S3Client s3 = aws.s3ForModels()) {
      ModelReader reader = new ModelReader(s3, source);
      reader.read(Part.MODEL, model);
      reader.read(Part.MANIFEST, manifest);
      for (String labels : ModelBundle.labelsFile(model).stream().toList()) {
        requireName(source, labels);
        reader.read(Part.LABELS, folder.resolve(labels));
      }
      return new ModelFiles(model, list(folder));
    } catch (ModelLoadException | RuntimeException e) {
      delete(list(folder));
      throw e;
    }
  }

  /** The right to read is given to what begins as the model, and to nothing beside it. */
  private static void requireName(InS3 source, String labels) throws ModelLoadException {
    if (!labels.startsWith(source.stem()) || labels.contains("/") || labels.contains("\\")) {
      throw new ModelLoadException(
          Path.of(source.stem() + ".json"),
          "labels is \"%s\"; of a model in S3 expected the list itself, or a file beside it whose name begins with \"%s\", such as %s.labels.txt."
              .formatted(labels, source.stem(), source.stem()));
    }
  }

  private static Path makeFolder() {
    try {
      return Files.createTempDirectory("model-");
    } catch (IOException e) {
      throw new UncheckedIOException("No folder for a model can be made", e);
    }
  }

  /** The files of the folder, and then the folder. */
  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return Stream.concat(files, Stream.of(folder)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The folder of a model cannot be read", e);
    }
  }

  private static void delete(List<Path> files) {
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // Windows deletes nothing that is mapped.
        file.toFile().deleteOnExit();
      }
    }
  }

  @Override
  public void close() {
    delete(downloaded);
  }
}
