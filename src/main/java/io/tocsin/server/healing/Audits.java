package io.tocsin.server.healing;

import io.tocsin.schemas.AuditEntry;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.Newest;
import io.tocsin.server.view.View;
import java.util.List;

/**
 * The audit. Bounded: the newest {@value #KEPT} entries stay; the topic has a year of them. Where
 * two records have one sequence, which no responder writes, both are shown.
 */
public final class Audits extends View {

  static final int KEPT = 5_000;

  private final Newest<AuditView> entries = new Newest<>(KEPT);

  @Override
  protected boolean take(Received<?> received) {
    return received.as(Topics.AUDIT).map(this::entry).orElse(false);
  }

  private boolean entry(AuditEntry entry) {
    String key = entry.getSequence() + ":" + entry.getHash();
    if (entries.get(key) != null) {
      return false; // delivered again
    }
    entries.put(key, AuditView.of(entry));
    return true;
  }

  /** Newest first. */
  public synchronized List<AuditView> all() {
    return entries.newestFirst();
  }
}
