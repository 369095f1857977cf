package dev.bucketlens.container;

import dev.bucketlens.testing.FunctionProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * Has a function do once what it will do for its users: score an upload or a URL of every image
 * format, and answer each route. The JVM under it records its AOT cache meanwhile, or proves that
 * it can use one.
 *
 * <p>Arguments: {@code upload} or {@code api}, the package folder, the project folder, a log file,
 * then the command line of the function.
 */
final class Training {
  /** The second time round, what was compiled or linked late is seen as well. */
  private static final int ROUNDS = 3;

  /** The formats, and the ways of storing pixels that take other code. */
  private static final List<String> PHOTOS =
      List.of(
          "src/local/resources/photos/kitten.jpg",
          "src/local/resources/photos/gibbon.jpg",
          "src/local/resources/photos/cat.png",
          "src/local/resources/photos/red-panda.webp",
          "src/test/resources/corpus/jpeg-exif-8.jpg",
          "src/test/resources/corpus/jpeg-progressive.jpg",
          "src/test/resources/corpus/icc-display-p3.jpg",
          "src/test/resources/corpus/png-palette-alpha-8.png",
          "src/test/resources/corpus/webp-lossless-alpha.webp",
          "src/test/resources/corpus/gif-plain.gif",
          "src/test/resources/corpus/bmp-24.bmp",
          "src/test/resources/corpus/tiff-palette.tif");

  /** A request of an HTTP API, payload format 2.0: a photo is in base64 as API Gateway sends it. */
  private static final String REQUEST =
      """
      {"version": "2.0", "routeKey": "$default", "rawPath": "%2$s", "rawQueryString": "",\
       "headers": {"content-type": "image/jpeg", "accept": "*/*"},\
       "requestContext": {"domainName": "localhost", "stage": "$default",\
       "http": {"method": "%1$s", "path": "%2$s", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"}},\
       "body": "%3$s", "isBase64Encoded": true}\
      """;

  private Training() {}

  /** Ends the JVM with the run: DynamoDB Local leaves threads behind. */
  public static void main(String[] args) {
    try {
      List<String> command = List.of(args).subList(4, args.length);
      run(args[0].equals("upload"), Path.of(args[1]), Path.of(args[2]), Path.of(args[3]), command);
      System.exit(0);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(
      boolean uploads, Path folder, Path project, Path log, List<String> command) throws Exception {
    try (Backend backend = new Backend(true);
        FunctionProcess function = backend.function(command, folder, false, "", log)) {
      List<Path> photos = PHOTOS.stream().map(project::resolve).toList();
      for (Path photo : photos) {
        backend.put(photo.getFileName().toString(), photo);
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (Path photo : photos) {
          String key = photo.getFileName().toString();
          function.api().invoke(uploads ? backend.uploadEvent(key) : backend.urlEvent(key));
        }
      }
      if (!uploads) {
        byte[] photo = Files.readAllBytes(photos.getFirst());
        String base64 = Base64.getEncoder().encodeToString(photo);
        function.api().invoke(REQUEST.formatted("POST", "/classify", base64));
        for (String path : List.of("/", "/model", "/images", "/labels")) {
          function.api().invoke(REQUEST.formatted("GET", path, ""));
        }
      }
      function.stop();
    }
  }
}
