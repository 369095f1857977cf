package dev.bucketlens.deployed;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives every scenario the one {@link Cloud}, which starts with the first and ends with the last,
 * and ends the functions' processes after each: the emulator would keep one for every version.
 */
final class Deployed implements ParameterResolver, AfterAllCallback {

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
    cloud(context).emulator().endFunctions();
  }

  private static Cloud cloud(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Cloud.class))
        .computeIfAbsent(Cloud.class, it -> Cloud.start(), Cloud.class);
  }
}
