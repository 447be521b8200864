package io.tocsin.capacity.cost;

import io.tocsin.alerting.yaml.Problem;
import io.tocsin.alerting.yaml.YamlObject;
import io.tocsin.alerting.yaml.YamlSource;
import io.tocsin.alerting.yaml.YamlText;
import io.tocsin.capacity.CapacityException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a price book. All that is wrong is said at once; a kind of cost left out is wrong. */
public final class PriceBookReader {

  private static final double MOST = 1e12;
  private static final List<String> TOP =
      List.of("currency", "energy", "vm", "container", "project");
  private static final List<String> PRICE = List.of("per-core", "per-gib", "each");
  private static final List<String> POWER = List.of("watts-per-core", "watts-per-gib");
  private static final List<String> PROJECT =
      List.of(
          "months", "savings-per-month", "efficiency-per-month", "initial", "running-per-month");

  private final YamlSource source;
  private final String file;

  private PriceBookReader(String file, String text) {
    this.file = file;
    this.source = new YamlSource(file, 1, text);
  }

  /**
   * Reads.
   *
   * @param file as the user named it, for messages
   * @param text YAML
   * @throws CapacityException with file, line and key of everything that is wrong
   */
  public static PriceBook read(String file, String text) throws CapacityException {
    PriceBookReader reader = new PriceBookReader(file, text);
    Optional<PriceBook> book = reader.source.root("").map(reader::book);
    if (!reader.source.isGood() || book.isEmpty()) {
      throw new CapacityException(
          reader.source.problems().stream().map(Problem::toString).toList());
    }
    return book.get();
  }

  private PriceBook book(YamlObject root) {
    root.allow(TOP);
    String currency =
        root.required("currency")
            .map(
                text -> {
                  if (!text.value().matches("[A-Z]{3}")) {
                    text.problem("is not a currency; write three letters such as EUR");
                  }
                  return text.value();
                })
            .orElse("");
    Map<Technology, Map<CostKind, Price>> prices = new EnumMap<>(Technology.class);
    for (Technology technology : Technology.values()) {
      prices.put(technology, prices(root, technology));
    }
    return new PriceBook(currency, energy(root), prices, root.object("project").map(this::project));
  }

  private Energy energy(YamlObject root) {
    YamlObject energy = section(root, "energy", "give price-per-kwh and pue");
    if (energy == null) {
      return new Energy(Amount.ZERO, Amount.ZERO);
    }
    energy.allow(List.of("price-per-kwh", "pue"));
    return new Energy(
        needed(energy, "energy.", "price-per-kwh", 0, MOST),
        needed(energy, "energy.", "pue", 1, 10));
  }

  private Map<CostKind, Price> prices(YamlObject root, Technology technology) {
    Map<CostKind, Price> prices = new EnumMap<>(CostKind.class);
    YamlObject section = section(root, technology.word(), "give a price for each kind of cost");
    if (section == null) {
      return prices;
    }
    section.allow(Arrays.stream(CostKind.values()).map(CostKind::word).toList());
    for (CostKind kind : CostKind.values()) {
      YamlObject price = section(section, kind.word(), "write {each: 0} if it costs nothing");
      if (price == null) {
        continue;
      }
      String path = technology.word() + "." + kind.word() + ".";
      boolean isPower = kind == CostKind.POWER;
      List<String> keys = isPower ? POWER : PRICE;
      price.allow(keys);
      if (keys.stream().noneMatch(price::has)) {
        price.problem("", "says nothing; give one of " + String.join(", ", keys));
      }
      prices.put(
          kind,
          new Price(
              optional(price, path, keys.get(0)),
              optional(price, path, keys.get(1)),
              isPower ? Amount.ZERO : optional(price, path, keys.get(2))));
    }
    return prices;
  }

  private Project project(YamlObject project) {
    project.allow(PROJECT);
    return new Project(
        needed(project, "project.", "months", 1, 240),
        named(project, "savings-per-month"),
        named(project, "efficiency-per-month"),
        named(project, "initial"),
        named(project, "running-per-month"));
  }

  private Map<String, Amount> named(YamlObject project, String key) {
    Map<String, Amount> all = new LinkedHashMap<>();
    if (project.has(key)) {
      project
          .object(key)
          .ifPresent(
              names ->
                  names
                      .names()
                      .forEach(
                          name ->
                              all.put(name, needed(names, "project." + key + ".", name, 0, MOST))));
    }
    return all;
  }

  private static YamlObject section(YamlObject parent, String key, String advice) {
    if (!parent.has(key)) {
      parent.problem(key, "is missing; " + advice);
      return null;
    }
    return parent.object(key).orElse(null);
  }

  private Amount optional(YamlObject in, String path, String key) {
    return in.has(key) ? needed(in, path, key, 0, MOST) : Amount.ZERO;
  }

  /** One number, or three as {@code [low, base, high]}. */
  private Amount needed(YamlObject in, String path, String key, double least, double most) {
    if (!in.has(key)) {
      in.problem(key, "is missing");
      return Amount.ZERO;
    }
    List<YamlText> texts = in.texts(key);
    List<Optional<Double>> numbers = texts.stream().map(text -> text.number(least, most)).toList();
    if (numbers.isEmpty() || numbers.stream().anyMatch(Optional::isEmpty)) {
      return Amount.ZERO;
    }
    List<Double> all = numbers.stream().map(Optional::get).toList();
    if (all.size() != 1 && all.size() != 3) {
      in.problem(key, "has to be one number, or three: [low, base, high]");
      return Amount.ZERO;
    }
    int last = all.size() - 1;
    if (all.get(0) > all.get(last / 2) || all.get(last / 2) > all.get(last)) {
      in.problem(key, "has to rise: [low, base, high]");
    }
    String where = file + ": " + path + key;
    return new Amount(all.get(0), all.get(last / 2), all.get(last), where);
  }
}
