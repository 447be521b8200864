package io.tocsin.pipeline;

import io.tocsin.capacity.CapacityException;
import io.tocsin.capacity.cost.CostModel;
import io.tocsin.capacity.cost.Estimate;
import io.tocsin.capacity.cost.Item;
import io.tocsin.capacity.cost.PriceBook;
import io.tocsin.capacity.cost.PriceBookReader;
import io.tocsin.capacity.cost.Technology;
import io.tocsin.capacity.cost.Traced;
import io.tocsin.config.Config;
import io.tocsin.history.Pricing;
import io.tocsin.schemas.ResourceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Prices resources for history by the price book that a configuration names. */
public final class HistoryPrices implements Pricing {

  private static final double GIB = 1024.0 * 1024 * 1024;

  private final PriceBook book;
  private final CostModel model;

  HistoryPrices(PriceBook book) {
    this.book = book;
    this.model = new CostModel(book);
  }

  /**
   * The prices of {@code history.prices}; empty if there are none.
   *
   * @throws IllegalArgumentException with all that is wrong with the price book
   */
  public static Optional<Pricing> of(Config config) {
    return book(config).map(HistoryPrices::new);
  }

  /**
   * The price book of {@code history.prices}; empty if there is none.
   *
   * @throws IllegalArgumentException with all that is wrong with it
   */
  static Optional<PriceBook> book(Config config) {
    if (config.history() == null || config.history().prices() == null) {
      return Optional.empty();
    }
    Path file = config.history().prices();
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return Optional.of(PriceBookReader.read(file.toString(), text));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "history.prices: the price book cannot be read: " + unreadable, unreadable);
    } catch (CapacityException wrong) {
      throw new IllegalArgumentException("history.prices: " + wrong.getMessage(), wrong);
    }
  }

  @Override
  public String currency() {
    return book.currency();
  }

  /** Hosts have no price: they are what VMs and containers are priced for. */
  @Override
  public Optional<Cost> monthly(String resource, String kind, double cores, double memoryBytes) {
    ResourceKind known;
    if (kind.equals(ResourceKind.VM.name())) {
      known = ResourceKind.VM;
    } else if (kind.equals(ResourceKind.CONTAINER.name())) {
      known = ResourceKind.CONTAINER;
    } else {
      return Optional.empty();
    }
    String source = "the minutes of an hour";
    Item item =
        new Item(
            resource,
            "",
            Technology.of(known),
            Traced.given(resource + " cores", cores, "cores", source),
            Traced.given(resource + " memory", memoryBytes / GIB, "GiB", source));
    return Optional.of(
        new Cost(
            model.monthly(item, Estimate.LOW).value(),
            model.monthly(item, Estimate.BASE).value(),
            model.monthly(item, Estimate.HIGH).value()));
  }
}
