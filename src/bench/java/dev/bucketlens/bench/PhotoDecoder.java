package dev.bucketlens.bench;

import dev.bucketlens.image.Aspect;
import dev.bucketlens.image.ImageDecoder;
import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.image.PixelRequest;
import dev.bucketlens.image.ResizeFilter;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;

/** From a photo's bytes to a model's pixels, here and by the JDK's own classes. */
enum PhotoDecoder {
  REDUCED {
    @Override
    Object decode(byte[] photo) throws Exception {
      return DECODER.decode(photo, request(true));
    }
  },
  FULL {
    @Override
    Object decode(byte[] photo) throws Exception {
      return DECODER.decode(photo, request(false));
    }
  },
  IMAGE_IO {
    @Override
    Object decode(byte[] photo) throws Exception {
      return scaled(ImageIO.read(new ByteArrayInputStream(photo)), SIDE, SIDE);
    }
  };

  private static final ImageDecoder DECODER = ImageDecoder.open(ImageLimits.defaults());
  private static final int SIDE = 224;
  private static final int WHITE = 0xFFFFFF;

  static {
    ImageIO.setUseCache(false);
  }

  /** Returns the pixels, so that the work cannot be optimised away. */
  abstract Object decode(byte[] photo) throws Exception;

  private static PixelRequest request(boolean reduced) {
    return new PixelRequest(
        SIDE, SIDE, ResizeFilter.BILINEAR, new Aspect.Stretch(), WHITE, reduced);
  }

  static BufferedImage scaled(BufferedImage image, int width, int height) {
    BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = target.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return target;
  }
}
