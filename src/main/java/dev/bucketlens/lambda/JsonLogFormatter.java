package dev.bucketlens.lambda;

import dev.bucketlens.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One JSON object a line, with the fields that Lambda's own JSON logs have. A message that is a
 * JSON object itself, such as a metric, is passed through as it is.
 */
public final class JsonLogFormatter extends Formatter {

  /** Of the request that is being worked on; null before the first. */
  private volatile String requestId;

  /** All lines from now on are of this request. */
  void begin(String id) {
    requestId = id;
  }

  @Override
  public String format(LogRecord entry) {
    String message = formatMessage(entry);
    if (message.startsWith("{") && message.endsWith("}")) {
      return message + '\n';
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("timestamp", entry.getInstant().toString());
    line.put("level", entry.getLevel().getName());
    line.put("logger", entry.getLoggerName());
    line.put("message", message);
    if (requestId != null) {
      line.put("requestId", requestId);
    }
    if (entry.getThrown() != null) {
      line.put("error", trace(entry.getThrown()));
    }
    return Json.write(line) + '\n';
  }

  /** The causes, outermost first, each with the place it was thrown from. */
  private static String trace(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (!text.isEmpty()) {
        text.append(" <- ");
      }
      text.append(cause);
      if (cause.getStackTrace().length > 0) {
        text.append(" at ").append(cause.getStackTrace()[0]);
      }
    }
    return text.toString();
  }
}
