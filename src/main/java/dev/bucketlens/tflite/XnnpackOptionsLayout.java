package dev.bucketlens.tflite;

import java.nio.file.Path;
import java.util.List;

/**
 * Where {@code TfLiteXNNPackDelegateOptions} keeps what is set here, in bytes from its start. The
 * structure is no stable interface: fields moved between releases, and a wrong offset crashes the
 * process or silently leaves quantised models on slow kernels. So a release is known or refused.
 *
 * @param release major and minor version of TensorFlow Lite
 * @param threads where the 32-bit number of threads is
 * @param flags where the 32-bit set of flags is
 */
record XnnpackOptionsLayout(String release, long threads, long flags) {

  private static final List<XnnpackOptionsLayout> KNOWN =
      List.of(new XnnpackOptionsLayout("2.18", 0, 4), new XnnpackOptionsLayout("2.21", 0, 8));

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
}
