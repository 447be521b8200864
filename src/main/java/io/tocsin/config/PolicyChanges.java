package io.tocsin.config;

import io.tocsin.schemas.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What has to be written for a file of policies to hold.
 *
 * @param written new or changed policies, each with the version after the one there is
 * @param unchanged ids of those that are there as the file has them
 * @param removed ids of those that go
 * @param kept ids of those that the file does not have, and that stay all the same
 */
public record PolicyChanges(
    List<Policy> written, List<String> unchanged, List<String> removed, List<String> kept) {

  /**
   * The changes.
   *
   * @param there policies of the topic by id
   * @param isPruning whether what the file does not have goes
   */
  public static PolicyChanges between(
      Map<String, Policy> there, List<Policy> wanted, boolean isPruning) {
    List<Policy> written = new ArrayList<>();
    List<String> unchanged = new ArrayList<>();
    TreeSet<String> others = new TreeSet<>(there.keySet());
    for (Policy policy : wanted) {
      Policy before = there.get(policy.getId());
      int version = before == null ? 1 : before.getVersion();
      Policy sameVersion = Policy.newBuilder(policy).setVersion(version).build();
      if (sameVersion.equals(before)) {
        unchanged.add(policy.getId());
      } else {
        sameVersion.setVersion(before == null ? 1 : version + 1);
        written.add(sameVersion);
      }
      others.remove(policy.getId());
    }
    List<String> rest = List.copyOf(others);
    return new PolicyChanges(
        written, unchanged, isPruning ? rest : List.of(), isPruning ? List.of() : rest);
  }
}
