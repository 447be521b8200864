package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The mission's table. What the rule fixes, holds. Otherwise: a core service none of which is known
 * to answer is P0, a part of it P1, of any other service P2; a service that a core one depends on
 * is core, also by way of others. Errors, and a business figure that drops: P1 for core, P2
 * otherwise. Slowness and shortages are P3 until errors follow, which then are alerts of their own.
 * Security by its severity: CRITICAL is P1, as somebody may be at work in there now; HIGH is P2;
 * the rest P3.
 */
final class Classifier {

  private final Surroundings around;
  private final Services services;
  private final Extent extent;

  Classifier(Surroundings around, Casebook book) {
    this.around = around;
    this.services = new Services(around.graph());
    this.extent = new Extent(around, book);
  }

  Classification of(Alert alert) {
    if (alert.getPriority() != null) {
      return new Classification(
          alert.getPriority(), "rule " + alert.getRule() + " fixes " + alert.getPriority());
    }
    return switch (Impact.of(alert)) {
      case UNAVAILABLE -> unavailable(alert);
      case ERRORS -> function(alert, "affected by errors");
      case BUSINESS -> function(alert, "affected by what the business measures");
      case SLOWNESS, SHORTAGE ->
          new Classification(
              Priority.P3, "performance problem: " + alert.getSignal() + " of " + id(alert));
      case SECURITY -> security(alert);
    };
  }

  private static Classification security(Alert alert) {
    String severity =
        alert.getSeverity() == null ? "UNSPECIFIED" : alert.getSeverity().toUpperCase(Locale.ROOT);
    Priority priority =
        switch (severity) {
          case "CRITICAL" -> Priority.P1;
          case "HIGH" -> Priority.P2;
          default -> Priority.P3;
        };
    return new Classification(priority, "security finding of severity " + severity);
  }

  private Classification function(Alert alert, String how) {
    String service = services.of(alert);
    String core = core(alert, service);
    String subject = service == null ? id(alert) : "service " + service;
    return core == null
        ? new Classification(Priority.P2, "non-core function " + how + ": " + subject)
        : new Classification(Priority.P1, "core function " + how + ": " + subject + ", " + core);
  }

  private String core(Alert alert, String service) {
    if (alert.getTier() == Tier.CORE) {
      return "core";
    }
    return service == null ? null : extent.of(service).core();
  }

  private Classification unavailable(Alert alert) {
    String own = services.of(alert);
    Set<String> names = new TreeSet<>();
    if (own != null) {
      names.add(own);
    }
    around.guests(id(alert)).forEach(guest -> around.graph().service(guest).ifPresent(names::add));
    Classification worst = null;
    for (String name : names) {
      worst = Classification.worse(worst, unavailable(alert, name, name.equals(own)));
    }
    if (worst == null) {
      return alert.getTier() == Tier.CORE
          ? new Classification(Priority.P0, "system unavailable: core " + id(alert))
          : new Classification(Priority.P2, "non-core function affected: " + id(alert));
    }
    return names.size() < 2
        ? worst
        : new Classification(
            worst.priority(), worst.reason() + "; " + names.size() + " services affected");
  }

  private Classification unavailable(Alert alert, String service, boolean isOwn) {
    Extent.Share share = share(alert, service, isOwn);
    String core = isOwn && alert.getTier() == Tier.CORE ? "core" : share.core();
    String subject =
        share.down() == 0
            ? "service " + service + ", to which " + id(alert) + " belongs"
            : "service "
                + service
                + ", "
                + share.down()
                + " of "
                + share.known()
                + " known members down";
    if (core == null) {
      return new Classification(Priority.P2, "non-core function affected: " + subject);
    }
    return share.isWhole()
        ? new Classification(Priority.P0, "system unavailable: " + subject + ", " + core)
        : new Classification(Priority.P1, "core function affected: " + subject + ", " + core);
  }

  /** Where the inventory has nothing to count, what the alert says; failing that, it is all. */
  private Extent.Share share(Alert alert, String service, boolean isOwn) {
    Extent.Share counted = extent.of(service);
    if (isOwn && alert.getKind() == ResourceKind.SERVICE) {
      int all = Math.max(1, Math.max(counted.known(), counted.down()));
      return new Extent.Share(all, all, counted.core());
    }
    if (counted.known() > 0 || counted.down() > 0) {
      return counted;
    }
    return alert.getShare() == null
        ? new Extent.Share(1, 1, counted.core())
        : new Extent.Share(alert.getShare().getDown(), alert.getShare().getKnown(), counted.core());
  }

  private static String id(Alert alert) {
    return Member.resourceId(alert);
  }
}
