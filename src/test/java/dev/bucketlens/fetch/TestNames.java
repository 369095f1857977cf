package dev.bucketlens.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A name server in a table. Names it does not know have no address. */
final class TestNames implements NameResolver {

  private final Map<String, Deque<List<InetAddress>>> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  /** Adds an answer; a name with several gives one after the other, and the last for ever. */
  TestNames with(String host, String... addresses) {
    answers
        .computeIfAbsent(host, name -> new ArrayDeque<>())
        .add(Stream.of(addresses).map(InetAddress::ofLiteral).toList());
    return this;
  }

  @Override
  public synchronized List<InetAddress> resolve(String host) throws UnknownHostException {
    asked.add(host);
    Deque<List<InetAddress>> left = answers.get(host);
    if (left == null) {
      throw new UnknownHostException(host);
    }
    return left.size() > 1 ? left.poll() : left.peek();
  }

  synchronized List<String> asked() {
    return List.copyOf(asked);
  }
}
