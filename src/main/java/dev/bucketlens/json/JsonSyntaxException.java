package dev.bucketlens.json;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;

/** A text is not JSON. The message names the line and may quote the text. */
public final class JsonSyntaxException extends IOException {

  private static final long serialVersionUID = 1;

  JsonSyntaxException(String message) {
    super(message);
  }

  JsonSyntaxException(JacksonException cause) {
    super(
        cause.getLocation() == null
            ? cause.getOriginalMessage()
            : "line %d: %s".formatted(cause.getLocation().getLineNr(), cause.getOriginalMessage()),
        cause);
  }
}
