package dev.bucketlens.classify;

import dev.bucketlens.testing.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lays a model out in a folder with a manifest of the test's own. */
record BundleFolder(Path folder) {

  /** What the tiny colour models need to be told. */
  static final String MANIFEST =
      """
      {"labels": ["red", "green", "blue"],
       "input": {"resize": "bilinear", "aspect": "stretch", "range": [0, 1]},
       "output": {"type": "probabilities"}}
      """;

  /** Copies a tiny model, without a manifest. */
  Path model(String name) throws IOException {
    return Files.copy(TestModels.file(name), folder.resolve(name + ".tflite"));
  }

  /** Copies a tiny model and writes its manifest. */
  Path model(String name, String manifest) throws IOException {
    Files.writeString(folder.resolve(name + ".json"), manifest);
    return model(name);
  }

  /** Writes another file beside the model. */
  void write(String name, String content) throws IOException {
    Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }
}
