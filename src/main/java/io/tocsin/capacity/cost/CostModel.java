package io.tocsin.capacity.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What resources cost a month, by a price book. */
public final class CostModel {

  /** Hours of a mean month: 8,766 a year. */
  private static final double HOURS = 730.5;

  private final PriceBook book;

  public CostModel(PriceBook book) {
    this.book = book;
  }

  /** All kinds of cost of one resource. */
  public Traced monthly(Item item, Estimate estimate) {
    List<Traced> parts = new ArrayList<>();
    for (CostKind kind : CostKind.values()) {
      Price price = book.price(item.technology(), kind);
      parts.add(
          kind == CostKind.POWER
              ? power(item, price, estimate)
              : part(item, kind.word(), price, book.monthly(), estimate));
    }
    String name = item.id() + " as a " + item.technology().word();
    return Traced.sum(name, book.monthly(), parts);
  }

  /** All resources of each service; those of none are under {@code (no service)}. */
  public Map<String, Traced> byService(List<Item> items, Estimate estimate) {
    Map<String, List<Traced>> costs = new TreeMap<>();
    for (Item item : items) {
      String service = item.service().isEmpty() ? "(no service)" : item.service();
      costs.computeIfAbsent(service, any -> new ArrayList<>()).add(monthly(item, estimate));
    }
    Map<String, Traced> services = new TreeMap<>();
    costs.forEach(
        (service, parts) -> services.put(service, Traced.sum(service, book.monthly(), parts)));
    return services;
  }

  /** All resources together. */
  public Traced total(String name, List<Item> items, Estimate estimate) {
    return Traced.sum(
        name, book.monthly(), items.stream().map(item -> monthly(item, estimate)).toList());
  }

  private Traced part(Item item, String kind, Price price, String unit, Estimate estimate) {
    List<Traced> terms = new ArrayList<>();
    if (price.perCore() != Amount.ZERO) {
      terms.add(term(kind, "core", unit, item.cores(), price.perCore(), estimate));
    }
    if (price.perGib() != Amount.ZERO) {
      terms.add(term(kind, "GiB", unit, item.gib(), price.perGib(), estimate));
    }
    if (price.each() != Amount.ZERO) {
      terms.add(price.each().traced(kind + " for each", unit, estimate));
    }
    return Traced.sum(kind, unit, terms);
  }

  private static Traced term(
      String kind, String of, String unit, Traced count, Amount price, Estimate estimate) {
    Traced each = price.traced(kind + " per " + of, unit + " per " + of, estimate);
    return Traced.product(kind + " of all " + of + "s", unit, count, each);
  }

  /** Watts, with cooling, for a month of hours, in kWh, at their price. */
  private Traced power(Item item, Price watts, Estimate estimate) {
    return Traced.product(
        CostKind.POWER.word(),
        book.monthly(),
        part(item, "power drawn", watts, "W", estimate),
        book.energy().pue().traced("power usage effectiveness", "W/W", estimate),
        Traced.given("kilowatt-hours of a watt", HOURS / 1000, "kWh/month per W", "730.5 hours"),
        book.energy().perKwh().traced("price", book.currency() + "/kWh", estimate));
  }
}
