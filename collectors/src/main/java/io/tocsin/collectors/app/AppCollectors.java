package io.tocsin.collectors.app;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.app.mapping.DefaultRules;
import io.tocsin.collectors.app.mapping.MappingRule;
import io.tocsin.collectors.app.receiver.ReceiverCollector;
import io.tocsin.collectors.app.scrape.Scrapes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Makes the collectors of application figures. */
public final class AppCollectors {

  private AppCollectors() {}

  /** One per target, and one for the receiver if there is one. */
  public static List<Collector> collectors(AppConfig config, Clock clock) {
    List<MappingRule> rules = new ArrayList<>(config.mapping());
    if (config.defaultMapping()) {
      rules.addAll(DefaultRules.ALL);
    }
    List<Collector> collectors =
        new ArrayList<>(Scrapes.collectors(config.scrapes(), rules, clock));
    if (config.receiver() != null) {
      collectors.add(new ReceiverCollector(config.receiver(), rules, clock, System::nanoTime));
    }
    return collectors;
  }
}
