package io.tocsin.server.incident;

import io.tocsin.schemas.Silence;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.View;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Silences. Bounded as their topic is: each was asked for by a person, and is deleted in the end.
 */
public final class Silences extends View {

  private final Map<String, Silence> silences = new TreeMap<>();

  @Override
  protected boolean take(Received<?> received) {
    if (!received.topic().name().equals(Topics.SILENCES.name())) {
      return false;
    }
    received
        .as(Topics.SILENCES)
        .ifPresentOrElse(
            silence -> silences.put(received.key(), silence),
            () -> silences.remove(received.key()));
    return true;
  }

  /** Those that hold, those to come, those that are over. */
  public synchronized List<SilenceView> all(Instant now) {
    return silences.values().stream()
        .map(silence -> SilenceView.of(silence, now))
        .sorted(
            Comparator.comparing(SilenceView::state)
                .thenComparing(SilenceView::endsAt)
                .thenComparing(SilenceView::id))
        .toList();
  }

  /** Whether there is one with this id. */
  public synchronized boolean has(String id) {
    return silences.containsKey(id);
  }
}
