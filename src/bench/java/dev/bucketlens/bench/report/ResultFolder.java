package dev.bucketlens.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of raw results. */
record ResultFolder(Path folder) {

  boolean has(String name) {
    return Files.exists(file(name));
  }

  Results read(String name) {
    try {
      return Results.read(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(file(name) + " cannot be read", e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ".csv");
  }
}
