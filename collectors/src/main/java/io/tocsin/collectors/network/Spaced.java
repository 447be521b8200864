package io.tocsin.collectors.network;

import java.time.Duration;

/** A burst of datagrams, sent at a steady pace whether answers come or not. */
interface Spaced {

  Integer burst();

  Integer size();

  Duration spacing();

  static Duration checked(Duration spacing) {
    return Checks.within(
        "spacing",
        spacing == null ? Duration.ofMillis(10) : spacing,
        Duration.ZERO,
        Duration.ofSeconds(1));
  }
}
