package dev.bucketlens.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.bucketlens.api.Api;
import dev.bucketlens.api.ApiRequest;
import dev.bucketlens.api.ApiResponse;
import dev.bucketlens.api.ApiServices;
import dev.bucketlens.api.S3Signer;
import dev.bucketlens.fetch.FetchException;
import dev.bucketlens.fetch.UrlFetcher;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The function behind the HTTP API. Takes requests of API Gateway HTTP APIs and of function URLs
 * (payload format 2.0), and direct invocations with {@code {"url": …}}, which are answered with
 * {@code {label: score}}.
 */
public final class ApiHandler implements RequestStreamHandler {

  private final Api api;
  private final Logs logs;
  private final EmfMeter meter;

  /** Kept here because the runtime's own reference to it is weak. */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private final Snapshot snapshot;

  /** Starts the program from the environment; a wrong setting fails the start. */
  public ApiHandler() {
    Logs logs = Logs.toStandardOutput();
    App app = App.startForRequests();
    Api api = api(app, System.getenv());
    Priming priming = new Priming(app);
    this(
        api,
        logs,
        new EmfMeter(System.out, Clock.systemUTC()),
        Snapshot.register(System.getenv(), () -> priming.forRequests(api)));
  }

  /** Serves a program that runs already, as the local cloud has it. */
  public ApiHandler(App app, Map<String, String> environment) {
    this(api(app, environment));
  }

  /** Serves {@code api}. */
  public ApiHandler(Api api) {
    this(
        api,
        Logs.elsewhere(),
        new EmfMeter(new PrintStream(OutputStream.nullOutputStream()), Clock.systemUTC()),
        null);
  }

  private ApiHandler(Api api, Logs logs, EmfMeter meter, Snapshot snapshot) {
    this.api = api;
    this.logs = logs;
    this.meter = meter;
    this.snapshot = snapshot;
  }

  private static Api api(App app, Map<String, String> environment) {
    ApiFunctionSettings settings = ApiFunctionSettings.from(environment, app.settings());
    Clock clock = Clock.systemUTC();
    AwsSettings aws = app.settings().aws();
    S3Signer signer =
        new S3Signer(
            aws.region(), aws.s3Endpoint(), DefaultCredentialsProvider.builder().build(), clock);
    return new Api(
        new ApiServices(
            app.classifier(),
            app.model(),
            app.results(),
            UrlFetcher.create(settings.fetch()),
            UrlFetcher.create(settings.providerFetch()),
            signer,
            clock),
        settings.api());
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    logs.begin(context.getAwsRequestId());
    try {
      Map<String, Object> event = Json.readObject(input);
      Object answer =
          HttpEvent.isHttp(event)
              ? HttpEvent.answer(answer(event, context.getAwsRequestId()))
              : classify(event);
      output.write(Json.writeBytes(answer));
    } finally {
      meter.flush(context.getFunctionName(), context.getAwsRequestId());
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
