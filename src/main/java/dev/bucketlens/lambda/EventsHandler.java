package dev.bucketlens.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.bucketlens.events.Announcer;
import dev.bucketlens.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The function behind the table's stream: changes of items in, events of EventBridge out. The
 * answer names the record at which the stream is to go on.
 */
public final class EventsHandler implements RequestStreamHandler {
  private final Announcer announcer;

  /** As Lambda starts it: everything from the environment. */
  public EventsHandler() {
    Logs _ = Logs.toStandardOutput();
    this(System.getenv());
  }

  /** With the settings of a program that runs already, as the local cloud has it. */
  public EventsHandler(Map<String, String> environment) {
    Environment env = new Environment(environment);
    this.announcer =
        new AwsClients(Settings.aws(env))
            .announcer(
                env.requiredAddress(
                    Setting.EVENTS_DEAD_LETTERS, "the address of a queue for what cannot be told"));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    List<Map<?, ?>> records = new ArrayList<>();
    if (Json.readObject(input).get("Records") instanceof List<?> told) {
      told.forEach(it -> records.add((Map<?, ?>) it));
    }
    List<Map<String, String>> failures =
        announcer.announce(records).stream().map(it -> Map.of("itemIdentifier", it)).toList();
    output.write(Json.writeBytes(Map.of("batchItemFailures", failures)));
  }
}
