package dev.bucketlens.lambda;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sends what the rooms log to standard output, which Lambda keeps, as JSON lines. */
final class Logs {

  private Logs() {}

  /** Replaces the JVM's console logging; calling it again changes nothing. */
  static void toStandardOutput() {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.setLevel(Level.INFO);
    root.addHandler(new StandardOutput());
  }

  private static final class StandardOutput extends Handler {

    StandardOutput() {
      setFormatter(new JsonLogFormatter());
    }

    @Override
    public void publish(LogRecord entry) {
      if (isLoggable(entry)) {
        System.out.print(getFormatter().format(entry));
      }
    }

    @Override
    public void flush() {
      System.out.flush();
    }

    @Override
    public void close() {
      flush();
    }
  }
}
