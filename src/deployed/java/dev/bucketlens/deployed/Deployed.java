package dev.bucketlens.deployed;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives every scenario a {@link Cloud}, whose emulator starts with the first and ends with the
 * last, and ends the functions of its own stacks after it.
 */
final class Deployed implements ParameterResolver, AfterAllCallback {
  /** One at a time: a browser is most of a core, and what its page asks for starts functions. */
  static final String BROWSER = "browser";

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
