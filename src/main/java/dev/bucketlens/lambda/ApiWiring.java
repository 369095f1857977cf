package dev.bucketlens.lambda;

import dev.bucketlens.api.Api;
import dev.bucketlens.api.ApiServices;
import dev.bucketlens.api.S3Signer;
import dev.bucketlens.fetch.UrlFetcher;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** The API's function, put together: the API, and the process that it runs in. */
public final class ApiWiring {
  private final Api api;
  private final Host host;

  private ApiWiring(Api api, Host host) {
    this.api = api;
    this.host = host;
  }

  /** From the environment, in a process of its own. */
  static ApiWiring inLambda() {
    Logs logs = Logs.toStandardOutput();
    App app = App.startForRequests();
    Api api = api(app, System.getenv());
    Priming priming = new Priming(app);
    return new ApiWiring(
        api,
        new Host(
            logs,
            new EmfMeter(System.out, Clock.systemUTC()),
            () -> {},
            () -> {},
            Snapshot.register(System.getenv(), () -> priming.forRequests(api))));
  }

  /**
   * In a process that runs {@code app} already; without metrics.
   *
   * @param environment settings of the API alone
   * @throws SettingException if one of them is wrong
   */
  public static ApiWiring around(App app, Map<String, String> environment) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new ApiWiring(
        api(app, environment), Host.other(new EmfMeter(nowhere, Clock.systemUTC())));
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

  Api api() {
    return api;
  }

  Host host() {
    return host;
  }
}
