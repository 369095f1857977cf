package dev.bucketlens.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The functions of a stack, invoked without S3, queue or HTTP. */
final class Functions {
  private final Stack stack;

  Functions(Stack stack) {
    this.stack = stack;
  }

  /** What the live upload function answers to an event. */
  JsonNode upload(String event) {
    return invoke(stack.output("UploadFunctionArn"), event);
  }

  /** What the live API function answers to an event. */
  JsonNode api(String event) {
    return invoke(stack.output("ApiFunctionArn"), event);
  }

  /** What the live events function answers to records of the table's stream. */
  JsonNode events(String records) {
    return invoke(stack.physical("EventsFunction") + ":live", records);
  }

  private JsonNode invoke(String function, String event) {
    try {
      Path payload = Files.createTempFile("event", ".json");
      Path answer = Files.createTempFile("answer", ".json");
      Files.writeString(payload, event);
      stack
          .aws()
          .cli(
              "lambda",
              "invoke",
              "--function-name",
              function,
              "--payload",
              "fileb://" + payload,
              answer.toString());
      JsonNode answered = new JsonMapper().readTree(answer.toFile());
      Files.delete(payload);
      Files.delete(answer);
      return answered;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Variables of what is called: the version behind the alias. */
  JsonNode live(String logical) {
    return stack
        .aws()
        .cli(
            "lambda",
            "get-function-configuration",
            "--function-name",
            stack.physical(logical),
            "--qualifier",
            "live");
  }

  /** How many versions of a function there are, without {@code $LATEST}. */
  int versions(String logical) {
    return stack
            .aws()
            .cli("lambda", "list-versions-by-function", "--function-name", stack.physical(logical))
            .get("Versions")
            .size()
        - 1;
  }
}
