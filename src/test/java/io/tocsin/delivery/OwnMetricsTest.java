package io.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class OwnMetricsTest {

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void whatTheProgramTellsOfItselfIsUnderstood() {
    Build.bindTo(meters);
    meters.counter("tocsin.streams.threads", "reason", "replaced").increment();
    meters.counter("tocsin.watchdog.signs", "outcome", "silent").increment();
    meters.counter("tocsin.watchdog.signs", "outcome", "sent").increment();
    OwnMetrics own = OwnMetrics.of(meters.scrape());
    assertThat(own.version()).isEqualTo(Build.version()).isNotEmpty();
    assertThat(own.startedAt()).isPositive();
    assertThat(own.troubles())
        .hasSize(2)
        .containsEntry("tocsin_streams_threads_total{reason=\"replaced\"}", 1.0)
        .containsEntry("tocsin_watchdog_signs_total{outcome=\"silent\"}", 1.0);
  }

  @Test
  void whatIsNoneOfThisIsPassedOver() {
    assertThat(OwnMetrics.of("<html>\n# HELP x\nx{a=\"}\"} 1\n\ntocsin_build_info 1\n"))
        .isEqualTo(OwnMetrics.of(""));
  }
}
