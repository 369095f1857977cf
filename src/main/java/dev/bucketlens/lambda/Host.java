package dev.bucketlens.lambda;

import com.amazonaws.services.lambda.runtime.Context;

/**
 * The process that a function runs in, and what is done there around each invocation.
 *
 * @param logs whose lines get the id of the request
 * @param meter whose line is written when an invocation ends
 * @param opening what a start has begun, and a first event had better wait for
 * @param afterwards run once an answer is written
 * @param snapshot kept here because the runtime's own reference to it is weak; null if the process
 *     is not the function's own
 */
record Host(Logs logs, EmfMeter meter, Opening opening, Runnable afterwards, Snapshot snapshot) {

  /** Something under way that can be waited for. */
  @FunctionalInterface
  interface Opening {
    /** Waits for it, or for as long as it makes sense. */
    void await() throws InterruptedException;
  }

  /** A process that is not the function's own: its log is left alone, and it is never ended. */
  static Host other(EmfMeter meter) {
    return new Host(Logs.elsewhere(), meter, () -> {}, () -> {}, null);
  }

  /** An invocation begins. */
  void begin(Context context) {
    logs.begin(context.getAwsRequestId());
  }

  /** It has its answer, or has failed. */
  void end(Context context) {
    meter.flush(context.getFunctionName(), context.getAwsRequestId());
    afterwards.run();
  }
}
