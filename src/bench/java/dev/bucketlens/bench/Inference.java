package dev.bucketlens.bench;

import dev.bucketlens.engine.Interpreter;
import dev.bucketlens.engine.InterpreterSettings;
import dev.bucketlens.engine.LiteRt;
import dev.bucketlens.engine.Model;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.engine.TensorType;
import java.nio.file.Path;
import java.util.List;

/** One interpreter, and an input of zeros for it. */
public final class Inference implements AutoCloseable {
  private final Model model;
  private final InterpreterSettings settings;
  private final List<Integer> shape;
  private final Interpreter interpreter;
  private final byte[] integers;
  private final float[] reals;

  private Inference(Model model, int threads) throws ModelLoadException {
    this.model = model;
    settings = InterpreterSettings.onThreads(threads);
    shape = model.inputs().getFirst().shape().stream().map(length -> Math.max(length, 1)).toList();
    interpreter = make();
    int elements = (int) interpreter.input().elements();
    integers = new byte[elements];
    reals = new float[elements];
  }

  /** Opens a model; a batch of open length is one image. */
  public static Inference open(Path file, int threads) throws ModelLoadException {
    return new Inference(Model.open(LiteRt.load(), file), threads);
  }

  private Interpreter make() throws ModelLoadException {
    return Interpreter.create(model, settings, shape);
  }

  /** Makes one more interpreter of the open model, and closes it. */
  Object remake() throws ModelLoadException {
    try (Interpreter another = make()) {
      return another;
    }
  }

  /** Values in, one inference, scores out. */
  public float[] run() {
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
