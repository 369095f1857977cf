package dev.bucketlens.tflite;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;

/**
 * How {@code TfLiteXNNPackDelegateOptions} is laid out, in bytes from its start. The structure is
 * no stable interface: fields moved between releases, and a wrong offset crashes the process or
 * silently leaves quantised models on slow kernels. So a release is known or refused.
 *
 * <p>The options are made here and not by {@code TfLiteXNNPackDelegateOptionsDefault}, which
 * returns them by value: a start would spend some milliseconds on linking that one call. A test
 * compares both.
 *
 * @param release major and minor version of TensorFlow Lite
 * @param size of the structure
 * @param threads where the 32-bit number of threads is
 * @param flags where the 32-bit set of flags is
 * @param weightCache where the 32-bit descriptor of the weight cache's file is, or {@link #NONE}
 */
record XnnpackOptionsLayout(String release, int size, int threads, int flags, int weightCache) {

  /** Of a field that a release does not have. */
  static final int NONE = -1;

  /**
   * Kernels for signed and for unsigned 8-bit models: QS8 and QU8, off by default in 2.18 and on in
   * 2.21.
   */
  private static final int QUANTIZED_KERNELS = 1 | 2;

  private static final int NO_FILE = -1;

  private static final List<XnnpackOptionsLayout> KNOWN =
      List.of(
          new XnnpackOptionsLayout("2.18", 32, 0, 4, NONE),
          new XnnpackOptionsLayout("2.21", 56, 0, 8, 40));

  /**
   * Returns the layout of the release that {@code version} belongs to.
   *
   * @throws UnsatisfiedLinkError if the release is unknown
   */
  static XnnpackOptionsLayout of(String version, Path library) {
    return KNOWN.stream()
        .filter(layout -> version.startsWith(layout.release + "."))
        .findFirst()
        .orElseThrow(
            () ->
                new UnsatisfiedLinkError(
                    "%s is TensorFlow Lite %s, of which the layout of XNNPACK's options is not known; use one of %s."
                        .formatted(
                            library,
                            version,
                            KNOWN.stream().map(XnnpackOptionsLayout::release).toList())));
  }

  /** Returns the default options, with this number of threads and kernels for every model. */
  MemorySegment options(int threadCount, Arena arena) {
    MemorySegment options = arena.allocate(size, Long.BYTES);
    options.set(ValueLayout.JAVA_INT, threads, threadCount);
    options.set(ValueLayout.JAVA_INT, flags, QUANTIZED_KERNELS);
    if (weightCache != NONE) {
      options.set(ValueLayout.JAVA_INT, weightCache, NO_FILE);
    }
    return options;
  }
}
