package dev.bucketlens.deployed;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** A photo of 12 megapixels, which takes a function a while. */
final class LargePhoto {
  private LargePhoto() {}

  /** Progressive, interlaced and compressed where the format has it. */
  static byte[] in(String format) throws IOException {
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
      writer.write(null, new IIOImage(gradient(4000, 3000), null, null), how);
    }
    writer.dispose();
    return file.toByteArray();
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
}
