package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.flatbuffer.FlatBuffer;
import dev.bucketlens.flatbuffer.FlatBuffer.Table;
import dev.bucketlens.flatbuffer.MalformedException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Reads TFLite Metadata: a FlatBuffer that lies, under a name, among the buffers of the model's own
 * FlatBuffer. The numbers are the positions of fields in {@code schema.fbs} and {@code
 * metadata_schema.fbs}; only what a classifier of images needs is read.
 */
final class MetadataReader {

  private static final String BUFFER_NAME = "TFLITE_METADATA";
  private static final String IDENTIFIER = "M001";

  private static final int MODEL_BUFFERS = 4;
  private static final int MODEL_METADATA = 6;
  private static final int ENTRY_NAME = 0;
  private static final int ENTRY_BUFFER = 1;
  private static final int BUFFER_DATA = 0;

  private static final int NAME = 0;
  private static final int VERSION = 2;
  private static final int SUBGRAPHS = 3;
  private static final int SUBGRAPH_INPUTS = 2;
  private static final int SUBGRAPH_OUTPUTS = 3;

  private final ModelFile file;
  private final int output;

  private MetadataReader(ModelFile file, int output) {
    this.file = file;
    this.output = output;
  }

  /**
   * Reads the metadata, or {@link Metadata#NONE} if the model has none.
   *
   * @param output the index of the output that counts
   * @throws ModelLoadException if there is metadata but it is damaged
   */
  static Metadata read(ModelFile file, int output) throws ModelLoadException {
    try {
      return new MetadataReader(file, output).read();
    } catch (MalformedException e) {
      throw new ModelLoadException(
          file.path(), "its TFLite Metadata is damaged: %s.".formatted(e.getMessage()), e);
    }
  }

  private Metadata read() throws MalformedException, ModelLoadException {
    Optional<ByteBuffer> buffer = metadataBuffer(new FlatBuffer(file.bytes()).root());
    if (buffer.isEmpty()) {
      return Metadata.NONE;
    }
    FlatBuffer metadata = new FlatBuffer(buffer.get());
    if (!metadata.hasIdentifier(IDENTIFIER)) {
      throw new MalformedException("it does not carry the identifier " + IDENTIFIER);
    }
    return describe(metadata.root());
  }

  private static Optional<ByteBuffer> metadataBuffer(Table model) throws MalformedException {
    for (Table entry : model.tables(MODEL_METADATA)) {
      if (entry.string(ENTRY_NAME).filter(BUFFER_NAME::equals).isPresent()) {
        List<Table> buffers = model.tables(MODEL_BUFFERS);
        int index = entry.int32(ENTRY_BUFFER);
        if (index < 0 || index >= buffers.size()) {
          throw new MalformedException("it is said to be in buffer " + index + ", which is none");
        }
        return buffers.get(index).bytes(BUFFER_DATA);
      }
    }
    return Optional.empty();
  }

  private Metadata describe(Table root) throws MalformedException, ModelLoadException {
    List<Table> subgraphs = root.tables(SUBGRAPHS);
    Optional<Table> input = tensor(subgraphs, SUBGRAPH_INPUTS, 0);
    Optional<Table> scores = tensor(subgraphs, SUBGRAPH_OUTPUTS, output);
    return new Metadata(
        root.string(NAME).filter(name -> !name.isBlank()),
        root.string(VERSION).filter(version -> !version.isBlank()),
        input.isEmpty() ? InputMetadata.NONE : InputMetadata.of(input.get()),
        scores.isEmpty() ? OutputMetadata.NONE : OutputMetadata.of(scores.get(), file.path()));
  }

  private static Optional<Table> tensor(List<Table> subgraphs, int field, int index)
      throws MalformedException {
    return subgraphs.isEmpty()
        ? Optional.empty()
        : subgraphs.getFirst().tables(field).stream().skip(index).findFirst();
  }
}
