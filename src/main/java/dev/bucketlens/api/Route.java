package dev.bucketlens.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One method on one path.
 *
 * @param method upper case
 * @param template a path whose segments may be {@code {name}}, and the last one {@code {name+}} for
 *     the rest of the path, slashes included
 */
record Route(String method, String template, Action action) {

  /** Answers a request. */
  @FunctionalInterface
  interface Action {
    ApiResponse answer(ApiRequest request, Map<String, String> path);
  }

  /** Returns the path's parameters if {@code path} fits the template. */
  Optional<Map<String, String>> match(String path) {
    List<String> names = List.of(template.split("/", -1));
    boolean open = template.endsWith("+}");
    List<String> parts = List.of(path.split("/", open ? names.size() : -1));
    if (parts.size() != names.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.startsWith("{")) {
        if (parts.get(i).isEmpty()) {
          return Optional.empty();
        }
        parameters.put(name.replaceAll("[{}+]", ""), parts.get(i));
      } else if (!name.equals(parts.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(Map.copyOf(parameters));
  }
}
