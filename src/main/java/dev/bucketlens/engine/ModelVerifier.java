package dev.bucketlens.engine;

import dev.bucketlens.flatbuffer.FlatBuffer;
import dev.bucketlens.flatbuffer.MalformedException;
import dev.bucketlens.flatbuffer.Node;
import dev.bucketlens.flatbuffer.Schema;
import dev.bucketlens.flatbuffer.StructureVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Verifies a model file before LiteRT reads it: LiteRT checks nothing, and a file that was cut or
 * damaged ends the process. First that its FlatBuffer is whole, then that its parts fit each other:
 * what one names by number is there, constants have the size that their shapes say, nothing is read
 * before it is written.
 */
final class ModelVerifier {

  private static final int VERSION = 3;

  private static final Schema SCHEMA = schema();

  private final Node model;
  private final long fileBytes;

  private ModelVerifier(Node model, long fileBytes) {
    this.model = model;
    this.fileBytes = fileBytes;
  }

  /**
   * Passes if LiteRT can be given these bytes.
   *
   * @param bytes a whole model file, of which it is known that it starts as one
   * @throws ModelLoadException otherwise; the message says where the fault is
   */
  static void verify(ByteBuffer bytes, Path file) throws ModelLoadException {
    FlatBuffer buffer = new FlatBuffer(bytes);
    try {
      StructureVerifier.verify(buffer, SCHEMA, "Model");
    } catch (MalformedException e) {
      throw new ModelLoadException(
          file, "the model is damaged at %s; was it copied whole?".formatted(e.getMessage()), e);
    }
    try {
      new ModelVerifier(Node.root(buffer, SCHEMA, "Model"), bytes.limit()).verify();
    } catch (MalformedException e) {
      throw new ModelLoadException(file, "cannot be used: %s.".formatted(e.getMessage()), e);
    }
  }

  private void verify() throws MalformedException {
    if (model.uint32("version") != VERSION) {
      throw new MalformedException(
          "version: %d; expected %d, the only version of the schema that LiteRT reads"
              .formatted(model.uint32("version"), VERSION));
    }
    if (!model.children("external_buffers").isEmpty()) {
      throw new MalformedException(
          "external_buffers: weights in another file; expected a model in one file");
    }
    List<OptionalLong> buffers = buffers();
    metadata(buffers.size());
    List<OptionalInt> codes = operatorCodes();
    List<Node> nodes = model.children("subgraphs");
    if (nodes.isEmpty()) {
      throw new MalformedException("subgraphs: none; expected at least one");
    }
    List<Graph> graphs = new ArrayList<>();
    for (Node node : nodes) {
      String path = "subgraphs[%d]".formatted(graphs.size());
      graphs.add(new GraphVerifier(path, node, codes, nodes.size()).verify(buffers));
    }
    requireNoCircle(graphs);
    signatures(graphs);
  }

  /** Returns the size of each buffer that has content. */
  private List<OptionalLong> buffers() throws MalformedException {
    List<OptionalLong> sizes = new ArrayList<>();
    for (Node buffer : model.children("buffers")) {
      long inside = buffer.bytes("data").map(ByteBuffer::limit).orElse(0);
      long offset = buffer.int64("offset");
      long size = buffer.int64("size");
      // Behind the FlatBuffer, where a file is larger than its offsets reach.
      boolean behind = inside == 0 && offset > 1 && size > 1;
      if (offset < 0 || size < 0 || (behind && size > fileBytes - offset)) {
        throw new MalformedException(
            "buffers[%d]: %s bytes at %s lie beyond its %d bytes"
                .formatted(
                    sizes.size(),
                    Long.toUnsignedString(size),
                    Long.toUnsignedString(offset),
                    fileBytes));
      }
      long bytes = behind ? size : inside;
      sizes.add(bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes));
    }
    return sizes;
  }

  private void metadata(int buffers) throws MalformedException {
    List<Node> entries = model.children("metadata");
    for (int i = 0; i < entries.size(); i++) {
      References.require(
          "metadata[%d].buffer".formatted(i), entries.get(i).uint32("buffer"), "buffer", buffers);
    }
    List<Integer> numbers = model.ints("metadata_buffer");
    for (int i = 0; i < numbers.size(); i++) {
      References.require("metadata_buffer[%d]".formatted(i), numbers.get(i), "buffer", buffers);
    }
  }

  /** Returns each operator code, none for an operator that only has a name. */
  private List<OptionalInt> operatorCodes() throws MalformedException {
    List<OptionalInt> codes = new ArrayList<>();
    for (Node node : model.children("operator_codes")) {
      // Codes from 127 on have a field of their own, beside the older one of one byte.
      int code = Math.max(node.int8("deprecated_builtin_code"), node.int32("builtin_code"));
      boolean custom = code == Operators.CUSTOM;
      if (code < 0
          || code == Operators.DELEGATE
          || (custom && node.text("custom_code").isEmpty())) {
        throw new MalformedException(
            "operator_codes[%d]: %s"
                .formatted(
                    codes.size(),
                    custom ? "a custom operator without a name" : "the code " + code));
      }
      codes.add(custom ? OptionalInt.empty() : OptionalInt.of(code));
    }
    return codes;
  }

  /** LiteRT would run in circles until the stack is full. */
  private static void requireNoCircle(List<Graph> graphs) throws MalformedException {
    for (int start = 0; start < graphs.size(); start++) {
      List<Integer> reached = new ArrayList<>(graphs.get(start).calls());
      for (int i = 0; i < reached.size(); i++) {
        graphs.get(reached.get(i)).calls().stream()
            .filter(next -> !reached.contains(next))
            .forEach(reached::add);
      }
      if (reached.contains(start)) {
        throw new MalformedException("subgraphs[%d]: calls itself".formatted(start));
      }
    }
  }

  private void signatures(List<Graph> graphs) throws MalformedException {
    List<Node> signatures = model.children("signature_defs");
    for (int i = 0; i < signatures.size(); i++) {
      String path = "signature_defs[%d]".formatted(i);
      Node signature = signatures.get(i);
      if (signature.text("signature_key").isEmpty()) {
        throw new MalformedException(path + ".signature_key: none; expected a name");
      }
      long index = signature.uint32("subgraph_index");
      References.require(path + ".subgraph_index", index, "subgraph", graphs.size());
      Graph graph = graphs.get((int) index);
      named(path + ".inputs", signature.children("inputs"), graph.inputs());
      named(path + ".outputs", signature.children("outputs"), graph.outputs());
    }
  }

  private static void named(String path, List<Node> maps, List<Integer> tensors)
      throws MalformedException {
    for (int i = 0; i < maps.size(); i++) {
      Node map = maps.get(i);
      if (map.text("name").isEmpty() || !tensors.contains(map.int32("tensor_index"))) {
        throw new MalformedException(
            "%s[%d]: tensor %d by the name %s; expected a name, and one of %s"
                .formatted(
                    path,
                    i,
                    map.uint32("tensor_index"),
                    map.text("name").orElse("of nothing"),
                    tensors));
      }
    }
  }

  private static Schema schema() {
    try (InputStream stream = ModelVerifier.class.getResourceAsStream("schema.txt")) {
      return Schema.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("The schema beside this class cannot be read", e);
    }
  }
}
