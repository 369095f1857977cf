package dev.bucketlens.bench;

import dev.bucketlens.bench.RuntimeApi.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

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

  private Training() {}

  /** Ends the JVM with the run: DynamoDB Local leaves threads behind. */
  public static void main(String[] args) {
    try {
      run(args);
      System.exit(0);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(String[] args) throws Exception {
    boolean ofUploads = args[0].equals("upload");
    Path folder = Path.of(args[1]).toAbsolutePath();
    Path project = Path.of(args[2]);
    List<String> command = List.of(args).subList(4, args.length);
    try (Backend backend = Backend.start("https")) {
      Map<String, String> environment = backend.environment(false);
      environment.put("LAMBDA_TASK_ROOT", folder.toString());
      List<String> keys = new ArrayList<>();
      for (String photo : PHOTOS) {
        Path file = project.resolve(photo);
        keys.add(file.getFileName().toString());
        backend.put(keys.getLast(), file);
      }
      try (FunctionProcess function =
          FunctionProcess.start(command, folder, environment, Path.of(args[3]))) {
        for (int round = 0; round < ROUNDS; round++) {
          for (String key : keys) {
            invoke(function, ofUploads ? backend.uploadEvent(List.of(key)) : backend.urlEvent(key));
          }
        }
        if (!ofUploads) {
          answerRoutes(function, project.resolve(PHOTOS.getFirst()));
        }
        function.stop();
      }
    }
  }

  private static void answerRoutes(FunctionProcess function, Path photo)
      throws IOException, InterruptedException {
    String base64 = Base64.getEncoder().encodeToString(Files.readAllBytes(photo));
    invoke(function, request("POST", "/classify", base64));
    for (String path : List.of("/", "/model", "/images", "/labels")) {
      invoke(function, request("GET", path, ""));
    }
  }

  /** A request of an HTTP API, payload format 2.0: a photo is in base64 as API Gateway sends it. */
  private static String request(String method, String path, String base64) {
    return """
    {"version": "2.0", "routeKey": "$default", "rawPath": "%2$s", "rawQueryString": "",\
     "headers": {"content-type": "image/jpeg", "accept": "*/*"},\
     "requestContext": {"domainName": "localhost", "stage": "$default",\
     "http": {"method": "%1$s", "path": "%2$s", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"}},\
     "body": "%3$s", "isBase64Encoded": true}\
    """
        .formatted(method, path, base64);
  }

  private static void invoke(FunctionProcess function, String event)
      throws IOException, InterruptedException {
    Answer answer = function.api().invoke(event);
    if (!answer.ok()) {
      throw new IOException("The function failed: " + answer.body());
    }
  }
}
