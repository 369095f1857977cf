package dev.bucketlens.image;

import dev.bucketlens.image.colour.Background;
import dev.bucketlens.image.colour.IccProfile;
import dev.bucketlens.image.colour.SrgbConversion;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.format.SourceImage;
import dev.bucketlens.image.resize.Framing;
import dev.bucketlens.image.resize.ResizeLibrary;
import dev.bucketlens.image.resize.Resizer;
import dev.bucketlens.image.resize.StoredFraming;
import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeLibrary;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Objects;

/**
 * Turns the bytes of any common image file into upright RGB pixels at the size a model wants,
 * within fixed limits. Thread-safe; one decoder serves the whole process, and there is nothing to
 * close: the native libraries stay loaded.
 */
public final class ImageDecoder {

  /** Our own library's. */
  private static final String[] FILE_NAMES = {"libbucketlens.so", "libbucketlens.dylib"};

  private final ImageLimits limits;
  private final Codecs codecs;
  private final ResizeLibrary resizing;

  private ImageDecoder(ImageLimits limits, Codecs codecs, ResizeLibrary resizing) {
    this.limits = limits;
    this.codecs = codecs;
    this.resizing = resizing;
  }

  /**
   * Loads the native libraries and opens a decoder.
   *
   * @throws UnsatisfiedLinkError if one is not found or does not load; the message lists the places
   *     that were tried
   */
  public static ImageDecoder open(ImageLimits limits) {
    Objects.requireNonNull(limits, "limits");
    LoadedLibrary bucketlens = LoadedLibrary.load(NativeLibrary.find(FILE_NAMES));
    ResizeLibrary resizing = new ResizeLibrary(bucketlens);
    return new ImageDecoder(limits, Codecs.load(bucketlens), resizing);
  }

  /**
   * Decodes and resizes one image. The limits are checked from the header, before memory is taken
   * for pixels.
   *
   * @param file the whole file; its content decides the format
   * @throws ImageRejectedException if the file can never be classified: not an image, damaged, or
   *     beyond the limits
   */
  public DecodedImage decode(byte[] file, PixelRequest request) throws ImageRejectedException {
    Objects.requireNonNull(request, "request");
    LimitCheck check = new LimitCheck(limits);
    check.bytes(file);
    SourceImage source = codecs.open(file, limits);
    Header header = source.header();
    check.size(header);
    Framing framing = Framing.of(header.info(), request);
    int reduction = request.reducedDecoding() ? reduction(source, framing) : 1;
    StoredFraming stored =
        StoredFraming.of(
            framing,
            header.info(),
            header.orientation(),
            SourceImage.reduced(header.width(), reduction),
            SourceImage.reduced(header.height(), reduction),
            request.filter());
    check.memory(source.memory(reduction) + stored.memory(source.channels()));
    try (Arena arena = Arena.ofConfined()) {
      Resizer resizer = Resizer.open(arena, resizing, stored, source.channels());
      List<String> warnings =
          source.decode(reduction, Background.of(request.backgroundRgb()), resizer);
      RgbImage upright = resizer.image();
      convertToSrgb(header, upright);
      return new DecodedImage(framing.place(upright, request), header.info(), warnings);
    }
  }

  /** The part that is resized must keep at least as many pixels as the result has. */
  private static int reduction(SourceImage source, Framing framing) {
    Header header = source.header();
    ImageInfo info = header.info();
    double width = (double) framing.width() * info.width() / framing.partWidth();
    double height = (double) framing.height() * info.height() / framing.partHeight();
    return header.orientation().swapsAxes()
        ? source.reduction(height, width)
        : source.reduction(width, height);
  }

  private static void convertToSrgb(Header header, RgbImage image) {
    IccProfile.read(header.iccProfile())
        .map(SrgbConversion::new)
        .filter(conversion -> !conversion.changesNothing())
        .ifPresent(conversion -> conversion.convert(image.pixels()));
  }
}
