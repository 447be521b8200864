package io.tocsin.streams.bottleneck;

import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.streams.window.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One advice of the tuning catalogue. Text for people; nothing of it is ever run.
 *
 * @param id names it
 * @param kind what it is against
 * @param appliesTo what kinds of resource it is for
 * @param when conditions, all of which have to fit; none where it always fits
 * @param title what to do, in one line
 * @param command that does it, with {@code <placeholders>}; empty where it takes none
 * @param placeholders what to put in their places
 * @param risk what may go wrong
 * @param source a public document
 */
public record TuningEntry(
    String id,
    BottleneckKind kind,
    Set<ResourceKind> appliesTo,
    List<TuningCondition> when,
    String title,
    String command,
    Map<String, String> placeholders,
    String risk,
    String source) {

  boolean fits(Interval interval) {
    for (TuningCondition condition : when) {
      if (!condition.fits(interval)) {
        return false;
      }
    }
    return true;
  }

  String because(ResourceKind resource, Interval interval) {
    return when.isEmpty()
        ? "worth trying for any shortage of " + word(kind) + " of a " + word(resource)
        : when.stream()
            .map(condition -> condition.because(interval))
            .collect(Collectors.joining("; "));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
