package io.tocsin.server.healing;

import io.tocsin.alerting.healing.trust.Trust;
import java.time.Instant;

/**
 * How an action of a rule on a class of targets stands.
 *
 * @param key {@code <rule>/<action>/<class of target>}, as promote takes it
 * @param level {@code AUTO} where it may run by itself as far as trust goes, {@code APPROVE} where
 *     it has to ask first because it helped too seldom
 * @param tries how often it was tried since it was promoted, if ever
 * @param helped how often that helped
 * @param upper upper bound of the share that helps, 0 to 1
 * @param promotedAt when a person trusted it again; null if nobody had to
 */
public record AutonomyView(
    String key, String level, int tries, int helped, double upper, Instant promotedAt) {

  static AutonomyView of(Trust.Standing standing) {
    return new AutonomyView(
        standing.key(),
        standing.isTrusted() ? "AUTO" : "APPROVE",
        standing.tries(),
        standing.helped(),
        standing.upper(),
        standing.promotedAt());
  }
}
