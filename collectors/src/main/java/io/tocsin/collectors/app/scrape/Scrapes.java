package io.tocsin.collectors.app.scrape;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.app.mapping.MappingRule;
import java.time.Clock;
import java.util.List;

/** Makes the collectors of targets; they share one HTTP client. */
public final class Scrapes {

  private Scrapes() {}

  /** One collector per target. */
  public static List<Collector> collectors(
      List<ScrapeConfig> scrapes, List<MappingRule> rules, Clock clock) {
    ScrapeClient clients = new ScrapeClient();
    return scrapes.stream()
        .<Collector>map(scrape -> new ScrapeCollector(scrape, rules, clients, clock))
        .toList();
  }
}
