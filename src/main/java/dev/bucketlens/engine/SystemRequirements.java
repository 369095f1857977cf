package dev.bucketlens.engine;

/** What LiteRT needs of a system, said where one lacks it. */
final class SystemRequirements {

  private static final String INTEL_MAC = "macosx-x86_64";

  /** How the loader of Linux tells of a C or C++ library that is too old. */
  private static final String TOO_OLD = "version `GLIBC";

  private SystemRequirements() {}

  /**
   * Returns the error to throw when the library cannot be had.
   *
   * @param failure what was found
   * @param platform as {@link dev.bucketlens.nativelib.NativeLibrary#platform()} names it
   */
  static UnsatisfiedLinkError explain(UnsatisfiedLinkError failure, String platform) {
    String message = failure.getMessage();
    if (message.contains(TOO_OLD)) {
      return with(
          failure,
          "LiteRT needs glibc 2.34 and a libstdc++ with GLIBCXX_3.4.30 on aarch64, glibc 2.27 and"
              + " GLIBCXX_3.4.22 on x86-64: use Amazon Linux 2023 of April 2025 or newer, Debian 12"
              + " or Ubuntu 22.04.");
    }
    if (platform.equals(INTEL_MAC)) {
      return with(
          failure,
          "There is no LiteRT for Macs with Intel processors: use one with Apple silicon, or"
              + " Linux.");
    }
    return failure;
  }

  private static UnsatisfiedLinkError with(UnsatisfiedLinkError failure, String advice) {
    UnsatisfiedLinkError explained =
        new UnsatisfiedLinkError("%s %s".formatted(failure.getMessage(), advice));
    explained.initCause(failure);
    return explained;
  }
}
