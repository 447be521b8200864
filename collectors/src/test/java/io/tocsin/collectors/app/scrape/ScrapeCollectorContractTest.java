package io.tocsin.collectors.app.scrape;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorContract;
import io.tocsin.collectors.app.mapping.DefaultRules;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ScrapeCollectorContractTest extends CollectorContract {

  private RawTarget polite;
  private RawTarget hanging;

  @BeforeEach
  void serve() throws IOException {
    String body = "# TYPE http_requests_total counter\nhttp_requests_total{code=\"500\"} 3\n";
    polite = new RawTarget(RawTarget.with("200 OK", "text/plain; version=0.0.4", body));
    hanging = new RawTarget(out -> new CountDownLatch(1).await());
  }

  @AfterEach
  void stop() throws IOException {
    polite.close();
    hanging.close();
  }

  @Override
  protected Collector healthy() {
    return over(polite, Duration.ofSeconds(15));
  }

  @Override
  protected Collector troubled() {
    return over(hanging, Duration.ofMillis(300));
  }

  private static Collector over(RawTarget target, Duration timeout) {
    ScrapeConfig config =
        new ScrapeConfig(
            "shop",
            target.url(),
            Duration.ofMinutes(1),
            timeout,
            null,
            null,
            null,
            null,
            null,
            null);
    return Scrapes.collectors(List.of(config), DefaultRules.ALL, Clock.systemUTC()).get(0);
  }
}
