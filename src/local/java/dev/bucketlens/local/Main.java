package dev.bucketlens.local;

import dev.bucketlens.Score;
import dev.bucketlens.lambda.SettingException;
import dev.bucketlens.rescore.Rescoring;
import dev.bucketlens.results.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** {@code mvn -Plocal}: starts the local cloud, scores the sample photos, and stays up. */
public final class Main {

  private Main() {}

  /** Exits 0 when all is well, 1 when a sample was not classified or nothing could start. */
  public static void main(String[] args) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      Options options = Options.from(systemProperties());
      LocalCloud cloud = LocalCloud.start(options);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cloud)));
      boolean classified = scoreSamples(cloud, out);
      if (options.rescore().isPresent()) {
        rescore(cloud, options.rescore().get(), out);
      }
      if (options.once()) {
        if (!classified) {
          fail("Not every sample photo was classified.");
        }
        System.exit(0);
      }
      ContainerDoor.open(List.of(cloud.s3(), cloud.dynamoDb(), cloud.http()));
      printUsage(cloud, out);
      new CountDownLatch(1).await();
    } catch (IOException | SettingException | IllegalArgumentException | UnsatisfiedLinkError e) {
      fail(e.getMessage());
    } catch (RuntimeException e) {
      // What has started already would keep the process alive.
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void fail(String sentence) {
    System.err.println(sentence);
    System.exit(1);
  }

  private static boolean scoreSamples(LocalCloud cloud, PrintStream out)
      throws IOException, InterruptedException {
    out.printf("%nModel %s%n%n", cloud.app().settings().model());
    out.printf("%-36s %-28s %7s %8s%n", "key", "label", "score", "ms");
    List<Samples.Scored> outcomes = new Samples(cloud).score();
    for (Samples.Scored outcome : outcomes) {
      out.println(line(outcome));
    }
    for (Path deadLetter : cloud.queue().deadLetters()) {
      out.println("Dead letter: " + deadLetter);
    }
    if (cloud.chaos().isOn()) {
      out.println("\nOn purpose: " + cloud.chaos().counts() + ".");
    }
    return outcomes.stream().allMatch(Samples.Scored::classified);
  }

  private static void rescore(LocalCloud cloud, double rate, PrintStream out)
      throws InterruptedException {
    String hash = cloud.app().model().hash();
    out.println("\nUnder bundle " + hash);
    new Rescoring(cloud.app().results(), hash, cloud.uploads(), rate, out)
        .run()
        .lines()
        .forEach(out::println);
  }

  private static String line(Samples.Scored outcome) {
    return outcome
        .result()
        .map(result -> line(outcome, result.verdict()))
        .orElse(outcome.key() + ": no result");
  }

  private static String line(Samples.Scored outcome, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Classified(List<Score> scores, int _, int _, List<String> _)
          when !scores.isEmpty() ->
          String.format(
              Locale.ROOT,
              "%-36s %-28s %7.3f %8d",
              outcome.key(),
              scores.getFirst().label(),
              scores.getFirst().score(),
              outcome.elapsed().toMillis());
      case Verdict.Classified _ -> outcome.key() + ": no score reached the minimum";
      case Verdict.Rejected(String code, String reason) ->
          outcome.key() + ": " + code + ", " + reason;
      case Verdict.Deleted _ -> outcome.key() + ": deleted";
    };
  }

  private static void printUsage(LocalCloud cloud, PrintStream out) {
    out.printf(
        """

        S3        %s   bucket %s   (access key and secret: local)
        DynamoDB  %s   table %s
        API       %s   open it in a browser
        Events    %s

        Try it:
          export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1
          aws --endpoint-url %s s3 cp photo.jpg s3://%s/photo.jpg
          aws --endpoint-url %s dynamodb get-item --table-name %s --key '{"image":{"S":"s3://%s/photo.jpg"}}'
          curl --data-binary @photo.jpg -H 'content-type: image/jpeg' %s/classify

        Ctrl-C ends it; what is stored survives.
        """,
        cloud.s3(),
        LocalCloud.BUCKET,
        cloud.dynamoDb(),
        LocalCloud.TABLE,
        cloud.http(),
        cloud.events(),
        cloud.s3(),
        LocalCloud.BUCKET,
        cloud.dynamoDb(),
        LocalCloud.TABLE,
        LocalCloud.BUCKET,
        cloud.http());
  }

  private static Map<String, String> systemProperties() {
    Properties properties = System.getProperties();
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }

  private static void stop(LocalCloud cloud) {
    if (cloud.chaos().isOn()) {
      System.out.println("On purpose, in all: " + cloud.chaos().counts() + ".");
    }
    try {
      cloud.close();
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
  }
}
