package dev.bucketlens.engine;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The codes of the operators that need more than tensors. */
final class Operators {

  /** An operator that has a name in the place of a code. */
  static final int CUSTOM = 32;

  /** Operators that run subgraphs. Without the table that says which, LiteRT takes the first. */
  private static final Map<Integer, String> CALLING =
      Map.ofEntries(
          Map.entry(31, "CallOptions"),
          Map.entry(118, "IfOptions"),
          Map.entry(119, "WhileOptions"),
          Map.entry(129, "CallOnceOptions"),
          Map.entry(174, "StablehloReduceOptions"),
          Map.entry(190, "StablehloScatterOptions"),
          Map.entry(198, "StablehloReduceWindowOptions"),
          Map.entry(199, "StablehloSortOptions"),
          Map.entry(200, "StablehloWhileOptions"),
          Map.entry(206, "StableHLOCompositeOptions"),
          Map.entry(209, "StablehloCaseOptions"));

  private Operators() {}

  /** Returns the table that an operator of this code must have to say which subgraphs it runs. */
  static Optional<String> calling(OptionalInt code) {
    return code.isPresent() ? Optional.ofNullable(CALLING.get(code.getAsInt())) : Optional.empty();
  }
}
