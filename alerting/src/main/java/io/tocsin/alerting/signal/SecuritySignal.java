package io.tocsin.alerting.signal;

import io.tocsin.schemas.FindingCounts;
import io.tocsin.schemas.ImageFindings;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecuritySource;
import io.tocsin.schemas.Severity;
import io.tocsin.schemas.Tier;
import io.tocsin.schemas.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Violations of container policy, security events, and what scans of images found. The field {@code
 * record} says which of the three it is; figures of the others are then not known.
 *
 * <p>A violation or an event is over as soon as it has happened, and nothing that comes later says
 * that it is good again.
 */
public final class SecuritySignal {

  private static final String VIOLATION = "violation";
  private static final String EVENT = "event";
  private static final String FINDINGS = "findings";

  /** The figures of a violation, an event or a scan. */
  public static final FieldTable<Occurrence> FIELDS =
      FieldTable.<Occurrence>builder()
          .add(
              new FieldDoc(
                  "record",
                  FieldType.TEXT,
                  "",
                  "Which of the three it is.",
                  List.of(VIOLATION, EVENT, FINDINGS)),
              Occurrence::record)
          .words("severity", Severity.class, "How bad.", Occurrence::severity)
          .words(
              "effect",
              PolicyEffect.class,
              "Of a violation: DENY or AUDIT.",
              violation(Violation::getEffect))
          .text("policy", "Of a violation: id of the policy.", violation(Violation::getPolicy))
          .text("policy_rule", "Of a violation: name of the rule.", violation(Violation::getRule))
          .text("reason", "Of a violation: why it is one.", violation(Violation::getReason))
          .text("action", "What was done or found, such as exec.", Occurrence::action)
          .words(
              "source",
              SecuritySource.class,
              "Who noticed; not of findings.",
              SecuritySignal::source)
          .text("image", "The image.", Occurrence::image)
          .text("container", "Name of the container.", SecuritySignal::container)
          .text("title", "Of an event: one line for people.", event(SecurityEvent::getTitle))
          .maybe(
              "new_critical",
              "",
              "Of findings: CRITICAL ones that the scan before did not have.",
              findings(found -> (double) found.getNewCritical()))
          .maybe(
              "new_high",
              "",
              "Of findings: HIGH ones that the scan before did not have.",
              findings(found -> (double) found.getNewHigh()))
          .maybe("critical", "", "Of findings: CRITICAL ones.", total(FindingCounts::getCritical))
          .maybe("high", "", "Of findings: HIGH ones.", total(FindingCounts::getHigh))
          .maybe("medium", "", "Of findings: MEDIUM ones.", total(FindingCounts::getMedium))
          .build();

  private SecuritySignal() {}

  /** One of the three; the others are null. */
  public record Occurrence(Violation violation, SecurityEvent event, ImageFindings findings) {

    String record() {
      return violation != null ? VIOLATION : event != null ? EVENT : FINDINGS;
    }

    Severity severity() {
      if (findings != null) {
        return findings.getTotals().getCritical() > 0
            ? Severity.CRITICAL
            : findings.getTotals().getHigh() > 0 ? Severity.HIGH : Severity.UNSPECIFIED;
      }
      return violation != null ? violation.getSeverity() : event.getSeverity();
    }

    String action() {
      return violation != null ? violation.getAction() : event != null ? event.getAction() : "scan";
    }

    String image() {
      return violation != null
          ? violation.getImage()
          : event != null ? event.getImage() : findings.getImage();
    }
  }

  /** A violation; its series is what was done, such as {@code violation/exec}. */
  public static Observation of(Violation violation) {
    return observation(
        violation.getResourceId(),
        violation.getKind(),
        VIOLATION + "/" + violation.getAction(),
        violation.getService(),
        violation.getAt(),
        new Occurrence(violation, null, null));
  }

  /** An event; its series is what happened, such as {@code event/oom}. */
  public static Observation of(SecurityEvent event) {
    return observation(
        event.getResourceId(),
        event.getKind(),
        EVENT + "/" + event.getAction(),
        event.getService(),
        event.getAt(),
        new Occurrence(null, event, null));
  }

  /** What a scan found; its resource is {@code image/<name>}, as an image runs in many places. */
  public static Observation of(ImageFindings findings) {
    return observation(
        "image/" + findings.getImage(),
        ResourceKind.UNSPECIFIED,
        FINDINGS,
        null,
        findings.getScannedAt(),
        new Occurrence(null, null, findings));
  }

  private static Observation observation(
      String resource,
      ResourceKind kind,
      String series,
      String service,
      Instant at,
      Occurrence occurrence) {
    return Observation.of(
        SignalKind.SECURITY,
        resource,
        kind,
        series,
        service,
        Tier.UNSPECIFIED,
        Map.of(),
        at,
        at,
        0,
        FIELDS.of(occurrence));
  }

  private static SecuritySource source(Occurrence occurrence) {
    if (occurrence.findings() != null) {
      return null;
    }
    return occurrence.violation() != null
        ? occurrence.violation().getSource()
        : occurrence.event().getSource();
  }

  private static String container(Occurrence occurrence) {
    if (occurrence.findings() != null) {
      return null;
    }
    return occurrence.violation() != null
        ? occurrence.violation().getContainer()
        : occurrence.event().getContainer();
  }

  private static <T> Function<Occurrence, T> violation(Function<Violation, T> figure) {
    return each -> each.violation() == null ? null : figure.apply(each.violation());
  }

  private static <T> Function<Occurrence, T> event(Function<SecurityEvent, T> figure) {
    return each -> each.event() == null ? null : figure.apply(each.event());
  }

  private static <T> Function<Occurrence, T> findings(Function<ImageFindings, T> figure) {
    return each -> each.findings() == null ? null : figure.apply(each.findings());
  }

  private static Function<Occurrence, Double> total(Function<FindingCounts, Integer> count) {
    return findings(found -> (double) count.apply(found.getTotals()));
  }
}
