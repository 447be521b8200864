package io.tocsin.capacity.cost;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a change pays: ROI = (gain − investment) ÷ investment × 100 %, gain = savings +
 * efficiency value, investment = initial + running. The low one has low gains and high investments,
 * the high one the other way round; the base is the best guess of all.
 *
 * @param estimate which of the three
 * @param gain over all months
 * @param investment over all months
 * @param roi in percent; NaN if nothing is invested
 */
public record Roi(Estimate estimate, Traced gain, Traced investment, Traced roi) {

  /**
   * All three.
   *
   * @param project what it takes and brings
   * @param currency of the amounts
   * @param savings a month by rightsizing, at each estimate of prices
   */
  public static List<Roi> of(Project project, String currency, Map<Estimate, Traced> savings) {
    List<Roi> all = new ArrayList<>();
    for (Estimate estimate : Estimate.values()) {
      Estimate other = estimate.opposite();
      Traced months = project.months().traced("months", "months", Estimate.BASE);
      List<Traced> monthly = new ArrayList<>();
      monthly.add(savings.get(estimate));
      monthly.addAll(amounts(project.savings(), currency + "/month", estimate));
      Traced saved = Traced.sum("savings", currency + "/month", monthly);
      Traced efficiency =
          Traced.sum(
              "efficiency value",
              currency + "/month",
              amounts(project.efficiency(), currency + "/month", estimate));
      Traced gain =
          Traced.product(
              "gain",
              currency,
              Traced.sum(
                  "savings and efficiency value", currency + "/month", List.of(saved, efficiency)),
              months);
      Traced initial = Traced.sum("initial", currency, amounts(project.initial(), currency, other));
      Traced running =
          Traced.sum(
              "running a month",
              currency + "/month",
              amounts(project.running(), currency + "/month", other));
      Traced investment =
          Traced.sum(
              "investment",
              currency,
              List.of(initial, Traced.product("running", currency, running, months)));
      Traced net = Traced.difference("gain less investment", currency, gain, investment);
      all.add(new Roi(estimate, gain, investment, Traced.percentage("ROI", net, investment)));
    }
    return all;
  }

  /** What a month costs less, at each estimate. */
  public static Map<Estimate, Traced> savings(CostModel model, List<Item> now, List<Item> advised) {
    Map<Estimate, Traced> savings = new EnumMap<>(Estimate.class);
    for (Estimate estimate : Estimate.values()) {
      Traced before = model.total("all as they are", now, estimate);
      Traced after = model.total("all as advised", advised, estimate);
      savings.put(estimate, Traced.difference("rightsizing", before.unit(), before, after));
    }
    return savings;
  }

  private static List<Traced> amounts(Map<String, Amount> named, String unit, Estimate estimate) {
    return named.entrySet().stream()
        .map(entry -> entry.getValue().traced(entry.getKey(), unit, estimate))
        .toList();
  }
}
