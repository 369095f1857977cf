package dev.bucketlens.classify;

import dev.bucketlens.image.ImageLimits;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What a verdict is bound to, as one hash: all that can make the same photo get another verdict.
 * That is the model file, what its manifest says of pixels and scores, its labels, which scores are
 * kept, which photos are taken at all, and this program's own pipeline.
 *
 * <p>Threads and interpreters are not in it, nor what the manifest only tells (licence, source).
 */
final class BundleHash {

  /**
   * The version of decoding, resizing and scoring. Raised by hand whenever a change gives a photo
   * other pixels or other scores: what was scored before then counts as scored by another bundle.
   */
  static final int PIPELINE_VERSION = 4;

  /** Enough to tell any two bundles apart. */
  private static final int SHORT_DIGITS = 12;

  /** Collected first: a thousand labels are a thousand small calls to a digest otherwise. */
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private final DataOutputStream out = new DataOutputStream(bytes);

  private BundleHash() {}

  /**
   * Returns the first 12 hexadecimal digits of a SHA-256 over the bundle.
   *
   * @param kept which scores are kept of each photo
   * @param heic whether HEIC is decoded here
   */
  static String of(
      ModelBundle model, ClassifierSettings settings, ClassifyOptions kept, boolean heic) {
    return of(PIPELINE_VERSION, model, settings, kept, heic);
  }

  static String of(
      int pipelineVersion,
      ModelBundle model,
      ClassifierSettings settings,
      ClassifyOptions kept,
      boolean heic) {
    BundleHash hash = new BundleHash();
    try {
      hash.out.writeInt(pipelineVersion);
      hash.add(model);
      hash.add(settings.limits());
      hash.out.writeBoolean(settings.reducedDecoding());
      hash.add(kept);
      if (heic) {
        hash.add("HEIC");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes all that is written to it", e);
    }
    byte[] digest = sha256().digest(hash.bytes.toByteArray());
    return HexFormat.of().formatHex(digest).substring(0, SHORT_DIGITS);
  }

  private void add(ModelBundle model) throws IOException {
    add(model.fileHash());
    add(model.manifestText());
    add(model.labels());
  }

  private void add(ImageLimits limits) throws IOException {
    out.writeLong(limits.maxBytes());
    out.writeLong(limits.maxPixels());
    out.writeInt(limits.maxSide());
    out.writeInt(limits.minSide());
    out.writeLong(limits.maxMemory());
    out.writeInt(limits.maxScans());
  }

  private void add(ClassifyOptions kept) throws IOException {
    out.writeInt(kept.maxResults());
    out.writeFloat(kept.minScore());
    add(sorted(kept.include()));
    add(sorted(kept.exclude()));
  }

  private void add(List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      add(text);
    }
  }

  /** With its length before it: no two lists of texts are the same bytes. */
  private void add(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static List<String> sorted(Set<String> labels) {
    return labels.stream().sorted().toList();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
