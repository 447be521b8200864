package io.tocsin.capacity.report;

import io.tocsin.capacity.Figure;
import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.capacity.choice.Choice;
import io.tocsin.capacity.choice.Chooser;
import io.tocsin.capacity.choice.Evidence;
import io.tocsin.capacity.choice.Matrix;
import io.tocsin.capacity.choice.MigrationPlanner;
import io.tocsin.capacity.choice.Move;
import io.tocsin.capacity.cost.CostModel;
import io.tocsin.capacity.cost.Estimate;
import io.tocsin.capacity.cost.Item;
import io.tocsin.capacity.cost.PriceBook;
import io.tocsin.capacity.cost.Technology;
import io.tocsin.capacity.cost.Traced;
import io.tocsin.capacity.forecast.ForecastOutcome;
import io.tocsin.capacity.forecast.ForecastSettings;
import io.tocsin.capacity.forecast.Forecaster;
import io.tocsin.capacity.rightsizing.Advice;
import io.tocsin.capacity.rightsizing.Rightsizer;
import io.tocsin.capacity.rightsizing.RightsizingSettings;
import io.tocsin.schemas.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be said of a fleet.
 *
 * @param fleet what it rests on
 * @param forecasts the most urgent first
 * @param advice CPU and memory of each resource, in the order of the fleet
 * @param costs empty without a price book
 * @param evidence of each VM and container
 * @param choices of the same
 * @param moves in the order of their waves
 */
public record Assessment(
    Fleet fleet,
    List<ForecastOutcome> forecasts,
    List<Advice> advice,
    Optional<Costs> costs,
    List<Evidence> evidence,
    List<Choice> choices,
    List<Move> moves) {

  /** Looks at a fleet from all sides. */
  public static Assessment of(
      Fleet fleet,
      ForecastSettings forecasting,
      RightsizingSettings sizing,
      Optional<PriceBook> prices,
      Matrix matrix) {
    List<Advice> advice = new Rightsizer(sizing).advise(fleet.resources());
    List<Evidence> evidence = evidence(fleet, advice, prices);
    Chooser chooser = new Chooser(matrix);
    List<Choice> choices = evidence.stream().map(chooser::choose).toList();
    return new Assessment(
        fleet,
        new Forecaster(forecasting).rank(fleet.resources(), Figure.FILLING),
        advice,
        prices.map(book -> Costs.of(book, fleet, advice)),
        evidence,
        choices,
        new MigrationPlanner(matrix).plan(choices));
  }

  /** What was measured of each VM and container, priced both ways at the size it should have. */
  public static List<Evidence> evidence(
      Fleet fleet, List<Advice> advice, Optional<PriceBook> prices) {
    List<Evidence> all = new ArrayList<>();
    for (int i = 0; i < fleet.resources().size(); i++) {
      ResourceSeries series = fleet.resources().get(i);
      if (series.kind() != ResourceKind.VM && series.kind() != ResourceKind.CONTAINER) {
        continue;
      }
      Advice cpu = advice.get(2 * i);
      Advice memory = advice.get(2 * i + 1);
      Item item = Item.advised(series, cpu, memory);
      Optional<CostModel> model = prices.filter(any -> item.isKnown()).map(CostModel::new);
      all.add(
          Evidence.of(
              series,
              cpu,
              memory,
              model.map(m -> cost(m, item, Technology.VM)).orElse(null),
              model.map(m -> cost(m, item, Technology.CONTAINER)).orElse(null)));
    }
    return all;
  }

  private static Traced cost(CostModel model, Item item, Technology technology) {
    return model.monthly(item.in(technology), Estimate.BASE);
  }
}
