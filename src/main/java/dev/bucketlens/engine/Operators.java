package dev.bucketlens.engine;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What operators need, by their codes in the schema: LiteRT's kernels read inputs and outputs
 * without looking how many there are.
 */
final class Operators {

  /** An operator that has a name in the place of a code. */
  static final int CUSTOM = 32;

  /** What a runtime puts in the place of the operators that it gives to a delegate. */
  static final int DELEGATE = 51;

  private static final int NO_INPUT = Integer.MAX_VALUE;

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

  /** Returns how many inputs an operator has at least. */
  static int inputs(int code) {
    return switch (code) {
      case 31, 119, 127, 129, 136, 142, 173, 196, 200, 206 -> 0;
      case 0, 3, 4, 7, 9, 15, 18, 23, 34, 36, 39, 40, 41, 42, 48, 49, 54, 55, 56, 57, 58 -> 2;
      case 61, 62, 63, 69, 70, 71, 72, 74, 78, 79, 81, 82, 84, 86, 89, 90, 91, 94, 95, 97 -> 2;
      case 99, 100, 105, 107, 112, 115, 125, 126, 128, 130, 131, 132, 140, 144, 145, 149 -> 2;
      case 156, 160, 161, 163, 164, 165, 166, 171, 174, 176, 181, 183, 184, 185, 188, 191 -> 2;
      case 193, 195, 197, 198, 201, 203, 207 -> 2;
      case 10, 37, 38, 60, 64, 65, 67, 96, 102, 122, 123, 137, 138, 141, 151, 153, 154 -> 3;
      case 155, 157, 168, 187, 190, 194 -> 3;
      case 45, 68, 85 -> 4;
      case 16, 24, 27, 33, 35, 120, 205 -> 5;
      case 121 -> 6;
      case 46 -> 12;
      case 44 -> 20;
      case 52 -> 48;
      default -> 1;
    };
  }

  /** Returns how many outputs an operator has at least. */
  static int outputs(int code) {
    return switch (code) {
      case 31, 118, 119, 129, 138, 144, 173, 200, 206, 209 -> 0;
      case 48, 103, 120 -> 2;
      case 121 -> 3;
      default -> 1;
    };
  }

  /** Returns from which of its inputs on an operator can do without. */
  static int optionalFrom(int code) {
    return switch (code) {
      case 3, 4, 9, 132 -> 2; // the bias of a convolution or a dense layer
      case 67, 141 -> 3; // of a transposed convolution
      case 27 -> 3; // of a filter in two steps
      case 16, 44, 52 -> 1; // parts of a memory cell
      case 46 -> 8; // a second input of a network that is read both ways
      case 206 -> 0; // whatever it is composed of
      default -> NO_INPUT;
    };
  }
}
