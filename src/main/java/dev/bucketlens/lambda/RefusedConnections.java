package dev.bucketlens.lambda;

import java.net.ConnectException;
import java.net.URI;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Says what to start, where an endpoint other than AWS's own is named and nobody listens there. */
record RefusedConnections(URI endpoint) implements ExecutionInterceptor {

  @Override
  public Throwable modifyException(
      Context.FailedExecution context, ExecutionAttributes attributes) {
    Throwable failure = context.exception();
    return isRefused(failure)
        ? SdkClientException.create(
            "Nothing answers at %s. Start the local cloud, mvn -Plocal, and leave it running."
                .formatted(endpoint),
            failure)
        : failure;
  }

  private static boolean isRefused(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return true;
      }
    }
    return false;
  }
}
