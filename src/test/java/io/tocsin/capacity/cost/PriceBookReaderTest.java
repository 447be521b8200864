package io.tocsin.capacity.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.capacity.CapacityException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PriceBookReaderTest {

  @Test
  void theSampleIsGood() throws Exception {
    PriceBook book =
        PriceBookReader.read("prices.yaml", Files.readString(Path.of("../deploy/prices.yaml")));

    assertThat(book.currency()).isEqualTo("EUR");
    assertThat(book.price(Technology.VM, CostKind.HARDWARE).perCore().base()).isEqualTo(4);
    assertThat(book.price(Technology.VM, CostKind.HARDWARE).perCore().source())
        .isEqualTo("prices.yaml: vm.hardware.per-core");
    assertThat(book.project()).isPresent();
  }

  @Test
  void everyKindOfCostThatIsMissingIsNamedAtOnce() {
    assertThat(problems("currency: EUR\nvm:\n  hardware: {per-core: 4}\n  power: {}\n"))
        .contains("energy: is missing; give price-per-kwh and pue")
        .contains("vm.licence: is missing; write {each: 0} if it costs nothing")
        .contains("vm.operations: is missing")
        .contains("vm.cloud: is missing")
        .contains("vm.platform: is missing")
        .contains("vm.power: says nothing; give one of watts-per-core, watts-per-gib")
        .contains("container: is missing; give a price for each kind of cost");
  }

  @Test
  void amountsThatMakeNoSenseAreNamedWithTheirPlace() {
    assertThat(
            problems(
                """
                currency: euros
                energy: {price-per-kwh: -1, pue: 0.5}
                vm: {hardware: {per-core: [3, 2, 1]}, licence: {per-core: [1, 2]}, hardwear: {each: 1}}
                container: {}
                project: {months: 0, initial: {training: lots}}
                """))
        .contains("prices.yaml:1:11: currency: is not a currency")
        .contains("energy.price-per-kwh: is not a number from 0")
        .contains("energy.pue: is not a number from 1 to 10")
        .contains("vm.hardware.per-core: has to rise: [low, base, high]")
        .contains("vm.licence.per-core: has to be one number, or three")
        .contains("vm.hardwear: is not known here; did you mean hardware?")
        .contains("project.months: is not a number from 1 to 240")
        .contains("project.initial.training: is not a number");
  }

  @Test
  void whatIsNoYamlIsSaidToBeNone() {
    assertThat(problems("{{{")).contains("is not YAML");
    assertThat(problems("")).contains("is empty");
  }

  private static String problems(String text) {
    CapacityException refused =
        catchThrowableOfType(
            CapacityException.class, () -> PriceBookReader.read("prices.yaml", text));
    return refused.getMessage();
  }
}
