package io.tocsin.server.incident;

import io.tocsin.alerting.incidents.Windows;
import io.tocsin.schemas.Matcher;
import io.tocsin.schemas.Silence;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * A silence as the API shows it. Texts are for people and have to be shown as text.
 *
 * @param state {@code active} now, {@code pending} until it begins or comes again, or {@code over}
 * @param matchers as people write them, such as {@code service=shop}
 * @param recurrence null where it has none
 * @param nextChange when it begins or ends next; null if it never does
 */
public record SilenceView(
    String id,
    String state,
    String matchers,
    String reason,
    String by,
    Instant startsAt,
    Instant endsAt,
    String recurrence,
    boolean maintenance,
    Instant nextChange) {

  static SilenceView of(Silence silence, Instant now) {
    return new SilenceView(
        silence.getId(),
        state(silence, now),
        silence.getMatchers().stream().map(SilenceView::words).collect(Collectors.joining(" ")),
        silence.getReason(),
        silence.getBy(),
        silence.getStartsAt(),
        silence.getEndsAt(),
        silence.getRecurrence() == null ? null : silence.getRecurrence().getRule(),
        silence.getMaintenance(),
        Windows.nextChange(silence, now).orElse(null));
  }

  private static String state(Silence silence, Instant now) {
    if (Windows.holds(silence, now)) {
      return "active";
    }
    return Windows.nextChange(silence, now).isPresent() ? "pending" : "over";
  }

  private static String words(Matcher matcher) {
    return matcher.getField() + (matcher.getNegated() ? "!=" : "=") + matcher.getGlob();
  }
}
