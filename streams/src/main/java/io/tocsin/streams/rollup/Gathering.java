package io.tocsin.streams.rollup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Parts on their way, merged by group and window, so that a fleet costs a few records a second
 * rather than four for each part. Not thread-safe.
 */
public final class Gathering {

  private final Map<String, Map<Long, RollupWindow>> byGroup = new TreeMap<>();
  private int parts;

  /** Nothing gathered. */
  public Gathering() {}

  /** Adds a part to all of its groups. */
  public void add(Contribution part) {
    parts++;
    RollupWindow window = part.window();
    for (String group : part.groups()) {
      byGroup
          .computeIfAbsent(group, id -> new TreeMap<>())
          .computeIfAbsent(
              window.startsAt(), start -> RollupWindow.empty(start, window.sizeMs(), window.slotMs))
          .merge(window);
    }
  }

  /** How many parts were added since the last {@link #drain}. */
  public int parts() {
    return parts;
  }

  /** Hands over all of it, by group and oldest first, and begins anew. */
  public void drain(BiConsumer<String, RollupWindow> taker) {
    List<Map.Entry<String, Map<Long, RollupWindow>>> gathered = new ArrayList<>(byGroup.entrySet());
    byGroup.clear();
    parts = 0;
    gathered.forEach(
        group -> group.getValue().values().forEach(window -> taker.accept(group.getKey(), window)));
  }
}
