package io.tocsin.history;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What each resource cost in one hour, each service and all together, by the size that its minutes
 * say it had. A resource that was there for a part of the hour is priced for the whole.
 */
final class CostOfHour {

  /** Hours of a mean month, as in the price model of {@code tocsin capacity}: 8,766 a year. */
  private static final double HOURS_A_MONTH = 730.5;

  private static final List<String> SIZE = List.of("cores", "memory_bytes");

  private final HistoryStore store;
  private final PointStore points;
  private final Pricing pricing;
  private final Instant from;
  private final MeterRegistry meters;

  /** Costs and how many they are of. */
  private record Sum(Pricing.Cost cost, long members) {
    Sum plus(Sum other) {
      return new Sum(cost.plus(other.cost), members + other.members);
    }
  }

  CostOfHour(
      HistoryStore store, PointStore points, Pricing pricing, Instant hour, MeterRegistry meters) {
    this.store = store;
    this.points = points;
    this.pricing = pricing;
    this.from = hour;
    this.meters = meters;
  }

  /**
   * Makes it and writes it.
   *
   * @throws HistoryException if the store does not answer, or does not take it
   */
  void make() throws HistoryException {
    Instant to = from.plus(Tier.HOUR.size());
    Map<String, double[]> sizes = sizes(to);
    List<String> lines = new ArrayList<>();
    Map<String, Sum> services = new TreeMap<>();
    Sum all = new Sum(new Pricing.Cost(0, 0, 0), 0);
    for (HistorySeries one :
        store.series(HistoryTable.WINDOWS, Tier.MINUTE, Selector.all(), from, to)) {
      Optional<Pricing.Cost> cost = priced(one, sizes.get(one.resource()));
      if (cost.isEmpty()) {
        continue;
      }
      Sum sum = new Sum(cost.get(), 1);
      line(one.resource(), one.kind(), one.service(), 0, cost.get()).ifPresent(lines::add);
      if (!one.service().isEmpty()) {
        services.merge(one.service(), sum, Sum::plus);
      }
      all = all.plus(sum);
    }
    services.forEach(
        (name, sum) ->
            line("service/" + name, "SERVICE", name, sum.members, sum.cost).ifPresent(lines::add));
    if (all.members > 0) {
      line("rollup/fleet", "UNSPECIFIED", "", all.members, all.cost).ifPresent(lines::add);
    }
    if (!lines.isEmpty() && !(points.write(lines) instanceof PointStore.Answer.Stored)) {
      throw new HistoryException("the store did not take the costs of " + from, null);
    }
  }

  /** In steps of a minute: a step as long as the hour would be read from the hours. */
  private Map<String, double[]> sizes(Instant to) throws HistoryException {
    Map<String, double[]> sizes = new HashMap<>();
    HourFold fold = new HourFold(Aggregate.MEAN, hour -> sizes.put(hour.resource(), hour.values()));
    store.read(
        HistoryQuery.of(SIZE, Selector.all(), from, to, Tier.MINUTE.size(), Aggregate.MEAN), fold);
    fold.end();
    return sizes;
  }

  private Optional<Pricing.Cost> priced(HistorySeries one, double[] size) {
    if (size == null || Double.isNaN(size[0]) || Double.isNaN(size[1])) {
      counted("unknown-size");
      return Optional.empty();
    }
    Optional<Pricing.Cost> cost = pricing.monthly(one.resource(), one.kind(), size[0], size[1]);
    counted(cost.isEmpty() ? "no-price" : "priced");
    return cost;
  }

  private void counted(String outcome) {
    meters.counter("tocsin.recorder.costs", "outcome", outcome).increment();
  }

  private Optional<String> line(
      String resource, String kind, String service, long members, Pricing.Cost cost) {
    return new Line(HistoryTable.COSTS.at(Tier.HOUR))
        .tag("resource", resource)
        .tag("kind", kind)
        .tag("service", service)
        .tag("currency", pricing.currency())
        .flag("final", true)
        .whole("members", members)
        .number("cost_per_hour", cost.base() / HOURS_A_MONTH)
        .number("cost_per_month", cost.base())
        .statistic("cost_low_per_month", cost.low())
        .statistic("cost_high_per_month", cost.high())
        .at(from);
  }
}
