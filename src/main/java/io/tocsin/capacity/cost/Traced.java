package io.tocsin.capacity.cost;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A number that knows what it was made of, down to what somebody measured or wrote down.
 *
 * @param name what it is
 * @param value its amount
 * @param unit of the value
 * @param rule how the inputs make it, such as {@code a + b}; for a given number where it was found
 * @param inputs in the order of the rule; empty for a given number
 */
public record Traced(String name, double value, String unit, String rule, List<Traced> inputs) {

  /** A sum over a thousand VMs is not for reading. */
  private static final int MOST_INPUTS_SHOWN = 20;

  /** Something measured or written down, and where. */
  public static Traced given(String name, double value, String unit, String source) {
    return new Traced(name, value, unit, source, List.of());
  }

  /** All of it together; 0 if there is nothing. */
  public static Traced sum(String name, String unit, List<Traced> inputs) {
    double sum = inputs.stream().mapToDouble(Traced::value).sum();
    return new Traced(name, sum, unit, "sum", List.copyOf(inputs));
  }

  /** One times the other, and so on. */
  public static Traced product(String name, String unit, Traced... inputs) {
    double product = Arrays.stream(inputs).mapToDouble(Traced::value).reduce(1, (a, b) -> a * b);
    return new Traced(name, product, unit, "product", List.of(inputs));
  }

  /** What is left of one without the other. */
  public static Traced difference(String name, String unit, Traced from, Traced less) {
    return new Traced(
        name, from.value - less.value, unit, "first less second", List.of(from, less));
  }

  /** One as a percentage of the other; NaN if that is 0. */
  public static Traced percentage(String name, Traced of, Traced whole) {
    double value = whole.value == 0 ? Double.NaN : of.value / whole.value * 100;
    return new Traced(name, value, "%", "first ÷ second × 100 %", List.of(of, whole));
  }

  /** Where it comes from: a line for each number, those it was made of below it and further in. */
  public String derivation() {
    StringBuilder text = new StringBuilder();
    tell(text, 0);
    return text.toString();
  }

  /** {@code 12.50 EUR/month}. */
  public String amount() {
    return String.format(Locale.ROOT, "%,.2f %s", value, unit);
  }

  private void tell(StringBuilder text, int depth) {
    text.append("  ".repeat(depth)).append(name).append(" = ").append(amount());
    text.append(" (").append(rule).append(")\n");
    inputs.stream().limit(MOST_INPUTS_SHOWN).forEach(input -> input.tell(text, depth + 1));
    if (inputs.size() > MOST_INPUTS_SHOWN) {
      text.append("  ".repeat(depth + 1))
          .append("and ")
          .append(inputs.size() - MOST_INPUTS_SHOWN)
          .append(" more; --json has all\n");
    }
  }
}
