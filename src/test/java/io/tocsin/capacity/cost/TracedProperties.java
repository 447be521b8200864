package io.tocsin.capacity.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class TracedProperties {

  /** A number is what its inputs make, all the way down. */
  @Property(tries = 100)
  void everyNumberCanBeWorkedOutAgainFromItsInputs(
      @ForAll @DoubleRange(min = 0, max = 1e6) double saved,
      @ForAll @DoubleRange(min = 0, max = 1e6) double won,
      @ForAll @DoubleRange(min = 1, max = 1e6) double initial,
      @ForAll @DoubleRange(min = 0, max = 1e4) double running) {
    for (Roi roi : rois(saved, won, initial, running)) {
      assertThat(again(roi.roi())).isCloseTo(roi.roi().value(), within(1e-6));
    }
  }

  @Property(tries = 100)
  void theLowRoiIsNotAboveTheBaseNorThatAboveTheHigh(
      @ForAll @DoubleRange(min = 0, max = 1e6) double saved,
      @ForAll @DoubleRange(min = 1, max = 1e6) double initial) {
    List<Roi> rois = rois(saved, 10, initial, 5);

    assertThat(rois.get(0).roi().value()).isLessThanOrEqualTo(rois.get(1).roi().value() + 1e-9);
    assertThat(rois.get(1).roi().value()).isLessThanOrEqualTo(rois.get(2).roi().value() + 1e-9);
  }

  @Example
  void nothingInvestedHasNoRoi() {
    Project free = new Project(amount(12), Map.of("less", amount(5)), Map.of(), Map.of(), Map.of());

    assertThat(Roi.of(free, "EUR", savings(1)).get(1).roi().value()).isNaN();
  }

  @Example
  void aDerivationNamesRuleAndSourceOfEachNumber() {
    Traced cores = Traced.given("cores", 4, "cores", "the newest of its history");
    Traced price =
        Traced.given("price", 2.5, "EUR/month per core", "prices.yaml: vm.hardware.per-core");

    assertThat(Traced.product("hardware", "EUR/month", cores, price).derivation())
        .isEqualTo(
            """
            hardware = 10.00 EUR/month (product)
              cores = 4.00 cores (the newest of its history)
              price = 2.50 EUR/month per core (prices.yaml: vm.hardware.per-core)
            """);
  }

  private static double again(Traced value) {
    List<Traced> in = value.inputs();
    if (in.isEmpty()) {
      return value.rule().equals("sum") ? 0 : value.value();
    }
    return switch (value.rule()) {
      case "sum" -> in.stream().mapToDouble(TracedProperties::again).sum();
      case "product" -> in.stream().mapToDouble(TracedProperties::again).reduce(1, (a, b) -> a * b);
      case "first less second" -> again(in.get(0)) - again(in.get(1));
      case "first ÷ second × 100 %" -> again(in.get(0)) / again(in.get(1)) * 100;
      default -> throw new AssertionError(value.rule());
    };
  }

  private static List<Roi> rois(double saved, double won, double initial, double running) {
    Project project =
        new Project(
            amount(36),
            Map.of(),
            Map.of("time", new Amount(won / 2, won, won * 2, "here")),
            Map.of("work", new Amount(initial / 2, initial, initial * 2, "here")),
            Map.of("upkeep", amount(running)));
    return Roi.of(project, "EUR", savings(saved));
  }

  private static Map<Estimate, Traced> savings(double base) {
    return Map.of(
        Estimate.LOW,
        saving(base / 2),
        Estimate.BASE,
        saving(base),
        Estimate.HIGH,
        saving(base * 2));
  }

  private static Traced saving(double value) {
    return Traced.given("rightsizing", value, "EUR/month", "here");
  }

  private static Amount amount(double value) {
    return new Amount(value, value, value, "here");
  }
}
