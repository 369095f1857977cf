package dev.bucketlens.image;

import dev.bucketlens.image.colour.Background;
import dev.bucketlens.image.colour.ColourManagement;
import dev.bucketlens.image.colour.Ink;
import dev.bucketlens.image.colour.Rendering;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.format.SourceImage;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.resize.Channels;
import dev.bucketlens.image.resize.Framing;
import dev.bucketlens.image.resize.ResizeLibrary;
import dev.bucketlens.image.resize.Resizer;
import dev.bucketlens.image.resize.StoredFraming;
import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeLibrary;
import java.lang.foreign.Arena;
import java.util.ArrayList;
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
  private final ColourManagement colours = new ColourManagement();

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

  /** Whether files of a format are decoded here: all, but for those whose library was not added. */
  public boolean decodes(ImageFormat format) {
    return codecs.have(format);
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
    Budget budget = Budget.of(limits, file);
    SourceImage source = codecs.open(file, budget);
    Header header = source.header();
    budget.admit(header.width(), header.height());
    Framing framing = Framing.of(header.info(), request);
    int reduction = request.reducedDecoding() ? reduction(source, framing) : 1;
    StoredFraming stored = stored(framing, header, reduction, request.filter());
    budget.allocate(source.memory(reduction) + stored.memory(source.channels()));
    try (Arena arena = Arena.ofConfined()) {
      Ink ink = source.isInk() ? colours.ink(arena, header.iccProfile(), budget) : Ink.PLAIN;
      boolean gray =
          request.gray() && (source.isInk() || !colours.changes(header.iccProfile(), budget));
      Resizer resizer =
          Resizer.open(arena, resizing, stored, new Channels(source.channels(), gray));
      Rendering rendering = new Rendering(Background.of(request.backgroundRgb()), ink);
      List<String> damage = source.decode(reduction, rendering, resizer);
      RgbImage upright = resizer.image();
      boolean known =
          header.iccProfile().length == 0
              || (source.isInk()
                  ? ink.isProfiled()
                  : colours.convert(header.iccProfile(), upright, budget));
      List<String> warnings = known ? damage : withUnusedProfile(damage);
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

  private static StoredFraming stored(
      Framing framing, Header header, int reduction, ResizeFilter filter) {
    return StoredFraming.of(
        framing,
        header.info(),
        header.orientation(),
        SourceImage.reduced(header.width(), reduction),
        SourceImage.reduced(header.height(), reduction),
        filter);
  }

  private static List<String> withUnusedProfile(List<String> warnings) {
    List<String> more = new ArrayList<>(warnings);
    more.add("The image's colour profile cannot be used; its colours were taken as sRGB.");
    return more;
  }
}
