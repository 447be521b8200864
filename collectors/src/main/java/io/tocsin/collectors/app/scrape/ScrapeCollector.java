package io.tocsin.collectors.app.scrape;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.app.figure.Complaints;
import io.tocsin.collectors.app.figure.TextCache;
import io.tocsin.collectors.app.mapping.FigureSource;
import io.tocsin.collectors.app.mapping.Inventory;
import io.tocsin.collectors.app.mapping.Mapper;
import io.tocsin.collectors.app.mapping.MappingRule;
import io.tocsin.collectors.app.prometheus.Exposition;
import io.tocsin.schemas.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One target, asked once a pass. A target that does not answer, or not in a format that can be
 * read, is an error of the pass; an answer that was cut off gives what had come, and a problem.
 */
final class ScrapeCollector implements Collector {

  /**
   * Two targets of one service show series of the same names and labels. Told apart by nothing,
   * their counters would be read as one that jumps to and fro; Prometheus names its label so, too.
   */
  private static final String INSTANCE = "instance";

  private final ScrapeConfig config;
  private final Clock clock;
  private final Scraper scraper;
  private final Inventory inventory;
  private final Mapper mapper;
  private final Complaints complaints;
  private final TextCache texts = new TextCache();

  ScrapeCollector(ScrapeConfig config, List<MappingRule> rules, ScrapeClient clients, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.scraper = new Scraper(config, clients);
    this.inventory = new Inventory(config.interval(), clock);
    this.complaints = new Complaints(name());
    FigureSource source =
        new FigureSource(name(), config.service(), config.tier(), config.keepUnmapped(), List.of());
    this.mapper = new Mapper(rules, source, inventory, complaints);
    inventory.service(config.service(), config.tier(), clock.instant());
  }

  @Override
  public String name() {
    return "app/scrape/" + config.id();
  }

  @Override
  public Duration interval() {
    return config.interval();
  }

  /** The timeout, and a second for a machine that is slow to wake us. */
  @Override
  public Duration deadline() {
    return config.timeout().plusSeconds(1);
  }

  @Override
  public List<Resource> resources() {
    return inventory.resources();
  }

  @Override
  public Reading collect() throws CollectorException, InterruptedException {
    Instant now = clock.instant();
    Reading.Builder reading = Reading.builder();
    scraper.scrape(
        openMetrics ->
            new Exposition(
                name(),
                openMetrics,
                config.seriesLimit(),
                texts,
                figure -> mapper.map(figure.with(INSTANCE, config.id()), now, reading::add),
                complaints),
        complaints);
    complaints.drain().forEach(reading::add);
    return reading.build();
  }
}
