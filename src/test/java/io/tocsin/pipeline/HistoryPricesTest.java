package io.tocsin.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.config.Config;
import io.tocsin.config.ConfigLoader;
import io.tocsin.history.Pricing;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryPricesTest {

  @TempDir Path temp;

  @Test
  void aVmAndAContainerAreWorthWhatThePriceBookSays() throws Exception {
    Pricing pricing = HistoryPrices.of(config(Path.of("../deploy/prices.yaml"))).orElseThrow();

    assertThat(pricing.currency()).isEqualTo("EUR");
    // 2 x 4.00 + 4 x 0.60, 2 x 2.50, 18, 11.6 W x 1.5 x 0.7305 x 0.25, 1.50
    Pricing.Cost vm = pricing.monthly("vm/a", "VM", 2, 4L << 30).orElseThrow();
    assertThat(vm.base()).isCloseTo(10.4 + 5 + 18 + 3.177675 + 1.5, within(1e-9));
    assertThat(vm.low()).isLessThan(vm.base());
    assertThat(vm.high()).isGreaterThan(vm.base());
    assertThat(pricing.monthly("container/a", "CONTAINER", 2, 4L << 30)).isPresent();
  }

  @Test
  void aHostHasNoPriceAsItIsWhatOthersArePricedFor() throws Exception {
    Pricing pricing = HistoryPrices.of(config(Path.of("../deploy/prices.yaml"))).orElseThrow();
    assertThat(pricing.monthly("host/a", "HOST", 2, 4L << 30)).isEmpty();
  }

  @Test
  void withoutAPriceBookNothingIsPriced() {
    assertThat(HistoryPrices.of(Config.defaults())).isEmpty();
  }

  @Test
  void aPriceBookThatCannotBeUsedIsNamedWithAllThatIsWrong() throws Exception {
    assertThatThrownBy(() -> HistoryPrices.of(config(temp.resolve("none.yaml"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("history.prices", "none.yaml");
    Path bad = Files.writeString(temp.resolve("bad.yaml"), "currency: euro\n");
    assertThatThrownBy(() -> HistoryPrices.of(config(bad)))
        .hasMessageContainingAll("history.prices", "currency", "energy", "container");
  }

  private Config config(Path prices) throws Exception {
    Path file =
        Files.writeString(temp.resolve("tocsin.yaml"), "history: {prices: \"" + prices + "\"}\n");
    return new ConfigLoader().load(file);
  }
}
