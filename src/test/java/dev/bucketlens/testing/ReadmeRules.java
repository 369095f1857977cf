package dev.bucketlens.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The three rules of README's part on events, as they stand there. */
public final class ReadmeRules {
  private static final Pattern PART = Pattern.compile("(?s)\n### Events\n(.*?)\n## ");
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final Pattern RULE =
      Pattern.compile("(?s)aws events put-rule --name (\\w+) --event-pattern '(.*?)'\\s*");

  private ReadmeRules() {}

  /** A rule of EventBridge. */
  public record Rule(String name, String pattern) {}

  /** The command lines, in their order: each begins with {@code aws} and may have more lines. */
  public static List<String> commands() {
    List<String> commands = new ArrayList<>();
    for (Matcher block = BLOCK.matcher(part()); block.find(); ) {
      commands.addAll(List.of(block.group(1).split("\n(?=aws )", -1)));
    }
    return commands;
  }

  /** Each rule that the commands put. */
  public static List<Rule> rules() {
    return commands().stream()
        .map(RULE::matcher)
        .filter(Matcher::matches)
        .map(it -> new Rule(it.group(1), it.group(2)))
        .toList();
  }

  private static String part() {
    try {
      Matcher part = PART.matcher(Files.readString(Path.of("README.md")));
      if (part.find()) {
        return part.group(1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("README.md has no part on events");
  }
}
