package dev.bucketlens.api;

import dev.bucketlens.classify.Classifier;
import dev.bucketlens.results.ResultStore;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The table of routes: what the API answers, and what each answer is made from. */
final class Routes {

  private Routes() {}

  /** All routes of a deployment. */
  static List<Route> of(ApiServices services, ApiSettings settings, ClassifyRoute classify) {
    BucketSettings bucket = settings.bucket();
    Classifier classifier = services.classifier();
    ResultStore results = services.results();
    S3Signer signer = services.signer();
    Clock clock = services.clock();
    Cursor cursors = new Cursor(settings.cursorKey());
    ImagesRoute images =
        new ImagesRoute(results, new Previews(signer, bucket), cursors, bucket.name());
    ModelRoute model = new ModelRoute(classifier, services.model());
    RekognitionRoute rekognition = new RekognitionRoute(classifier, services.model(), results);
    NewestImages newest = new NewestImages(results, clock);
    ComparisonRoute comparison = new ComparisonRoute(newest);
    LabelsRoute labels = new LabelsRoute(results, clock);
    Drift drift = new Drift(newest, services.model(), classifier.model().validation());
    QualityRoute quality = new QualityRoute(results, drift);
    ReviewsRoute reviews = new ReviewsRoute(results, classifier.model().labels(), clock);
    UploadsRoute uploads = new UploadsRoute(signer, bucket, clock);
    SignInRoute signIn = new SignInRoute(settings.access(), services.providerFetcher(), clock);
    PageRoute page = new PageRoute(imageOrigin(signer, bucket), signIn::calledByThePage);
    List<Route> routes = new ArrayList<>();
    routes.add(new Route("GET", "/", page::show));
    routes.add(new Route("POST", "/", rekognition::target));
    routes.add(new Route("POST", "/classify", classify::classify));
    routes.add(new Route("GET", "/comparison", comparison::compare));
    routes.add(new Route("POST", "/detect-labels", rekognition::detectLabels));
    routes.add(new Route("GET", "/health", model::health));
    routes.add(new Route("GET", "/images", images::list));
    routes.add(new Route("GET", "/images/{bucket}/{key+}", images::find));
    routes.add(new Route("GET", "/labels", labels::list));
    routes.add(new Route("GET", "/model", model::model));
    routes.add(new Route("GET", "/openapi.json", OpenApiRoute::describe));
    routes.add(new Route("GET", "/quality", quality::measure));
    routes.add(new Route("POST", "/reviews", reviews::create));
    routes.add(new Route("GET", "/sign-in", signIn::describe));
    routes.add(new Route("POST", "/uploads", uploads::create));
    return routes;
  }

  private static String imageOrigin(S3Signer signer, BucketSettings bucket) {
    URI url = signer.bucketUrl(bucket.name());
    return url.getScheme() + "://" + url.getRawAuthority();
  }
}
