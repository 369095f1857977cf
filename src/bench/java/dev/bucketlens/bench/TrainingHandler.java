package dev.bucketlens.bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.bucketlens.lambda.ApiHandler;
import dev.bucketlens.lambda.UploadHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Both functions in one process, for the training run of the AOT cache: one cache then serves both.
 *
 * <p>The runtime client loads it from the working folder, not from the class path, which has to be
 * the one that the cache is used with.
 */
public final class TrainingHandler implements RequestStreamHandler {
  private final UploadHandler upload = new UploadHandler();
  private final ApiHandler api = new ApiHandler();

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] event = input.readAllBytes();
    boolean ofBucket = new String(event, StandardCharsets.UTF_8).startsWith("{\"Records\"");
    RequestStreamHandler handler = ofBucket ? upload : api;
    handler.handleRequest(new ByteArrayInputStream(event), output, context);
  }
}
