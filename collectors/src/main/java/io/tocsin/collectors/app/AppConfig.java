package io.tocsin.collectors.app;

import io.tocsin.collectors.app.mapping.MappingRule;
import io.tocsin.collectors.app.receiver.ReceiverConfig;
import io.tocsin.collectors.app.scrape.ScrapeConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which figures of applications are taken. A null component takes its default.
 *
 * @param scrapes targets that are asked; default: none
 * @param receiver where others send to; default: none, and nothing listens
 * @param mapping what metrics mean, first match holds; default: none
 * @param defaultMapping whether the built-in rules for well-known metrics come after those;
 *     default: true
 */
public record AppConfig(
    List<ScrapeConfig> scrapes,
    ReceiverConfig receiver,
    List<MappingRule> mapping,
    Boolean defaultMapping) {

  /** Nothing is asked and nothing listens. */
  public static final AppConfig DEFAULT = new AppConfig(null, null, null, null);

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if two scrapes have the same id
   */
  public AppConfig {
    scrapes = scrapes == null ? List.of() : List.copyOf(scrapes);
    mapping = mapping == null ? List.of() : List.copyOf(mapping);
    defaultMapping = defaultMapping == null || defaultMapping;
    Set<String> ids = new HashSet<>();
    for (ScrapeConfig scrape : scrapes) {
      if (!ids.add(scrape.id())) {
        throw new IllegalArgumentException(
            "two scrapes have the id '%s': give one of them another".formatted(scrape.id()));
      }
    }
  }
}
