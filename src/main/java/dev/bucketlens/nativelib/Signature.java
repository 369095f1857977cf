package dev.bucketlens.nativelib;

import java.util.List;

/**
 * The signature of a C function, as its header declares it: {@code returns(INT).takes(POINTER,
 * UINT)}. A call is held against it; how the call is made is {@link NativeFunction}'s.
 *
 * @param result what it returns
 * @param parameters what it takes, in order; six at most
 */
public record Signature(CType result, List<CType> parameters) {

  private static final int MOST = 6;

  /** Checks what {@link NativeFunction} can call. */
  public Signature {
    parameters = List.copyOf(parameters);
    if (parameters.size() > MOST) {
      throw new IllegalArgumentException(
          "A native function takes at most %d parameters; found %d."
              .formatted(MOST, parameters.size()));
    }
  }

  /** A function without parameters. */
  public static Signature returns(CType result) {
    return new Signature(result, List.of());
  }

  /** The same result, of these parameters. */
  public Signature takes(CType... types) {
    return new Signature(result, List.of(types));
  }
}
