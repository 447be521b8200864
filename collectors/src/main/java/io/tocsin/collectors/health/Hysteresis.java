package io.tocsin.collectors.health;

import io.tocsin.schemas.Health;

/**
 * Holds a health until enough passes in a row say otherwise, as {@code rise} and {@code fall} of
 * HAProxy do. Immutable: each pass gives the next state.
 *
 * <p>A pass that agrees with the settled health ends a row against it. UNKNOWN neither confirms nor
 * ends a row: it says nothing about the target. It is still reported as UNKNOWN, since nobody saw
 * that the old health holds. Before the first row is complete the settled health is UNKNOWN.
 *
 * @param rise healthy passes in a row that make it UP, at least 1
 * @param fall failing passes in a row that make it DOWN, at least 1
 * @param settled what holds
 * @param leaning what the row of passes says, UNKNOWN where there is none
 * @param streak length of that row
 */
record Hysteresis(int rise, int fall, Health settled, Health leaning, int streak) {

  /** The state before the first pass. */
  static Hysteresis start(int rise, int fall) {
    return new Hysteresis(rise, fall, Health.UNKNOWN, Health.UNKNOWN, 0);
  }

  /** The state after a pass that saw {@code seen}. */
  Hysteresis after(Health seen) {
    if (seen == Health.UNKNOWN) {
      return this;
    }
    if (seen == settled) {
      return streak == 0 ? this : settledAs(settled);
    }
    int row = seen == leaning ? streak + 1 : 1;
    return row >= needed(seen) ? settledAs(seen) : new Hysteresis(rise, fall, settled, seen, row);
  }

  /** How the pass that led to this state is reported. */
  Verdict tell(Verdict seen) {
    if (seen.health() == Health.UNKNOWN || seen.health() == settled) {
      return seen;
    }
    String row = "%s %d of %d: ".formatted(word(seen.health()), streak, needed(seen.health()));
    return seen.as(settled, row + seen.evidence());
  }

  private Hysteresis settledAs(Health health) {
    return new Hysteresis(rise, fall, health, Health.UNKNOWN, 0);
  }

  private int needed(Health health) {
    return health == Health.UP ? rise : fall;
  }

  private static String word(Health health) {
    return health == Health.UP ? "healthy" : "failing";
  }
}
