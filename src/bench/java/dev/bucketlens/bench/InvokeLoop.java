package dev.bucketlens.bench;

import java.nio.file.Path;

/** What {@code invoke.c} is in C: one inference again and again. Argument: the model. */
final class InvokeLoop {

  private InvokeLoop() {}

  public static void main(String[] args) throws Exception {
    try (Inference inference = Inference.open(Path.of(args[0]))) {
      Orders.serve(_ -> inference::run);
    }
  }
}
