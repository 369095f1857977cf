package dev.bucketlens.contract;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Says at the end of the test run which clouds the contract was held on. */
final class CloudReport implements BeforeAllCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(CloudReport.class);

  /** What ran so far; JUnit closes it after the last test. */
  static final class Ran implements AutoCloseable {
    private final Set<String> names = new ConcurrentSkipListSet<>();

    @Override
    public void close() {
      System.out.println("Upload contract held on: " + new TreeSet<>(names));
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Ran ran =
        context.getRoot().getStore(NAMESPACE).computeIfAbsent(Ran.class, _ -> new Ran(), Ran.class);
    ran.names.add(context.getRequiredTestClass().getAnnotation(CloudName.class).value());
  }
}
