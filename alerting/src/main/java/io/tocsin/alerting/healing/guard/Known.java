package io.tocsin.alerting.healing.guard;

import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.fleet.Alarms;
import io.tocsin.alerting.healing.fleet.Fleet;
import io.tocsin.alerting.healing.fleet.Sightings;
import io.tocsin.alerting.healing.trust.Trust;

/**
 * What is known beside what was done.
 *
 * @param fleet where everything is
 * @param sightings what agents saw
 * @param alarms what rules say
 * @param orders what people say
 * @param trust how often actions helped
 */
public record Known(
    Fleet fleet, Sightings sightings, Alarms alarms, StandingOrders orders, Trust trust) {

  /** Nothing yet. */
  public static Known nothing(HealingConfig config) {
    Fleet fleet = new Fleet(config);
    return new Known(
        fleet,
        new Sightings(),
        new Alarms(),
        new StandingOrders(),
        new Trust(config.autonomy().below(), fleet::targetClass));
  }
}
