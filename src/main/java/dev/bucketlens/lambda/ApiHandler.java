package dev.bucketlens.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.bucketlens.api.Api;
import dev.bucketlens.api.ApiRequest;
import dev.bucketlens.api.ApiResponse;
import dev.bucketlens.fetch.FetchException;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * The function behind the HTTP API. Takes requests of API Gateway HTTP APIs and of function URLs
 * (payload format 2.0), and direct invocations with {@code {"url": …}}, which are answered with
 * {@code {label: score}}.
 */
public final class ApiHandler implements RequestStreamHandler {
  private final Api api;
  private final Host host;

  /** As Lambda starts it: everything from the environment; a wrong setting fails the start. */
  public ApiHandler() {
    this(ApiWiring.inLambda());
  }

  /** Over an API that is wired already. */
  public ApiHandler(ApiWiring wiring) {
    this.api = wiring.api();
    this.host = wiring.host();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    host.begin(context);
    try {
      Map<String, Object> event = Json.readObject(input);
      Object answer =
          HttpEvent.isHttp(event)
              ? HttpEvent.answer(answer(event, context.getAwsRequestId()))
              : classify(event);
      output.write(Json.writeBytes(answer));
    } finally {
      host.end(context);
    }
  }

  private ApiResponse answer(Map<String, Object> event, String requestId) {
    ApiRequest request;
    try {
      request = HttpEvent.request(event, requestId);
    } catch (IllegalArgumentException e) {
      return api.refuse("The body is not in base64, as its event says that it is.", requestId);
    }
    return api.handle(request);
  }

  /** Fails the invocation with the code and the sentence: its caller sees them as the error. */
  private Map<String, Float> classify(Map<String, Object> event) {
    try {
      return api.classifyEvent(event);
    } catch (FetchException e) {
      throw new IllegalArgumentException(e.code() + ": " + e.getMessage(), e);
    } catch (ImageRejectedException e) {
      throw new IllegalArgumentException(e.code() + ": " + e.getMessage(), e);
    }
  }
}
