package io.tocsin.capacity.packing;

import java.util.List;

/**
 * How much more is promised on a host than it has, and how much of what was given could be taken
 * back.
 *
 * @param host its id
 * @param cpuPromised cores given to guests, for each core there is
 * @param memoryPromised bytes given to guests, for each byte there is
 * @param cpuNeeded cores that guests need, for each core there is; above 1 they will wait
 * @param memoryNeeded the same for memory; above 1 the host will swap or kill
 * @param reclaimableBytes memory that guests have and do not need: what balloons could take back
 */
public record Overcommit(
    String host,
    double cpuPromised,
    double memoryPromised,
    double cpuNeeded,
    double memoryNeeded,
    double reclaimableBytes) {

  /**
   * Of one host.
   *
   * @param given what its guests have
   * @param needed what they need, in the same order; head-room is in it
   */
  public static Overcommit of(Box host, List<Box> given, List<Box> needed) {
    double reclaimable = 0;
    for (int i = 0; i < given.size(); i++) {
      reclaimable += Math.max(0, given.get(i).memoryBytes() - needed.get(i).memoryBytes());
    }
    return new Overcommit(
        host.id(),
        given.stream().mapToDouble(Box::cores).sum() / host.cores(),
        given.stream().mapToDouble(Box::memoryBytes).sum() / host.memoryBytes(),
        needed.stream().mapToDouble(Box::cores).sum() / host.cores(),
        needed.stream().mapToDouble(Box::memoryBytes).sum() / host.memoryBytes(),
        reclaimable);
  }
}
