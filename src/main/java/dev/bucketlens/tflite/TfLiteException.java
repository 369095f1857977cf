package dev.bucketlens.tflite;

/** TensorFlow Lite refused an operation; the message carries what the library itself reported. */
public final class TfLiteException extends RuntimeException {

  TfLiteException(String message) {
    super(message);
  }
}
