package dev.bucketlens.api;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Joins the ECMAScript modules of the page into one module. Each becomes a function that is called
 * once, after those that it imports, and returns what it exports; so a module's other names stay
 * its own. It reads the two forms that the page is written in, on one line each, and refuses any
 * other.
 */
final class ScriptModules {

  /** {@code import { call } from './api.js';} */
  private static final Pattern IMPORT =
      Pattern.compile("^import (\\{.+}) from '\\./(.+)';$", Pattern.MULTILINE);

  /** Of what keeps its value: what is returned is not returned again when it changes. */
  private static final Pattern EXPORT =
      Pattern.compile(
          "^export (?=(?:async function|function|class|const) (\\w+))", Pattern.MULTILINE);

  private static final Pattern OTHER =
      Pattern.compile("^(?:import|export)\\b.*$", Pattern.MULTILINE);

  private final UnaryOperator<String> sources;
  private final Set<String> begun = new HashSet<>();
  private final Map<String, String> functions = new LinkedHashMap<>();

  private ScriptModules(UnaryOperator<String> sources) {
    this.sources = sources;
  }

  /**
   * Returns the text of one module that does what {@code entry} does.
   *
   * @param entry the name of the module to begin with
   * @param sources the text of the module of a name
   * @throws IllegalStateException if a module is written in another form, or imports itself by way
   *     of others
   */
  static String join(String entry, UnaryOperator<String> sources) {
    ScriptModules modules = new ScriptModules(sources);
    modules.add(entry);
    return "const modules = {};\n" + String.join("", modules.functions.values());
  }

  private void add(String name) {
    if (functions.containsKey(name)) {
      return;
    }
    if (!begun.add(name)) {
      throw new IllegalStateException(
          name + " is imported by a module that it imports; move what both need into a third.");
    }
    String source = sources.apply(name);
    IMPORT.matcher(source).results().forEach(found -> add(found.group(2)));
    functions.put(name, function(name, source));
  }

  private static String function(String name, String source) {
    String exports =
        EXPORT.matcher(source).results().map(it -> it.group(1)).collect(Collectors.joining(", "));
    String body = IMPORT.matcher(source).replaceAll("const $1 = modules['$2'];");
    body = EXPORT.matcher(body).replaceAll("");
    Matcher other = OTHER.matcher(body);
    if (other.find()) {
      throw new IllegalStateException(
          "%s has `%s`; the page's modules import { names } from './file.js' and export functions, classes and constants where they are declared."
              .formatted(name, other.group()));
    }
    return "modules['%s'] = (() => {\n%sreturn { %s };\n})();\n".formatted(name, body, exports);
  }
}
