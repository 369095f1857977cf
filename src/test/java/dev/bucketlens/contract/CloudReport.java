package dev.bucketlens.contract;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says at the end of the test run on which clouds the contract was held, and why not on the others.
 */
public final class CloudReport implements TestExecutionListener {
  /** Stands between JUnit's own words, if there are any, and those of the annotation. */
  private static final String ARROW = "> ";

  private final Map<String, Tally> ran = new ConcurrentSkipListMap<>();
  private final Map<String, String> skipped = new ConcurrentSkipListMap<>();

  private record Tally(int passed, int all) {
    Tally plus(Tally other) {
      return new Tally(passed + other.passed, all + other.all);
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    int arrow = reason.lastIndexOf(ARROW);
    String why = arrow < 0 ? reason : reason.substring(arrow + ARROW.length());
    cloud(test).ifPresent(name -> skipped.put(name, why));
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
      cloud(test).ifPresent(name -> ran.merge(name, new Tally(passed ? 1 : 0, 1), Tally::plus));
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    ran.forEach((name, tally) ->
        System.out.printf(
            "Upload contract on %s: %d of %d passed%n", name, tally.passed, tally.all));
    skipped.forEach(
        (name, why) -> System.out.printf("Upload contract on %s: not run, %s%n", name, why));
  }

  private static Optional<String> cloud(TestIdentifier test) {
    return test.getSource().map(CloudReport::classOf).flatMap(CloudReport::nameOf);
  }

  private static Class<?> classOf(Object source) {
    return switch (source) {
      case MethodSource method -> method.getJavaClass();
      case ClassSource type -> type.getJavaClass();
      default -> Object.class;
    };
  }

  private static Optional<String> nameOf(Class<?> type) {
    return Optional.ofNullable(type.getNestHost().getAnnotation(CloudName.class))
        .map(CloudName::value);
  }
}
