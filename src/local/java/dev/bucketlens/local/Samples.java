package dev.bucketlens.local;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Status;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import software.amazon.awssdk.core.sync.RequestBody;

/** The sample photos, put into the bucket as a user would and awaited in the table. */
final class Samples {

  /** Stands for a phone's photo: 12 million pixels. */
  private static final int LARGE_WIDTH = 4000;

  private static final String LARGE_SOURCE = "gibbon.jpg";

  private final LocalCloud cloud;

  Samples(LocalCloud cloud) {
    this.cloud = cloud;
  }

  /**
   * What became of one photo.
   *
   * @param result empty if none came
   * @param elapsed from before the upload until nothing was left in the queue
   */
  record Scored(String key, Optional<ImageResult> result, Duration elapsed) {

    boolean classified() {
      return result.filter(r -> r.status() == Status.CLASSIFIED).isPresent();
    }
  }

  /** One photo as it is put into the bucket. */
  @SuppressWarnings("ArrayRecordComponent") // uploaded at once, never compared
  private record Photo(String key, byte[] bytes) {}

  /** Uploads the photos one after the other and waits for each. */
  List<Scored> score() throws IOException, InterruptedException {
    List<Scored> scored = new ArrayList<>();
    for (Photo photo : photos()) {
      scored.add(score(photo));
    }
    return scored;
  }

  private Scored score(Photo photo) throws InterruptedException {
    long start = System.nanoTime();
    cloud
        .app()
        .s3()
        .putObject(
            request -> request.bucket(LocalCloud.BUCKET).key(photo.key()),
            RequestBody.fromBytes(photo.bytes()));
    cloud.queue().awaitEmpty();
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    String image = ImageResult.imageOf(LocalCloud.BUCKET, photo.key());
    return new Scored(photo.key(), cloud.app().results().find(image), elapsed);
  }

  private static List<Photo> photos() throws IOException {
    List<Photo> photos = new ArrayList<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      photos.add(new Photo("samples/" + name, Files.readAllBytes(file)));
      if (name.equals(LARGE_SOURCE)) {
        photos.add(new Photo("samples/gibbon, 12 megapixels.jpg", enlarged(file)));
      }
    }
    return photos;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(Samples.class.getResource("/photos").toURI()))) {
      return files.filter(file -> !file.toString().endsWith(".md")).sorted().toList();
    } catch (URISyntaxException e) {
      throw new IOException("The sample photos are not in a folder", e);
    }
  }

  private static byte[] enlarged(Path file) throws IOException {
    BufferedImage photo = ImageIO.read(file.toFile());
    int height = Math.round((float) LARGE_WIDTH * photo.getHeight() / photo.getWidth());
    BufferedImage large = new BufferedImage(LARGE_WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = large.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(photo, 0, 0, LARGE_WIDTH, height, null);
    graphics.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(large, "jpg", jpeg);
    return jpeg.toByteArray();
  }
}
