package dev.bucketlens.bench;

import dev.bucketlens.bench.RuntimeApiServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Has a function do once what it will do for its users: score an upload and a URL of every image
 * format, and answer each route. The JVM under it records its AOT cache meanwhile, or proves that
 * it can use one.
 *
 * <p>Arguments: the package folder, the working folder of the function, the project folder, a log
 * file, then the command line of the function.
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

  public static void main(String[] args) {
    Main.run(() -> run(args));
  }

  private static void run(String[] args) throws IOException, InterruptedException {
    List<String> command = List.of(args).subList(4, args.length);
    try (Backend backend = Backend.start()) {
      Map<String, String> environment = backend.environment();
      environment.put("LAMBDA_TASK_ROOT", Path.of(args[0]).toAbsolutePath().toString());
      List<String> keys = new ArrayList<>();
      for (String photo : PHOTOS) {
        keys.add(backend.put(Path.of(args[2], photo)));
      }
      try (FunctionProcess function =
          FunctionProcess.start(command, Path.of(args[1]), environment, Path.of(args[3]))) {
        function.api().awaitReady();
        for (int round = 0; round < ROUNDS; round++) {
          train(function.api(), backend, keys);
        }
        answerRoutes(function.api(), Path.of(args[2], PHOTOS.getFirst()));
        function.stop();
      }
    }
  }

  private static void train(RuntimeApiServer api, Backend backend, List<String> keys)
      throws IOException, InterruptedException {
    for (String key : keys) {
      check(api.invoke(backend.uploadEvent(key)));
      System.out.println(key + ": " + backend.takeLabel(key));
      check(api.invoke(backend.urlEvent(key)));
    }
  }

  private static void answerRoutes(RuntimeApiServer api, Path photo)
      throws IOException, InterruptedException {
    String base64 = Base64.getEncoder().encodeToString(Files.readAllBytes(photo));
    check(api.invoke(HttpRequests.post("/classify", base64)));
    for (String path : List.of("/", "/model", "/images", "/labels")) {
      check(api.invoke(HttpRequests.get(path)));
    }
  }

  private static void check(Answer answer) throws IOException {
    if (!answer.ok()) {
      throw new IOException("The function failed: " + answer.body());
    }
  }
}
