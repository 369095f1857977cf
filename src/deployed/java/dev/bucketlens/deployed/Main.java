package dev.bucketlens.deployed;

import java.util.concurrent.CountDownLatch;

/** {@code mvn -Ptry}: the deployed stack, until Ctrl-C. */
final class Main {

  private Main() {}

  /** Prints how to use it, and waits. */
  public static void main(String[] args) throws InterruptedException {
    System.out.println("sam build, an emulator of AWS, and sam deploy: a minute or two …");
    Cloud cloud = Cloud.start();
    Stack stack = cloud.stack();
    System.out.printf(
        """

        export PATH="%s:$PATH"
        export AWS_ENDPOINT_URL=%s AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
        aws s3 cp src/local/resources/photos/kitten.jpg s3://%s/
        aws dynamodb get-item --table-name %s --key '{"image":{"S":"s3://%s/kitten.jpg"}}'

        Open %s in a browser. Ctrl-C ends it.
        """,
        cloud.tools().cli(),
        cloud.aws().endpoint(),
        stack.output("Bucket"),
        stack.output("Table"),
        stack.output("Bucket"),
        stack.output("ApiUrl"));
    new CountDownLatch(1).await();
  }
}
