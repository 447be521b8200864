package io.tocsin.alerting.healing.execute;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The plans that an executor has begun, so that an action that adds something is not done twice for
 * one. Kept in memory only: across restarts the responder's ledger knows. The last 1,000 are
 * remembered, far more than are made while a plan is valid. Thread-safe.
 */
public final class PlansDone {

  private static final int MOST = 1_000;

  private final Set<String> ids =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > MOST;
                }
              }));

  /** Whether a plan is begun for the first time; from then on it is known. */
  public boolean begin(String planId) {
    return ids.add(planId);
  }
}
