package dev.bucketlens.bench;

/** Requests of an HTTP API, payload format 2.0. */
final class HttpRequests {

  private HttpRequests() {}

  static String get(String path) {
    return request("GET", path, "", false);
  }

  /** A photo in the body, in base64 as API Gateway sends it. */
  static String post(String path, String base64) {
    return request("POST", path, base64, true);
  }

  private static String request(String method, String path, String body, boolean base64) {
    return """
    {"version": "2.0", "routeKey": "$default", "rawPath": "%s", "rawQueryString": "",\
     "headers": {"content-type": "%s", "accept": "*/*"},\
     "requestContext": {"domainName": "localhost", "stage": "$default",\
     "http": {"method": "%s", "path": "%s", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"}},\
     "body": "%s", "isBase64Encoded": %b}\
    """
        .formatted(path, base64 ? "image/jpeg" : "application/json", method, path, body, base64);
  }
}
