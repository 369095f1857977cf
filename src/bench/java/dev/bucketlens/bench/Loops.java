package dev.bucketlens.bench;

import dev.bucketlens.bench.Turns.Contender;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Warm processes by name, which are asked the same in turns. */
final class Loops implements AutoCloseable {
  private final Map<String, Loop> loops = new LinkedHashMap<>();

  void add(String name, Loop loop) {
    loops.put(name, loop);
  }

  Loop get(String name) {
    return loops.get(name);
  }

  Collection<String> names() {
    return loops.keySet();
  }

  /** Has some work on a photo until their hot code is compiled. */
  void warm(WarmPhoto photo, List<String> names) throws IOException {
    for (String name : names) {
      loops.get(name).ask(Settings.generated(photo.name()) + " " + photo.warmUp());
    }
  }

  /** Some as contenders, working on a photo. */
  Map<String, Contender> on(WarmPhoto photo, Collection<String> names) {
    Map<String, Contender> contenders = new LinkedHashMap<>();
    for (String name : names) {
      Loop loop = loops.get(name);
      contenders.put(name, () -> new double[] {loop.milliseconds(photo.order())});
    }
    return contenders;
  }

  /** All as contenders, carrying out an order. */
  Map<String, Contender> ask(String order) {
    Map<String, Contender> contenders = new LinkedHashMap<>();
    loops.forEach(
        (name, loop) -> contenders.put(name, () -> new double[] {loop.milliseconds(order)}));
    return contenders;
  }

  @Override
  public void close() {
    loops.values().forEach(Loop::close);
  }
}
