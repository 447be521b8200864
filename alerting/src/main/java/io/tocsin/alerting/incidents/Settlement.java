package io.tocsin.alerting.incidents;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A group whose alerts have been put into one incident, before anybody is told.
 *
 * @param group the group
 * @param heirs incidents that met in it, the one that is kept first; empty if it is a new one
 * @param kept the incident that it has now
 * @param fresh alerts that came to it, as they were before
 * @param left ids of incidents that lost alerts to it and still may have others
 * @param changed whether anything about it is to be seen anew
 */
record Settlement(
    Group group,
    List<Case> heirs,
    Case kept,
    List<Member> fresh,
    Set<String> left,
    boolean changed) {

  /** Moves the alerts of a group to its incident. */
  static Settlement move(Casebook book, Group group, List<Case> heirs, Case kept) {
    String causeId = group.cause().head().alert().getId();
    List<Member> fresh = new ArrayList<>();
    Set<String> left = new TreeSet<>();
    boolean changed = !Openings.summary(group).equals(kept.incident().getSummary());
    for (Group.Joined joined : group.joined()) {
      for (Member member : joined.trouble().members()) {
        if (!kept.id().equals(member.incidentId())) {
          fresh.add(member);
          if (member.incidentId() != null) {
            left.add(member.incidentId());
          }
        }
        Member placed = member.in(kept.id(), words(joined, member, causeId));
        if (!placed.equals(member)) {
          changed = true;
          book.put(placed);
        }
      }
    }
    return new Settlement(group, heirs, kept, fresh, left, changed);
  }

  private static String words(Group.Joined joined, Member member, String causeId) {
    if (member.alert().getId().equals(causeId)) {
      return "";
    }
    return joined.relation().isEmpty()
        ? "is another trouble of " + member.resourceId()
        : joined.relation();
  }
}
