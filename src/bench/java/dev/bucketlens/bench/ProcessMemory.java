package dev.bucketlens.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Linux's figures of a process' memory, with what it shares with other processes. */
record ProcessMemory(Path folder) {
  private static final String RESET_PEAK = "5";

  static ProcessMemory of(long pid) {
    return new ProcessMemory(Path.of("/proc/" + pid));
  }

  double residentMegabytes() throws IOException {
    return megabytes("VmRSS:");
  }

  /** The most that was resident since the start, or since {@link #forgetPeak}. */
  double peakMegabytes() throws IOException {
    return megabytes("VmHWM:");
  }

  void forgetPeak() throws IOException {
    Files.writeString(folder.resolve("clear_refs"), RESET_PEAK);
  }

  private double megabytes(String field) throws IOException {
    for (String line : Files.readAllLines(folder.resolve("status"))) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException(folder + "/status has no " + field);
  }
}
