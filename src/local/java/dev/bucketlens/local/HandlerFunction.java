package dev.bucketlens.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.bucketlens.rescore.UploadFunction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * The upload function in this process.
 *
 * @param handler takes the events
 */
public record HandlerFunction(RequestStreamHandler handler) implements UploadFunction {

  @Override
  public byte[] invoke(byte[] event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event), answer, new LocalContext("upload", Delivery.TIMEOUT));
    return answer.toByteArray();
  }
}
