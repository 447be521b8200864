package io.tocsin.alerting.healing.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an action may be used for, and what its executor calls each: {@code [container/web-1]}, or
 * {@code {endpoint/shop: shop-web-1}} where the name is another than the one behind the slash.
 *
 * @param objects resource id to the executor's name of it; not empty
 */
public record Targets(Map<String, String> objects) {

  /**
   * Checks the ids.
   *
   * @throws IllegalArgumentException naming the id that is wrong
   */
  public Targets {
    if (objects == null || objects.isEmpty()) {
      throw new IllegalArgumentException("targets must not be empty");
    }
    objects.forEach(
        (id, object) -> {
          if (id == null || !TargetId.matches(id)) {
            throw new IllegalArgumentException(
                "target '" + id + "' must match " + TargetId.PATTERN.pattern());
          }
          if (object == null || object.isBlank()) {
            throw new IllegalArgumentException("target '" + id + "' is called nothing");
          }
        });
    objects = Collections.unmodifiableMap(new LinkedHashMap<>(objects));
  }

  /** Targets whose names are those behind the slash. */
  public static Targets of(String... ids) {
    return read(List.of(ids));
  }

  /** For binding: a list of ids, or a table from id to name. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Targets read(Object written) {
    Map<String, String> objects = new LinkedHashMap<>();
    if (written instanceof List<?> ids) {
      for (Object id : ids) {
        String text = String.valueOf(id);
        if (objects.put(text, text.substring(text.indexOf('/') + 1)) != null) {
          throw new IllegalArgumentException("targets has an id twice: " + text);
        }
      }
    } else if (written instanceof Map<?, ?> names) {
      names.forEach((id, name) -> objects.put(String.valueOf(id), String.valueOf(name)));
    }
    return new Targets(objects);
  }

  /** The resource ids. */
  public Set<String> ids() {
    return objects.keySet();
  }

  /** What the executor calls a target; null if it is none of these. */
  public String object(String id) {
    return objects.get(id);
  }
}
