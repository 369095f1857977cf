package dev.bucketlens.lambda;

import dev.bucketlens.classify.ModelBundle;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.lambda.ModelSource.InS3;
import dev.bucketlens.lambda.ModelSource.InS3.Part;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The files of a model on this machine, for as long as it takes to open it. Those of S3 are read
 * into a folder of their own under the JVM's {@code java.io.tmpdir}, which is {@code /tmp} on
 * Lambda. Closing deletes them: what is mapped into memory by then stays readable, and nothing is
 * left behind by a process that ends.
 */
final class ModelFiles implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ModelFiles.class.getName());

  /** What fits in Lambda's 512 MB of {@code /tmp} with something over. */
  static final long MOST_BYTES = 400L * 1024 * 1024;

  private static final String ETAG = "[0-9a-f]{32}(-\\d+)?";

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
      read(s3, source, Part.MODEL, model);
      read(s3, source, Part.MANIFEST, manifest);
      for (String labels : ModelBundle.labelsFile(model).stream().toList()) {
        requireName(source, labels);
        read(s3, source, Part.LABELS, folder.resolve(labels));
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

  private static void read(S3Client s3, InS3 source, Part part, Path file)
      throws ModelLoadException {
    String key = source.beside(file.getFileName().toString());
    String pin = source.pin(part);
    try {
      GetObjectResponse found =
          s3.getObject(
              request(source.bucket(), key, pin),
              ResponseTransformer.unmanaged((response, body) -> receive(response, body, file)));
      LOG.log(
          Level.INFO,
          "Read s3://{0}/{1}, version {2}, ETag {3}",
          source.bucket(),
          key,
          found.versionId(),
          found.eTag());
    } catch (S3Exception e) {
      throw new ModelLoadException(file, explain(e, source, key, pin), e);
    } catch (SdkException e) {
      throw new ModelLoadException(
          file, "s3://%s/%s cannot be read: %s".formatted(source.bucket(), key, e.getMessage()), e);
    }
  }

  /**
   * A request for one content.
   *
   * @param pin its ETag or its version; empty for what the key shows
   */
  private static GetObjectRequest request(String bucket, String key, String pin) {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .overrideConfiguration(it -> it.putHeader("Connection", "close"));
    if (pin.matches(ETAG)) {
      request.ifMatch('"' + pin + '"');
    } else if (!pin.isEmpty()) {
      request.versionId(pin);
    }
    return request.build();
  }

  private static GetObjectResponse receive(
      GetObjectResponse response, AbortableInputStream body, Path file) throws IOException {
    if (response.contentLength() > MOST_BYTES) {
      body.abort();
      throw new IllegalStateException(
          "it is %d bytes long; at most %d are read."
              .formatted(response.contentLength(), MOST_BYTES));
    }
    Files.deleteIfExists(file);
    try (body) {
      if (Files.copy(body, file) < response.contentLength()) {
        throw new EOFException("body is not its " + response.contentLength() + " bytes long");
      }
    } catch (IOException e) {
      throw RetryableException.create("reading a model was cut short: " + e.getMessage(), e);
    }
    return response;
  }

  private static String explain(S3Exception e, InS3 source, String key, String pin) {
    String answer =
        "s3://%s/%s: S3 answered %d %s"
            .formatted(source.bucket(), key, e.statusCode(), e.awsErrorDetails().errorCode());
    return switch (e.statusCode()) {
      case 412 ->
          answer + "; expected the ETag %s, but another object has its place.".formatted(pin);
      case 400, 403, 404 ->
          answer
              + "; expected an object%s that the function may read. A manifest has to be there, and be it {}."
                  .formatted(pin.isEmpty() ? "" : " of the version " + pin);
      default -> answer + ".";
    };
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
