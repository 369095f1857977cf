package dev.bucketlens.lambda;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Header;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Has the JDK send small requests in one piece. Told their length, the SDK would have it stream
 * them: the head by itself, then the body, and before each request a read that waits a millisecond
 * to find out whether the connection still stands. Without it the JDK collects the body first and
 * sets the length itself; and a connection that no longer stands costs a second try by the JDK, of
 * the very same request.
 */
final class WholeRequests implements ExecutionInterceptor {

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    return context.httpRequest().toBuilder().removeHeader(Header.CONTENT_LENGTH).build();
  }
}
