package dev.bucketlens.api;

import dev.bucketlens.classify.ModelBundle;
import dev.bucketlens.results.ResultStore;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The table of routes: what the API answers, and what each answer is made from. */
final class Routes {

  private Routes() {}

  /** All routes of a deployment. */
  static List<Route> of(ApiServices services, ApiSettings settings, ClassifyRoute classify) {
    S3Signer signer = services.signer();
    BucketSettings bucket = settings.bucket();
    SignInRoute signIn =
        new SignInRoute(settings.access(), services.providerFetcher(), services.clock());
    UploadsRoute uploads = new UploadsRoute(signer, bucket, services.clock());
    PageRoute page = new PageRoute(imageOrigin(signer, bucket), signIn::calledByThePage);
    List<Route> routes = new ArrayList<>();
    routes.add(new Route("GET", "/", page::show));
    routes.add(new Route("GET", "/openapi.json", OpenApiRoute::describe));
    routes.add(new Route("GET", "/sign-in", signIn::describe));
    routes.add(new Route("POST", "/uploads", uploads::create));
    routes.addAll(ofModel(services, classify));
    routes.addAll(ofResults(services, settings));
    return routes;
  }

  /** What the model answers. */
  private static List<Route> ofModel(ApiServices services, ClassifyRoute classify) {
    ModelRoute model = new ModelRoute(services.classifier(), services.model());
    RekognitionRoute rekognition =
        new RekognitionRoute(services.classifier(), services.model(), services.results());
    return List.of(
        new Route("POST", "/", rekognition::target),
        new Route("POST", "/classify", classify::classify),
        new Route("POST", "/detect-labels", rekognition::detectLabels),
        new Route("GET", "/health", model::health),
        new Route("GET", "/model", model::model));
  }

  /** What the table answers. */
  private static List<Route> ofResults(ApiServices services, ApiSettings settings) {
    ResultStore results = services.results();
    ModelBundle model = services.classifier().model();
    ImagesRoute images =
        new ImagesRoute(
            results,
            new Previews(services.signer(), settings.bucket()),
            new Cursor(settings.cursorKey()),
            settings.bucket().name());
    NewestImages newest = new NewestImages(results, services.clock());
    Drift drift = new Drift(newest, services.model(), model.validation());
    return List.of(
        new Route("GET", "/comparison", new ComparisonRoute(newest)::compare),
        new Route("GET", "/images", images::list),
        new Route("GET", "/images/{bucket}/{key+}", images::find),
        new Route("GET", "/labels", new LabelsRoute(results, services.clock())::list),
        new Route("GET", "/quality", new QualityRoute(results, drift)::measure),
        new Route(
            "POST",
            "/reviews",
            new ReviewsRoute(results, model.labels(), services.clock())::create));
  }

  private static String imageOrigin(S3Signer signer, BucketSettings bucket) {
    URI url = signer.bucketUrl(bucket.name());
    return url.getScheme() + "://" + url.getRawAuthority();
  }
}
