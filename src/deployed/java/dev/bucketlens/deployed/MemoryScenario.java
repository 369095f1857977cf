package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The smallest function, with the heap that Lambda allows it and under the kernel's limit: large
 * photos of every format, ten at once, do not end its process.
 */
@ExtendWith(Deployed.class)
final class MemoryScenario {

  private final Cloud cloud;

  MemoryScenario(Cloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void batchOfTen_shouldNotEndTheProcess_whenPhotosAreLarge() throws IOException {
    Stack stack =
        new Stack(cloud.aws(), "small").create(cloud.packaged(), Map.of("MemorySize", "512"));
    Photos photos = new Photos(stack);
    BufferedImage large = gradient(4000, 3000);
    List<String> keys = new ArrayList<>();
    for (String format : List.of("jpeg", "png", "tiff", "gif", "bmp")) {
      byte[] file = write(large, format);
      for (int i = 0; i < 2; i++) {
        keys.add("%s-%d".formatted(format, i));
        photos.put(keys.getLast(), file);
      }
    }

    for (String key : keys) {
      assertThat(photos.await(key, it -> it.containsKey("status")).get("status").s())
          .as(key)
          .isIn("CLASSIFIED", "REJECTED");
    }
    assertThat(cloud.emulator().says("Runtime exited")).as("a process was ended").isFalse();
  }

  /** Compresses well, so that the file is below the limit of its size. */
  private static BufferedImage gradient(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return image;
  }

  /** Progressive, interlaced and compressed where the format has it. */
  private static byte[] write(BufferedImage image, String format) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    if (how.canWriteProgressive()) {
      how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    if (format.equals("tiff")) {
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionType("Deflate");
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    }
    writer.dispose();
    return file.toByteArray();
  }
}
