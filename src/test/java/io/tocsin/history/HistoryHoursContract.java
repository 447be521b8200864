package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** What every store of history does, and what the recorder makes of its hours. */
abstract class HistoryHoursContract extends HistoryStoreContract {

  @Test
  void hoursAreMadeOfMinutes() throws Exception {
    try (PointStore points = filled().place().points()) {
      new HourOfMinutes(store(), points, NOON).make();
      new HourOfMinutes(store(), points, NOON.plusSeconds(3_600)).make();
    }
    eventually(this::hoursAreThoseOfMinutes);
  }

  /** What was written can be asked for a while later, which is not known beforehand. */
  private static void eventually(ThrowingRunnable check) {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(check);
  }

  private void hoursAreThoseOfMinutes() throws Exception {
    Selector host = Selector.resource("host/a");
    Duration hour = Duration.ofHours(1);
    sameAs(
        expected("host/a", hour, Tier.MINUTE, FilledHistory.Point::mean, Aggregate.MEAN),
        rows(query("cpu_percent", host, hour, Aggregate.MEAN)));
    sameAs(
        expected("host/a", hour, Tier.MINUTE, FilledHistory.Point::max, Aggregate.MAX),
        rows(query("cpu_percent", host, hour, Aggregate.MAX)));
    sameAs(
        expected("host/a", hour, Tier.MINUTE, FilledHistory.Point::p95, Aggregate.P95),
        rows(query("cpu_percent", host, hour, Aggregate.P95)));
    assertThat(rows(query("latency_ms", Selector.all(), hour, Aggregate.MIN))).hasSize(4);
    assertThat(resourcesByHour(Selector.rollups())).containsExactly("service/shop");
    assertThat(rows(query("requests_per_second", Selector.rollups(), hour, Aggregate.MEAN)))
        .hasSize(2)
        .allMatch(row -> row.values()[0] == FilledHistory.REQUESTS);
    assertThat(rows(query("rx_bytes_per_second", Selector.rollups(), hour, Aggregate.MEAN)))
        .hasSize(2)
        .allMatch(row -> row.values()[0] == FilledHistory.BYTES);
    assertThat(resourcesByHour(Selector.kind("VM"))).containsExactly("vm/b", Line.clean(HOSTILE));
  }

  @Test
  void hoursOfMetersKeepTheirNameAndKeyAsMinutesDo() throws Exception {
    try (PointStore points = filled().place().points()) {
      new HourOfMinutes(store(), points, NOON).make();
    }
    HistoryQuery query = query("meter_value", Selector.all(), Duration.ofHours(1), Aggregate.MAX);
    eventually(() -> assertThat(rows(query)).isNotEmpty());
    assertThat(rows(query))
        .allMatch(
            row ->
                row.resource().equals("tocsin/up")
                    && row.part().equals("healing/succeeded")
                    && row.values()[0] == FilledHistory.METER);
  }

  @Test
  void whatAnHourCostsIsKeptOfResourcesServicesAndAllTogether() throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (PointStore points = filled().place().points()) {
      CostOfHour cost = new CostOfHour(store(), points, new TenACore(), NOON, meters);
      cost.make();
      cost.make(); // a second time it is the same
    }
    eventually(this::costsAreThere);
    assertThat(meters.counter("tocsin.recorder.costs", "outcome", "no-price").count()).isEqualTo(2);
  }

  private void costsAreThere() throws Exception {
    HistoryQuery all =
        HistoryQuery.of(
            List.of("cost_per_month", "cost_per_hour", "cost_high_per_month"),
            Selector.all(),
            NOON,
            TWO,
            Duration.ofHours(1),
            Aggregate.MEAN);
    List<HistoryRow> rows = rows(all);
    assertThat(rows).extracting(HistoryRow::resource).containsExactly("vm/b", Line.clean(HOSTILE));
    assertThat(rows).allMatch(row -> row.part().equals("EUR") && row.at().equals(NOON));
    assertThat(rows.get(0).values())
        .containsExactly(new double[] {40, 40 / 730.5, 80}, within(1e-9));
    List<HistoryRow> together =
        rows(query("cost_per_month", Selector.rollups(), Duration.ofHours(1), Aggregate.MEAN));
    assertThat(together)
        .extracting(HistoryRow::resource)
        .containsExactly("rollup/fleet", "service/shop");
    assertThat(together).extracting(row -> row.values()[0]).containsExactly(80.0, 40.0);
  }

  /** VMs cost ten a core and month, or half or twice of that. */
  private static final class TenACore implements Pricing {

    @Override
    public String currency() {
      return "EUR";
    }

    @Override
    public Optional<Cost> monthly(String resource, String kind, double cores, double memoryBytes) {
      return kind.equals("VM")
          ? Optional.of(new Cost(5 * cores, 10 * cores, 20 * cores))
          : Optional.empty();
    }
  }

  private List<String> resourcesByHour(Selector selector) throws HistoryException {
    return store().series(HistoryTable.WINDOWS, Tier.HOUR, selector, NOON, TWO).stream()
        .map(HistorySeries::resource)
        .toList();
  }
}
