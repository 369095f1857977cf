package dev.bucketlens.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.jr.ob.JSON;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What API Gateway's JWT authorizer does before the function: the page and how to sign in are open,
 * everything else needs a token that is good. Keeps what passed.
 */
final class TokenGate implements RequestStreamHandler {

  private static final Set<String> OPEN = Set.of("/", "/openapi.json", "/sign-in");

  private final RequestStreamHandler function;
  private final DefaultJWTProcessor<com.nimbusds.jose.proc.SecurityContext> tokens =
      new DefaultJWTProcessor<>();
  private final Set<String> endedTokens = ConcurrentHashMap.newKeySet();
  private final Set<String> refusedSubjects = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedDeque<String> passed = new ConcurrentLinkedDeque<>();
  private volatile boolean busy;

  TokenGate(RequestStreamHandler function, URI issuer, String audience) throws IOException {
    this.function = function;
    tokens.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.RS256,
            JWKSourceBuilder.create(URI.create(issuer + "/jwks").toURL()).build()));
    tokens.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            audience,
            new JWTClaimsSet.Builder().issuer(issuer.toString()).build(),
            Set.of("sub", "exp")));
  }

  /** From now on this token is not good any more. */
  void end(String token) {
    endedTokens.add(token);
  }

  /** Whose tokens are good, and yet not let in. */
  Set<String> refusedSubjects() {
    return refusedSubjects;
  }

  /** Whether everything is answered with 429. */
  void busy(boolean busy) {
    this.busy = busy;
  }

  /** Method and address of each request that came through, the newest last. */
  List<String> passed() {
    return List.copyOf(passed);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Map<String, Object> event = JSON.std.mapFrom(input);
    Map<String, Object> requestContext = map(event.get("requestContext"));
    String path = event.get("rawPath").toString();
    String method = map(requestContext.get("http")).get("method").toString();
    boolean open = method.equals("OPTIONS") || (method.equals("GET") && OPEN.contains(path));
    if (!open) {
      int refusal = busy ? 429 : authorize(event, requestContext);
      if (refusal != 0) {
        JSON.std.write(
            Map.of(
                "statusCode",
                refusal,
                "headers",
                Map.of("content-type", "application/json"),
                "body",
                "{\"message\":\"Refused\"}"),
            output);
        return;
      }
    }
    passed.add(method + " " + path);
    function.handleRequest(new ByteArrayInputStream(JSON.std.asBytes(event)), output, context);
  }

  /** The status of the refusal, or 0. */
  private int authorize(Map<String, Object> event, Map<String, Object> requestContext) {
    String header = String.valueOf(map(event.get("headers")).get("authorization"));
    String token = header.replaceFirst("^Bearer ", "");
    if (token.equals(header) || endedTokens.contains(token)) {
      return 401;
    }
    try {
      JWTClaimsSet claims = tokens.process(token, null);
      if (refusedSubjects.contains(claims.getSubject())) {
        return 403;
      }
      requestContext.put(
          "authorizer", Map.of("jwt", Map.of("claims", Map.of("sub", claims.getSubject()))));
      return 0;
    } catch (ParseException | BadJOSEException | JOSEException e) {
      return 401;
    }
  }

  @SuppressWarnings("unchecked") // JSON objects
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
