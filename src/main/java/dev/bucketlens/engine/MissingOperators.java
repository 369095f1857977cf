package dev.bucketlens.engine;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in a sentence which operators a model has and LiteRT lacks. */
final class MissingOperators {

  /** How the converter names an operator that it leaves to TensorFlow itself. */
  private static final String FLEX = "Flex";

  private static final Pattern UNRESOLVED = Pattern.compile("unresolved custom op: (\\S+?)\\. ");

  private MissingOperators() {}

  /**
   * Returns the sentence, if it was for a missing operator that a model was refused.
   *
   * @param custom the names of the model's custom operators
   * @param reason why LiteRT refused it
   */
  static Optional<String> explain(List<String> custom, String reason) {
    List<String> ofTensorFlow =
        custom.stream()
            .filter(name -> name.startsWith(FLEX))
            .map(name -> name.substring(FLEX.length()))
            .toList();
    if (!ofTensorFlow.isEmpty()) {
      return Optional.of(
          "it needs %s of TensorFlow itself, which LiteRT does not have (Select TF ops, Flex); convert the model with tf.lite.OpsSet.TFLITE_BUILTINS alone, without SELECT_TF_OPS, and take out of it, or write in other operators, what then does not convert."
              .formatted(String.join(", ", ofTensorFlow)));
    }
    Matcher unresolved = UNRESOLVED.matcher(reason);
    return unresolved.find()
        ? Optional.of(
            "it needs the custom operator %s, which LiteRT does not have; convert the model without allow_custom_ops."
                .formatted(unresolved.group(1)))
        : Optional.empty();
  }
}
