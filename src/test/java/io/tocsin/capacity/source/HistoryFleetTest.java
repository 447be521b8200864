package io.tocsin.capacity.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.capacity.CapacityException;
import io.tocsin.capacity.Figure;
import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.history.HistoryQuery;
import io.tocsin.history.HistoryRow;
import io.tocsin.history.HistorySeries;
import io.tocsin.history.HistoryStore;
import io.tocsin.history.HistoryTable;
import io.tocsin.history.RowSink;
import io.tocsin.history.Selector;
import io.tocsin.history.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryFleetTest {

  private static final Instant FROM = Instant.parse("2026-03-02T00:00:00Z");
  private final FakeStore store = new FakeStore();

  @Test
  void hostsVmsAndContainersAreReadWithTheirServices() throws Exception {
    store.known.add(new HistorySeries("vm/a", "VM", "shop", ""));
    store.known.add(new HistorySeries("endpoint/shop", "ENDPOINT", "shop", ""));
    store.known.add(new HistorySeries("service/shop", "SERVICE", "shop", ""));

    Fleet fleet = HistoryFleet.read(store, FROM, FROM.plus(Duration.ofDays(30)), id -> true);

    assertThat(fleet.resources()).extracting(ResourceSeries::id).containsExactly("vm/a");
    assertThat(fleet.resources().get(0).service()).isEqualTo("shop");
    assertThat(fleet.resources().get(0).step()).isEqualTo(Duration.ofMinutes(5));
    assertThat(fleet.resources().get(0).of(Figure.CPU_PERCENT)).containsExactly(40, 40);
    assertThat(fleet.resources().get(0).has(Figure.STEAL_PERCENT)).isFalse();
    assertThat(fleet.rejected()).isEmpty();
  }

  @Test
  void whatIsOlderThanTheMinutesIsReadInHours() throws Exception {
    store.known.add(new HistorySeries("vm/a", "VM", "shop", ""));

    HistoryFleet.read(store, FROM, FROM.plus(Duration.ofDays(365)), id -> true);

    assertThat(store.asked.get(0).step()).isEqualTo(Duration.ofHours(1));
    assertThat(store.tier).isEqualTo(Tier.HOUR);
  }

  @Test
  void whereMemoryIsShortStepsAreHoursAndTooManyResourcesAreRefused() throws Exception {
    store.known.add(new HistorySeries("vm/a", "VM", "shop", ""));
    store.known.add(new HistorySeries("vm/b", "VM", "shop", ""));
    Instant to = FROM.plus(Duration.ofDays(10));
    long hourly = 2L * 10 * 24 * Figure.values().length;

    HistoryFleet.read(store, FROM, to, id -> true, hourly);

    assertThat(store.asked.get(0).step()).isEqualTo(Duration.ofHours(1));
    assertThatThrownBy(() -> HistoryFleet.read(store, FROM, to, id -> true, hourly - 1))
        .isInstanceOf(CapacityException.class)
        .hasMessageContaining("2 resources, too many");
  }

  @Test
  void anEmptyHistoryIsSaidToBeEmpty() {
    assertThatThrownBy(
            () -> HistoryFleet.read(store, FROM, FROM.plus(Duration.ofDays(1)), id -> true))
        .isInstanceOf(CapacityException.class)
        .hasMessageContaining("history has no host, VM or container");
  }

  @Test
  void aReversedRangeIsRefused() {
    store.known.add(new HistorySeries("vm/a", "VM", "shop", ""));

    assertThatThrownBy(
            () -> HistoryFleet.read(store, FROM, FROM.minus(Duration.ofDays(1)), id -> true))
        .isInstanceOf(CapacityException.class)
        .hasMessageContaining("range: from");
  }

  /** Two rows of each resource it knows. */
  private static final class FakeStore implements HistoryStore {
    private final List<HistorySeries> known = new ArrayList<>();
    private final List<HistoryQuery> asked = new ArrayList<>();
    private Tier tier;

    @Override
    public void read(HistoryQuery query, RowSink sink) {
      asked.add(query);
      double[] values = new double[query.figures().size()];
      Arrays.fill(values, Double.NaN);
      values[query.figures().indexOf("cpu_percent")] = 40;
      values[query.figures().indexOf("cores")] = 4;
      sink.row(new HistoryRow(query.from(), query.selector().value(), "", values));
      sink.row(
          new HistoryRow(query.from().plus(query.step()), query.selector().value(), "", values));
    }

    @Override
    public List<HistorySeries> series(
        HistoryTable table, Tier tier, Selector selector, Instant from, Instant to) {
      this.tier = tier;
      return known;
    }

    @Override
    public void close() {}
  }
}
