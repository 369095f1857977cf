package dev.bucketlens.bench;

import dev.bucketlens.engine.Interpreter;
import dev.bucketlens.engine.InterpreterOptions;
import dev.bucketlens.engine.LiteRt;
import dev.bucketlens.engine.Model;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.engine.TensorType;
import java.nio.file.Path;
import java.util.List;

/** One interpreter, and an input of zeros for it. */
final class Inference implements AutoCloseable {
  private final Model model;
  private final Interpreter interpreter;
  private final byte[] integers;
  private final float[] reals;

  private Inference(Model model, Interpreter interpreter) {
    this.model = model;
    this.interpreter = interpreter;
    int elements = (int) interpreter.input().elements();
    integers = new byte[elements];
    reals = new float[elements];
  }

  /** Opens a model; a batch of open length is one image. */
  static Inference open(Path file, int threads) throws ModelLoadException {
    Model model = Model.open(LiteRt.load(), file);
    List<Integer> shape =
        model.inputs().getFirst().shape().stream().map(length -> Math.max(length, 1)).toList();
    return new Inference(
        model, Interpreter.create(model, InterpreterOptions.onThreads(threads), shape));
  }

  /** Values in, one inference, scores out. */
  float[] run() {
    return interpreter.input().type() == TensorType.FLOAT32
        ? interpreter.run(reals)
        : interpreter.run(integers);
  }

  @Override
  public void close() {
    interpreter.close();
    model.close();
  }
}
