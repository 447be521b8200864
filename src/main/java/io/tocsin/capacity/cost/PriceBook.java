package io.tocsin.capacity.cost;

import java.util.Map;
import java.util.Optional;

/**
 * What things cost.
 *
 * @param currency three letters, ISO 4217
 * @param energy what electricity costs
 * @param prices every kind of cost for every technology; what costs nothing says so
 * @param project empty if none is asked about
 */
public record PriceBook(
    String currency,
    Energy energy,
    Map<Technology, Map<CostKind, Price>> prices,
    Optional<Project> project) {

  /** A price. */
  public Price price(Technology technology, CostKind kind) {
    return prices.get(technology).get(kind);
  }

  /** Unit of what recurs. */
  public String monthly() {
    return currency + "/month";
  }
}
