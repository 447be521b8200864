package io.tocsin.capacity.report;

import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.capacity.cost.CostModel;
import io.tocsin.capacity.cost.Estimate;
import io.tocsin.capacity.cost.Item;
import io.tocsin.capacity.cost.PriceBook;
import io.tocsin.capacity.cost.Roi;
import io.tocsin.capacity.cost.Traced;
import io.tocsin.capacity.rightsizing.Advice;
import io.tocsin.schemas.ResourceKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a fleet costs.
 *
 * @param currency three letters
 * @param now a month as it is, at each estimate
 * @param advised a month at the sizes it should have, at each estimate
 * @param services a month as it is, by service, best guess
 * @param roi of the price book's project; empty if it has none
 * @param left VMs and containers that are not in it because their size is not known
 */
public record Costs(
    String currency,
    Map<Estimate, Traced> now,
    Map<Estimate, Traced> advised,
    Map<String, Traced> services,
    List<Roi> roi,
    List<String> left) {

  /** Prices VMs and containers; hosts are what those are priced for. */
  public static Costs of(PriceBook book, Fleet fleet, List<Advice> advice) {
    List<Item> now = new ArrayList<>();
    List<Item> advised = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (int i = 0; i < fleet.resources().size(); i++) {
      ResourceSeries series = fleet.resources().get(i);
      if (series.kind() != ResourceKind.VM && series.kind() != ResourceKind.CONTAINER) {
        continue;
      }
      Item item = Item.now(series, advice.get(2 * i), advice.get(2 * i + 1));
      if (item.isKnown()) {
        now.add(item);
        advised.add(Item.advised(series, advice.get(2 * i), advice.get(2 * i + 1)));
      } else {
        left.add(series.id());
      }
    }
    CostModel model = new CostModel(book);
    return new Costs(
        book.currency(),
        totals(model, "as it is", now),
        totals(model, "as advised", advised),
        model.byService(now, Estimate.BASE),
        book.project()
            .map(project -> Roi.of(project, book.currency(), Roi.savings(model, now, advised)))
            .orElse(List.of()),
        left);
  }

  private static Map<Estimate, Traced> totals(CostModel model, String name, List<Item> items) {
    Map<Estimate, Traced> totals = new EnumMap<>(Estimate.class);
    for (Estimate estimate : Estimate.values()) {
      totals.put(estimate, model.total(name, items, estimate));
    }
    return totals;
  }
}
