package dev.bucketlens.lambda;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Sends what the rooms log to standard output, which Lambda keeps, as JSON lines, with the id of
 * the request that is being worked on. An execution environment works on one at a time.
 */
final class Logs {

  private final JsonLogFormatter formatter;

  private Logs(JsonLogFormatter formatter) {
    this.formatter = formatter;
  }

  /** Replaces the JVM's console logging; calling it again changes nothing but the ids. */
  static Logs toStandardOutput() {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.setLevel(Level.INFO);
    Logs logs = new Logs(new JsonLogFormatter());
    root.addHandler(new StandardOutput(logs.formatter));
    return logs;
  }

  /** Leaves logging to whoever runs the program, as the local cloud does. */
  static Logs elsewhere() {
    return new Logs(new JsonLogFormatter());
  }

  /** All lines from now on are of this request. */
  void begin(String requestId) {
    formatter.begin(requestId);
  }

  private static final class StandardOutput extends Handler {

    StandardOutput(JsonLogFormatter formatter) {
      setFormatter(formatter);
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
