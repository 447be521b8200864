package io.tocsin.capacity.packing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where everything could run. Found by first fit decreasing: the largest first, each on the first
 * host with room. In one dimension it needs at most 11/9 of the fewest hosts and 6/9 of one more
 * (<a href="https://doi.org/10.1007/978-3-540-74450-4_1">Dósa 2007</a>); in two, as here, "does not
 * fit" may be wrong by some, "fits" never is.
 *
 * @param places host by guest
 * @param left guests without room
 * @param free what each host has left below its head-room
 */
public record Packing(Map<String, String> places, List<Box> left, List<Box> free) {

  /**
   * Places guests on hosts.
   *
   * @param headroom what stays free on each host
   */
  public static Packing of(List<Box> hosts, List<Box> guests, Headroom headroom) {
    List<Box> free = new ArrayList<>();
    hosts.forEach(
        host -> free.add(host.times(1 - headroom.cpuShare(), 1 - headroom.memoryShare())));
    double cores = hosts.stream().mapToDouble(Box::cores).sum();
    double memory = hosts.stream().mapToDouble(Box::memoryBytes).sum();
    List<Box> largestFirst = new ArrayList<>(guests);
    largestFirst.sort(
        Comparator.comparingDouble(
                (Box guest) -> Math.max(guest.cores() / cores, guest.memoryBytes() / memory))
            .reversed()
            .thenComparing(Box::id));
    Map<String, String> places = new TreeMap<>();
    List<Box> left = new ArrayList<>();
    for (Box guest : largestFirst) {
      int at = 0;
      while (at < free.size() && !free.get(at).holds(guest)) {
        at++;
      }
      if (at == free.size()) {
        left.add(guest);
      } else {
        free.set(at, free.get(at).minus(guest));
        places.put(guest.id(), free.get(at).id());
      }
    }
    return new Packing(places, left, free);
  }

  /** Whether there is room for all. */
  public boolean fits() {
    return left.isEmpty();
  }
}
