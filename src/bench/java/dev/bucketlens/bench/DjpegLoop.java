package dev.bucketlens.bench;

import java.io.IOException;
import java.util.List;

/**
 * Has libjpeg-turbo's own program decode a file again and again, at an eighth of its size. Each
 * time is that of a process, its start included.
 */
final class DjpegLoop {

  private DjpegLoop() {}

  public static void main(String[] args) throws Exception {
    Orders.serve(file -> () -> decode(file));
  }

  private static void decode(String file) throws IOException, InterruptedException {
    List<String> command = List.of("djpeg", "-scale", "1/8", "-outfile", "/dev/null", file);
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("djpeg ended with " + code + " on " + file);
    }
  }
}
