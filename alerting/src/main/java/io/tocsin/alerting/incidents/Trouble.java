package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.ResourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All that is wrong with one resource: its alerts, the gravest first. Alerts of one resource belong
 * together, but security stands apart: an intruder is no effect of a full disk, and must not
 * disappear behind it.
 */
final class Trouble implements Comparable<Trouble> {

  /**
   * Which of several alerts of one resource is put forward: what answers no more, then the first.
   */
  static final Comparator<Member> GRAVEST_FIRST =
      Comparator.comparing((Member member) -> !member.alert().getUnavailable())
          .thenComparing(member -> Impact.of(member.alert()))
          .thenComparing(member -> member.alert().getSince())
          .thenComparing(member -> member.alert().getId());

  private final String resourceId;
  private final String service;
  private final List<Member> members;
  private final String key;
  private final boolean unavailable;
  private final Instant since;

  /** The members are all of that resource, at least one. */
  Trouble(String resourceId, String service, List<Member> members) {
    this.resourceId = resourceId;
    this.service = service;
    this.members = members.size() == 1 ? members : members.stream().sorted(GRAVEST_FIRST).toList();
    this.key = key(head());
    this.unavailable = head().alert().getUnavailable();
    this.since = since(alert -> alert.getUnavailable() == unavailable);
  }

  /** What tells one from another. */
  static String key(Member member) {
    return (Impact.of(member.alert()) == Impact.SECURITY ? "security " : "fault ")
        + member.resourceId();
  }

  /** Groups alerts by what they are the trouble of. */
  static List<Trouble> of(Stream<Member> members, Services services) {
    TreeMap<String, List<Member>> byKey = new TreeMap<>();
    members.forEach(
        member -> byKey.computeIfAbsent(key(member), none -> new ArrayList<>(1)).add(member));
    return byKey.values().stream()
        .map(same -> new Trouble(same.get(0).resourceId(), services.of(same.get(0).alert()), same))
        .toList();
  }

  String key() {
    return key;
  }

  String resourceId() {
    return resourceId;
  }

  String service() {
    return service;
  }

  List<Member> members() {
    return members;
  }

  /** The gravest of its alerts. */
  Member head() {
    return members.get(0);
  }

  boolean isSecurity() {
    return Impact.of(head().alert()) == Impact.SECURITY;
  }

  boolean isUnavailable() {
    return unavailable;
  }

  ResourceKind kind() {
    return head().alert().getKind();
  }

  /** Event time at which the first of the alerts that answer to the question began. */
  Instant since(Predicate<Alert> which) {
    return members.stream()
        .map(Member::alert)
        .filter(which)
        .map(Alert::getSince)
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  /** Event time at which that began which makes it what it is. */
  Instant since() {
    return since;
  }

  /** Whether two alerts were there at the same time. */
  static boolean overlap(Alert a, Alert b) {
    return endsAfter(a, b.getSince()) && endsAfter(b, a.getSince());
  }

  private static boolean endsAfter(Alert alert, Instant moment) {
    return alert.getState() != AlertState.CLEARED || !moment.isAfter(alert.getAt());
  }

  /** The one that is rather the cause comes first: what answers no more, then what came first. */
  @Override
  public int compareTo(Trouble other) {
    if (unavailable != other.unavailable) {
      return unavailable ? -1 : 1;
    }
    int first = since.compareTo(other.since);
    return first == 0 ? key.compareTo(other.key) : first;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Trouble trouble && key.equals(trouble.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }
}
