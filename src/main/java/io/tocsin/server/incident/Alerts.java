package io.tocsin.server.incident;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.Newest;
import io.tocsin.server.view.View;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Alerts. Bounded: the {@value #KEPT} that changed last stay. */
public final class Alerts extends View {

  static final int KEPT = 2_000;

  private final Newest<Alert> alerts = new Newest<>(KEPT);

  @Override
  protected boolean take(Received<?> received) {
    return received
        .as(Topics.ALERTS)
        .map(
            alert -> {
              alerts.put(alert.getId(), alert);
              return true;
            })
        .orElse(false);
  }

  /** The newest word of each, as it is on its topic, in the order in which they changed. */
  public synchronized List<Alert> records() {
    return alerts.oldestFirst();
  }

  /** The newest word of one. */
  public synchronized Optional<Alert> record(String id) {
    return Optional.ofNullable(alerts.get(id));
  }

  /** The newest word of each, newest first. */
  public synchronized List<AlertView> all() {
    return alerts.oldestFirst().stream()
        .sorted(Comparator.comparing(Alert::getAt).reversed())
        .map(AlertView::of)
        .toList();
  }
}
