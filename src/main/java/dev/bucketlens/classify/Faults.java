package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong in a manifest, gathered so that one error names all of it. */
final class Faults {

  /**
   * Reads a part of the manifest.
   *
   * @param <T> what it says
   */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws ModelLoadException;
  }

  private final Path manifest;
  private final List<ModelLoadException> faults = new ArrayList<>();

  Faults(Path manifest) {
    this.manifest = manifest;
  }

  /**
   * Returns what a part says; where that is wrong, takes a note and returns a stand-in, with which
   * nothing may be done but to go on and read more.
   */
  <T> T orNote(T standIn, Reading<T> part) {
    try {
      return part.read();
    } catch (ModelLoadException e) {
      faults.add(e);
      return standIn;
    }
  }

  /** Takes notes. */
  void note(List<ModelLoadException> more) {
    faults.addAll(more);
  }

  /**
   * @throws ModelLoadException if there are notes; the message has them all
   */
  void requireNone() throws ModelLoadException {
    if (faults.size() == 1) {
      throw faults.getFirst();
    }
    if (!faults.isEmpty()) {
      ModelLoadException all =
          new ModelLoadException(
              manifest, faults.stream().map(this::problem).collect(Collectors.joining(" ")));
      faults.forEach(all::addSuppressed);
      throw all;
    }
  }

  /** Returns the sentence without the file's name, where it is of the manifest itself. */
  private String problem(ModelLoadException fault) {
    String prefix = manifest + ": ";
    String message = fault.getMessage();
    return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
  }
}
