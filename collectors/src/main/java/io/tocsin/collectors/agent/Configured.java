package io.tocsin.collectors.agent;

import io.tocsin.collectors.Collector;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A part of the configuration, and the collectors that are made of it. Two are the same if name and
 * config are equal: then a reload leaves the collectors running.
 *
 * @param name unique within an agent, such as {@code host}
 * @param config what the collectors are made of, with {@code equals} by value
 * @param make makes them; called once for each time they are started
 */
public record Configured(
    String name, Object config, Supplier<? extends List<? extends Collector>> make) {

  public Configured {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(make, "make");
  }

  /** One of which a single collector is made. */
  public static Configured one(String name, Object config, Supplier<? extends Collector> make) {
    return new Configured(name, config, () -> List.of(make.get()));
  }

  boolean sameAs(Configured other) {
    return name.equals(other.name) && config.equals(other.config);
  }
}
