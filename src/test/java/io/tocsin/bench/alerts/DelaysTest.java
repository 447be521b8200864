package io.tocsin.bench.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bench.Latencies;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DelaysTest {

  private static final Breach FIRST = new Breach(Way.HEALTH, "endpoint/a", 0, 5_000);
  private static final Breach SECOND = new Breach(Way.HEALTH, "endpoint/b", 100, 5_100);

  @Test
  void theyCountFromThePublishedRecordAndFromTheBreak() {
    Delays delays =
        Delays.of(
            Map.of(
                FIRST, new AlertFeed.Moments(1_000, 1_400),
                SECOND, new AlertFeed.Moments(1_100, 1_500)),
            breach -> true,
            new PageWatch.Seen(
                Map.of("endpoint/a", 1_420L, "endpoint/b", 1_530L),
                Map.of("endpoint/a", 1_430L),
                Map.of("endpoint/a", 1_450L)));
    assertThat(delays.breaches()).isEqualTo(2);
    assertThat(delays.missing()).isEqualTo(1);
    assertThat(delays.alert()).isEqualTo(new Latencies.Summary(2, 20, 30, 30));
    assertThat(delays.incident().max()).isEqualTo(30);
    assertThat(delays.page().max()).isEqualTo(50);
    assertThat(delays.pageFromBreak().max()).isEqualTo(450);
  }

  @Test
  void whatDoesNotCountIsNotMissed() {
    Delays delays = Delays.ofPages(Map.of(FIRST, 5L), breach -> breach == SECOND, Map.of());
    assertThat(delays.breaches()).isZero();
    assertThat(delays.missing()).isZero();
  }

  @Test
  void aWebhookIsAPageOnlyWhileItFires() throws Exception {
    try (Webhook webhook = new Webhook(java.time.Clock.systemUTC())) {
      var json = new com.fasterxml.jackson.databind.ObjectMapper();
      String alert = "{\"alerts\":[{\"status\":\"%s\",\"labels\":{\"resource\":\"vm/a\"}}]}";
      webhook.note(json.readTree(String.format(alert, "resolved")), 5);
      assertThat(webhook.pages()).isEmpty();
      webhook.note(json.readTree(String.format(alert, "firing")), 7);
      webhook.note(json.readTree(String.format(alert, "firing")), 9);
      assertThat(webhook.pages()).containsExactly(Map.entry("vm/a", 7L));
    }
  }
}
