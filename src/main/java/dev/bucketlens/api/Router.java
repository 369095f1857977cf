package dev.bucketlens.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the route of a request: 404 for a path nobody has, 405 for a method the path has not. */
final class Router {

  private final List<Route> routes;

  Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  List<Route> routes() {
    return routes;
  }

  ApiResponse answer(ApiRequest request) {
    boolean head = request.method().equals("HEAD");
    String method = head ? "GET" : request.method();
    for (Route route : routes) {
      Optional<Map<String, String>> parameters = route.match(request.path());
      if (parameters.isPresent() && route.method().equals(method)) {
        ApiResponse response = route.action().answer(request.withMethod(method), parameters.get());
        return head ? response.withoutBody() : response;
      }
    }
    String allowed = allowed(request.path());
    throw new ApiException(
        405, "METHOD_NOT_ALLOWED", "This path takes " + allowed + ".", Map.of("allow", allowed));
  }

  /**
   * Returns the methods of {@code path}, comma-separated.
   *
   * @throws ApiException 404 if it has none
   */
  String allowed(String path) {
    TreeSet<String> methods = new TreeSet<>();
    for (Route route : routes) {
      if (route.match(path).isPresent()) {
        methods.add(route.method());
      }
    }
    if (methods.isEmpty()) {
      throw ApiException.notFound("There is nothing at this path; see /openapi.json for what is.");
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    methods.add("OPTIONS");
    return String.join(", ", methods);
  }
}
