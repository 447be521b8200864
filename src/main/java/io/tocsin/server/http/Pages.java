package io.tocsin.server.http;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Long lists, a page at a time. The next page is named by a {@code Link} header of RFC 8288 with
 * {@code rel="next"}, so that a body stays a plain list; {@code X-Total-Count} says how many there
 * are in all. A page begins after the key of the last entry of the one before: what is added or
 * removed meanwhile neither repeats nor hides an entry that stayed.
 */
public final class Pages {

  /** How many where nobody says. */
  public static final int USUAL = 200;

  /** How many at most. */
  public static final int MOST = 1_000;

  private Pages() {}

  /**
   * Answers with the page that is asked for.
   *
   * @param all in the order of the list
   * @param key what tells an entry from all others; it has to stay the same while pages are turned
   * @throws RequestProblem if what is asked for is no page; the message says why
   */
  public static <T> void answer(Context context, List<T> all, Function<T, String> key)
      throws RequestProblem {
    answer(context, all, key, Function.identity());
  }

  /** The same, where an entry is worked out only if it is on the page. */
  public static <T, V> void answer(
      Context context, List<T> all, Function<T, String> key, Function<T, V> view)
      throws RequestProblem {
    int limit = limit(context);
    int from = begin(all, key, context.queryParam("after"));
    int to = Math.min(all.size(), from + limit);
    context.header("X-Total-Count", Integer.toString(all.size()));
    if (to < all.size()) {
      context.header("Link", "<" + next(context, key.apply(all.get(to - 1))) + ">; rel=\"next\"");
    }
    List<V> page = new ArrayList<>(to - from);
    all.subList(from, to).forEach(each -> page.add(view.apply(each)));
    context.json(page);
  }

  private static int limit(Context context) throws RequestProblem {
    String said = context.queryParam("limit");
    if (said == null) {
      return USUAL;
    }
    try {
      int limit = Integer.parseInt(said);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException none) {
      // told below
    }
    throw new RequestProblem(List.of("limit: must be a number of 1 to " + MOST));
  }

  private static <T> int begin(List<T> all, Function<T, String> key, String after)
      throws RequestProblem {
    if (after == null) {
      return 0;
    }
    for (int i = 0; i < all.size(); i++) {
      if (key.apply(all.get(i)).equals(after)) {
        return i + 1;
      }
    }
    throw new RequestProblem(
        List.of("after: what the page before ended with is gone; begin again without it"));
  }

  private static String next(Context context, String after) {
    StringBuilder query = new StringBuilder();
    for (Map.Entry<String, List<String>> each : context.queryParamMap().entrySet()) {
      if (!each.getKey().equals("after")) {
        each.getValue().forEach(value -> add(query, each.getKey(), value));
      }
    }
    add(query, "after", after);
    return context.path() + "?" + query;
  }

  private static void add(StringBuilder query, String name, String value) {
    query
        .append(query.isEmpty() ? "" : "&")
        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }
}
