package io.tocsin.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Whether the program does its work, part by part.
 *
 * @param ready all parts do
 * @param parts what each part says: {@code UP}, or what is wrong
 * @param residentBytes resident memory of this process and its children
 */
public record Readiness(boolean ready, Map<String, String> parts, long residentBytes) {

  /** What a part says when all is well. */
  public static final String UP = "UP";

  /** What a part begins with that does its work, and has something to say. */
  public static final String WARNING = "UP, but ";

  /** Ready if every part says {@link #UP}, be it with a warning. */
  public static Readiness of(Map<String, Supplier<String>> parts, long residentBytes) {
    Map<String, String> answers = new LinkedHashMap<>();
    parts.forEach((name, part) -> answers.put(name, part.get()));
    return new Readiness(
        answers.values().stream().allMatch(Readiness::isWell), answers, residentBytes);
  }

  /** Whether what a part says is that it does its work. */
  public static boolean isWell(String says) {
    return says.equals(UP) || says.startsWith(WARNING);
  }
}
