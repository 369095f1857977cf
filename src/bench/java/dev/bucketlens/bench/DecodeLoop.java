package dev.bucketlens.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** Decodes a file again and again. Argument: the decoder. */
final class DecodeLoop {

  private DecodeLoop() {}

  public static void main(String[] args) throws Exception {
    PhotoDecoder decoder = PhotoDecoder.valueOf(args[0]);
    Orders.serve(
        file -> {
          byte[] photo = Files.readAllBytes(Path.of(file));
          return () -> decoder.decode(photo);
        });
  }
}
