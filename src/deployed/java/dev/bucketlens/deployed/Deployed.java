package dev.bucketlens.deployed;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives every scenario a {@link Cloud}, whose emulator starts with the first and ends with the
 * last, and ends the functions of its own stacks after it. What fails says what the emulator
 * complained of until then, whose log nobody has where the machine is gone afterwards.
 */
final class Deployed
    implements ParameterResolver,
        AfterAllCallback,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {
  /** One at a time: a browser is most of a core, and what its page asks for starts functions. */
  static final String BROWSER = "browser";

  private static final int COMPLAINTS = 15;
  private static final int COMPLAINT_LENGTH = 300;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cloud.class;
  }

  @Override
  public Cloud resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return cloud(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    cloud(context).endFunctions();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
    throw withComplaints(context, failure);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) {
    throw withComplaints(context, failure);
  }

  /** In its message, which a report shows even where it shows no more; at the place that failed. */
  private static AssertionError withComplaints(ExtensionContext context, Throwable failure) {
    List<String> complaints = cloud(context).emulator().complaints();
    String last =
        complaints.stream()
            .skip(Math.max(0, complaints.size() - COMPLAINTS))
            .map(it -> it.substring(0, Math.min(COMPLAINT_LENGTH, it.length())))
            .collect(Collectors.joining("\n"));
    AssertionError told =
        new AssertionError(
            "%s%nThe emulator's last complaints:%n%s".formatted(failure, last), failure);
    told.setStackTrace(failure.getStackTrace());
    return told;
  }

  /** One for all tests of a class. */
  private static Cloud cloud(ExtensionContext context) {
    Store store = context.getRoot().getStore(Namespace.create(Cloud.class));
    Cloud shared = store.computeIfAbsent(Cloud.class, it -> Cloud.start(), Cloud.class);
    Class<?> scenario = context.getRequiredTestClass();
    return store.computeIfAbsent(scenario, it -> new Visit(shared.forScenario()), Visit.class)
        .cloud;
  }

  /** Not closed with the store, as a {@link Cloud} itself would be. */
  private record Visit(Cloud cloud) {}
}
