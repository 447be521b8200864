package io.tocsin.server.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads the parameters of a query, and gathers all that is wrong with them. */
public final class Query {

  private static final int LONGEST = 512;

  private final Context context;
  private final List<String> problems = new ArrayList<>();

  /** Of a request that may have these parameters and no others. */
  public Query(Context context, String... allowed) {
    this.context = context;
    Set<String> names = Set.of(allowed);
    for (String given : context.queryParamMap().keySet()) {
      if (!names.contains(given)) {
        problems.add(
            "a parameter is none of those there are: "
                + String.join(", ", Arrays.stream(allowed).sorted().toList()));
      }
    }
  }

  /** All that was said, by name; what is said more than once is one text with commas. */
  public static Map<String, String> texts(Context context) {
    Map<String, String> said = new LinkedHashMap<>();
    context.queryParamMap().forEach((name, values) -> said.put(name, String.join(",", values)));
    return said;
  }

  /** Keeps what has this text in a field; everything if the parameter is not given. */
  public static <T> Predicate<T> is(Context context, String name, Function<T, String> field) {
    String wanted = context.queryParam(name);
    return each -> wanted == null || wanted.equals(field.apply(each));
  }

  /** Text of at most 512 characters; empty if it is not given, or says nothing. */
  public Optional<String> text(String name) {
    String given = context.queryParam(name);
    if (given != null && given.length() > LONGEST) {
      problems.add(name + ": must have at most " + LONGEST + " characters");
      return Optional.empty();
    }
    return Optional.ofNullable(given).filter(text -> !text.isEmpty());
  }

  /** Text that has to be given. */
  public String needed(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      problems.add(name + ": must be given");
    }
    return text.orElse("");
  }

  /** One of some words; empty if it is not given. */
  public Optional<String> word(String name, List<String> allowed) {
    Optional<String> text = text(name);
    if (text.isPresent() && !allowed.contains(text.get())) {
      problems.add(name + ": must be " + String.join(" or ", allowed));
      return Optional.empty();
    }
    return text;
  }

  /** Some of some words, separated by commas; empty if it is not given. */
  public Set<String> words(String name, List<String> allowed) {
    Set<String> given = text(name).map(text -> Set.of(distinct(text))).orElse(Set.of());
    if (!allowed.containsAll(given)) {
      problems.add(name + ": must be of " + String.join(", ", allowed) + ", separated by commas");
      return Set.of();
    }
    return given;
  }

  private static String[] distinct(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::trim).distinct().toArray(String[]::new);
  }

  /** A whole number of a range. */
  public int number(String name, int least, int most, int usual) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return usual;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException none) {
      // told below
    }
    problems.add(name + ": must be a number of " + least + " to " + most);
    return usual;
  }

  /** A time as {@code 2026-01-01T12:00:00Z}; empty if it is not given. */
  public Optional<Instant> time(String name) {
    try {
      return text(name).map(Instant::parse);
    } catch (DateTimeParseException none) {
      problems.add(name + ": must be a time such as 2026-01-01T12:00:00Z");
      return Optional.empty();
    }
  }

  /**
   * Ends the reading.
   *
   * @throws RequestProblem with all that is wrong, if anything is
   */
  public void check() throws RequestProblem {
    if (!problems.isEmpty()) {
      throw new RequestProblem(problems);
    }
  }
}
