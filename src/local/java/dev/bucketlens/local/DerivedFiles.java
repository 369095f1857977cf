package dev.bucketlens.local;

import java.io.IOException;
import java.nio.file.Files;

/**
 * {@code mvn -Pimage-template}: writes what follows from {@code template.yaml} and the table of
 * settings, which is {@code image-template.yaml} and the two tables of README.
 */
final class DerivedFiles {

  private DerivedFiles() {}

  /** Writes them. */
  public static void main(String[] args) throws IOException {
    Files.writeString(
        ImageTemplate.TARGET, ImageTemplate.of(Files.readString(ImageTemplate.SOURCE)));
    Files.writeString(
        SettingsTables.README, SettingsTables.in(Files.readString(SettingsTables.README)));
  }
}
