package io.tocsin.alerting.healing.guard;

import io.tocsin.alerting.healing.fleet.Alarm;
import io.tocsin.alerting.healing.fleet.Reading;
import java.util.Optional;

/**
 * Disrupts only what is seen to be DOWN, or what the alert that asks for it is still about. What is
 * UNKNOWN, old or absent authorises nothing; the plan waits for something better.
 *
 * <p>Every agent has one voice. Agents that contradict each other authorise nothing either: then it
 * is the way to the target that is broken, for one of them.
 */
final class HealthGuard {

  private static final String NAME = "health";

  private HealthGuard() {}

  static Optional<Decision> health(Situation situation) {
    Optional<Alarm> alarm = situation.known().alarms().of(situation.plan().getAlertId());
    boolean isProbed = situation.known().sightings().isProbed(situation.target());
    boolean probesDecide = alarm.map(Alarm::isAboutProbes).orElse(true);
    if (!situation.isDisruptive()) {
      return Optional.empty();
    }
    return isProbed && probesDecide ? byProbes(situation) : byAlert(situation, alarm);
  }

  private static Optional<Decision> byProbes(Situation situation) {
    Reading reading = situation.known().sightings().reading(situation.target(), situation.now());
    if (reading.contradicted()) {
      return Guard.refuse(
          NAME,
          "agents contradict each other: "
              + reading.down()
              + " see it down, "
              + reading.up()
              + " see it up");
    }
    if (reading.up() > 0 && reading.down() > 0) {
      return Guard.await(
          NAME, reading.up() + " of " + reading.agents() + " agents have not looked since it went");
    }
    if (reading.up() > 0) {
      return Guard.refuse(NAME, "already healthy as of " + reading.newest());
    }
    if (!reading.isFresh()) {
      return Guard.await(NAME, "its newest probe, of " + reading.newest() + ", is too old");
    }
    if (reading.down() == 0) {
      return Guard.await(NAME, "its health is UNKNOWN as of " + reading.newest());
    }
    int needed = Math.min(situation.config().evidence().vantages(), reading.agents());
    return reading.down() >= needed
        ? Optional.empty()
        : Guard.await(
            NAME,
            reading.down()
                + " of "
                + reading.agents()
                + " agents see it down; "
                + needed
                + " have to");
  }

  private static Optional<Decision> byAlert(Situation situation, Optional<Alarm> alarm) {
    if (alarm.isEmpty()) {
      return Guard.await(NAME, "no probe of it has been seen, nor the alert that asks for it");
    }
    Alarm known = alarm.get();
    String words = "alert " + known.id() + " is " + known.state() + " as of " + known.at();
    return switch (known.state()) {
      case FIRING -> Optional.empty();
      case CLEARED -> Guard.refuse(NAME, words);
      case PENDING, FLAPPING, UNKNOWN, UNSPECIFIED -> Guard.await(NAME, words);
    };
  }
}
