package dev.bucketlens.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names what lies in the place of a model, a manifest or a list of labels, by how it starts: what
 * was never fetched or never unpacked, or is the model of another library. A start asks it of good
 * files too, so that it goes without regular expressions.
 */
public final class FoundFile {

  /** Enough for the name of the first file of an archive, and for what stands before a page. */
  private static final int START_BYTES = 256;

  private static final String ARCHIVE = "PK\3\4";

  /** Where the first entry of an archive has its name. */
  private static final int ARCHIVE_NAME = 30;

  private static final String KERAS = "`convert` of model/README.md makes a .tflite of it";
  private static final String PYTORCH =
      "a PyTorch model; export it as a .tflite with litert-torch (once ai-edge-torch)";

  /** How files of a kind start, read as ISO 8859-1, and what they are. */
  private record Kind(String start, String name) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "version https://git-lfs.github.com/spec/",
              "a Git LFS pointer, which stands for the file; fetch the file itself with `git lfs"
                  + " pull`"),
          new Kind(
              "\u001F\u008B",
              "a file compressed by gzip; unpack it with `gunzip`, or `tar -xzf` if it is a"
                  + " .tar.gz"),
          new Kind(ARCHIVE + "metadata.json", "a Keras model; " + KERAS),
          new Kind(ARCHIVE + "config.json", "a Keras model; " + KERAS),
          new Kind(ARCHIVE, "a zip archive; unpack it, and take the file that is in it"),
          new Kind("\u0089HDF\r\n", "a Keras model in HDF5; " + KERAS),
          new Kind("\u0080\2", PYTORCH),
          new Kind("\b\1\22", "the graph of a SavedModel; of its folder, " + KERAS),
          new Kind("\u00FF\u00FE", "a text in UTF-16; save it as UTF-8"),
          new Kind("\u00FE\u00FF", "a text in UTF-16; save it as UTF-8"));

  /** Of an ONNX file, behind its version: the field that follows. */
  private static final String ONNX_FIELDS = "\22\32\42\52\62\72\102";

  private static final int FIRST_ONNX_VERSION = 3;
  private static final int LAST_ONNX_VERSION = 31;

  private FoundFile() {}

  /**
   * Returns what a file is and what to do about it, such as {@code a Git LFS pointer, …; fetch the
   * file itself with `git lfs pull`}.
   *
   * @param content the file, or its first 256 bytes
   * @return empty if nothing is known that starts so
   */
  public static Optional<String> name(ByteBuffer content) {
    int length = Math.min(content.limit(), START_BYTES);
    String start = ISO_8859_1.decode(content.slice(0, length)).toString();
    String known = start.startsWith(ARCHIVE) ? ofArchive(start) : start;
    for (Kind kind : KINDS) {
      if (known.startsWith(kind.start())) {
        return Optional.of(kind.name());
      }
    }
    return isOnnx(start)
        ? Optional.of("an ONNX model; convert it to TensorFlow Lite, such as by onnx2tf")
        : ofMarkup(start);
  }

  /** Returns the archive's mark and then the name of its first file; PyTorch's own mark for its. */
  private static String ofArchive(String start) {
    String name = start.substring(Math.min(start.length(), ARCHIVE_NAME));
    return name.contains("/data.pkl") || name.contains("/.format_version")
        ? "\u0080\2"
        : ARCHIVE + name;
  }

  private static boolean isOnnx(String start) {
    return start.length() > 2
        && start.charAt(0) == '\b'
        && start.charAt(1) >= FIRST_ONNX_VERSION
        && start.charAt(1) <= LAST_ONNX_VERSION
        && ONNX_FIELDS.indexOf(start.charAt(2)) >= 0;
  }

  private static Optional<String> ofMarkup(String start) {
    int bracket = start.indexOf('<');
    boolean first =
        bracket >= 0 && start.substring(0, bracket).replace("\u00EF\u00BB\u00BF", "").isBlank();
    if (!first) {
      return Optional.empty();
    }
    String markup = start.substring(bracket).toLowerCase(Locale.ROOT);
    if (markup.startsWith("<!doctype html") || markup.startsWith("<html")) {
      return Optional.of(
          "a web page; download the file itself, which GitHub has behind \"Raw\" and others behind"
              + " \"Download\"");
    }
    return markup.startsWith("<?xml")
        ? Optional.of(
            "an XML document, as servers send in place of a file that they refuse; download it"
                + " again")
        : Optional.empty();
  }
}
