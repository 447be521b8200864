package io.tocsin.bench.alerts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tocsin.bench.Latencies;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How long it took to be told of breaches, in ms.
 *
 * @param breaches how many there were
 * @param missing of those, nobody was paged
 * @param alert from the first record that says so to the alert; null where that is not to be seen
 * @param incident from there to the incident; null where there are none
 * @param page from there to the page; null where nobody publishes
 * @param pageFromBreak from the moment when it broke to the page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delays(
    int breaches,
    int missing,
    Latencies.Summary alert,
    Latencies.Summary incident,
    Latencies.Summary page,
    Latencies.Summary pageFromBreak) {

  /** The delays of breaches that were published as given. */
  static Delays of(
      Map<Breach, AlertFeed.Moments> moments, Predicate<Breach> counts, PageWatch.Seen seen) {
    Latencies alert = new Latencies();
    Latencies incident = new Latencies();
    Latencies page = new Latencies();
    Latencies whole = new Latencies();
    Set<Breach> counted = moments.keySet().stream().filter(counts).collect(Collectors.toSet());
    for (Breach breach : counted) {
      AlertFeed.Moments when = moments.get(breach);
      add(alert, seen.alerts().get(breach.resourceId()), when.publishedAt());
      add(incident, seen.incidents().get(breach.resourceId()), when.publishedAt());
      add(page, seen.pages().get(breach.resourceId()), when.publishedAt());
      add(whole, seen.pages().get(breach.resourceId()), when.brokeAt());
    }
    return new Delays(
        counted.size(),
        (int) (counted.size() - page.summary().count()),
        alert.summary(),
        incident.summary(),
        page.summary(),
        whole.summary());
  }

  /** The same where only the moments of breaking and of the page are to be seen. */
  static Delays ofPages(
      Map<Breach, Long> brokeAt, Predicate<Breach> counts, Map<String, Long> pages) {
    Latencies whole = new Latencies();
    Set<Breach> counted = brokeAt.keySet().stream().filter(counts).collect(Collectors.toSet());
    counted.forEach(breach -> add(whole, pages.get(breach.resourceId()), brokeAt.get(breach)));
    return new Delays(
        counted.size(),
        (int) (counted.size() - whole.summary().count()),
        null,
        null,
        null,
        whole.summary());
  }

  private static void add(Latencies latencies, Long seenAt, long from) {
    if (seenAt != null) {
      latencies.add(seenAt - from);
    }
  }
}
