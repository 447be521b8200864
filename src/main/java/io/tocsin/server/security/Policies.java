package io.tocsin.server.security;

import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.View;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Container policies and the newest security report. Bounded as their topics are. */
public final class Policies extends View {

  private final Map<String, PolicyView> policies = new HashMap<>();
  private SecurityReportView report = SecurityReportView.none();

  @Override
  protected boolean take(Received<?> received) {
    received.as(Topics.SECURITY_REPORT).ifPresent(newest -> report = SecurityReportView.of(newest));
    if (received.topic().name().equals(Topics.POLICIES.name())) {
      received
          .as(Topics.POLICIES)
          .ifPresentOrElse(
              policy -> policies.put(received.key(), PolicyView.of(policy)),
              () -> policies.remove(received.key()));
      return true;
    }
    return received.topic().name().equals(Topics.SECURITY_REPORT.name());
  }

  /** Container policies, in the order in which they are asked. */
  public synchronized List<PolicyView> all() {
    return policies.values().stream()
        .sorted(Comparator.comparingInt(PolicyView::order).thenComparing(PolicyView::id))
        .toList();
  }

  /** The newest security report; an empty one while there is none. */
  public synchronized SecurityReportView report() {
    return report;
  }
}
