package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must be known of a model and nobody says, gathered so that one error names all of it. */
final class Unsaid {

  private final Path model;
  private final Path manifest;
  private final List<String> questions = new ArrayList<>();
  private final List<String> fields = new ArrayList<>();
  private boolean metadataHelps = true;

  /**
   * @param manifest the file in which it can be said
   */
  Unsaid(Path model, Path manifest) {
    this.model = model;
    this.manifest = manifest;
  }

  /**
   * Returns what is said; without a word, takes a note and returns a stand-in, with which nothing
   * may be done but to go on and ask for more.
   *
   * @param question what nobody says, as in "nothing says how images are resized"
   * @param field where to say it
   */
  <T> T orNote(Optional<T> said, T standIn, String question, String field) {
    if (said.isEmpty()) {
      note(question, field);
    }
    return said.orElse(standIn);
  }

  /** Takes a note. */
  void note(String question, String field) {
    questions.add(question);
    fields.add(field);
  }

  /** Takes a note of what TFLite Metadata has no field for. */
  void noteForManifest(String question, String field) {
    note(question, field);
    metadataHelps = false;
  }

  /**
   * @throws ModelLoadException if there are notes; the message has them all
   */
  void requireNothing() throws ModelLoadException {
    if (!questions.isEmpty()) {
      throw new ModelLoadException(
          model,
          "nothing says %s; set %s in %s%s."
              .formatted(
                  listed(questions),
                  listed(fields),
                  manifest.getFileName(),
                  metadataHelps ? ", or use a model with TFLite Metadata" : ""));
    }
  }

  private static String listed(List<String> parts) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.getFirst()
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }
}
