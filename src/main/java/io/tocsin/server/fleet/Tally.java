package io.tocsin.server.fleet;

import io.tocsin.schemas.Health;

/**
 * What the endpoints of a service say, those left out that are silent.
 *
 * @param up how many are up
 * @param down how many are down
 * @param all how many there are, silent ones too
 */
record Tally(int up, int down, int all) {

  static final Tally NONE = new Tally(0, 0, 0);

  Tally with(Health health, boolean silent) {
    return new Tally(
        up + (health == Health.UP && !silent ? 1 : 0),
        down + (health == Health.DOWN && !silent ? 1 : 0),
        all + 1);
  }

  /** A service is up while one of its endpoints is; nobody checks a service itself. */
  Health health() {
    if (up > 0) {
      return Health.UP;
    }
    return all > 0 && down == all ? Health.DOWN : Health.UNKNOWN;
  }

  String words() {
    return up + " of " + all + " endpoints up";
  }
}
