package io.tocsin.server.fleet;

import io.tocsin.schemas.Resource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How all resources stood at one moment. Immutable.
 *
 * @param version counts what differs; that of a process that began later is higher
 * @param resources the inventory, in the order of ids
 * @param standings of each, in the same order
 * @param worst the worst open incident at each that has one
 * @param tallies what the endpoints of each service say
 * @param places where in the inventory each id is
 */
record FleetSnapshot(
    long version,
    List<Resource> resources,
    Standing[] standings,
    Map<String, WorstIncident> worst,
    Map<String, Tally> tallies,
    Map<String, Integer> places) {

  static Map<String, Integer> places(List<Resource> resources) {
    Map<String, Integer> places = new HashMap<>(resources.size() * 2);
    for (int i = 0; i < resources.size(); i++) {
      places.put(resources.get(i).getId(), i);
    }
    return places;
  }

  /** How a resource stands; not known where it is not in the inventory. */
  Standing standing(String id) {
    Integer place = places.get(id);
    return place == null ? Standing.UNKNOWN : standings[place];
  }

  boolean hasSameInventory(FleetSnapshot other) {
    return resources == other.resources;
  }

  boolean looksAs(FleetSnapshot other) {
    return hasSameInventory(other) && Arrays.equals(standings, other.standings);
  }

  /** What stands otherwise than before, of the same inventory: id to number of its standing. */
  Map<String, Integer> differences(FleetSnapshot before) {
    Map<String, Integer> changed = new LinkedHashMap<>();
    for (int i = 0; i < standings.length; i++) {
      if (standings[i] != before.standings[i]) {
        changed.put(resources.get(i).getId(), standings[i].ordinal());
      }
    }
    return changed;
  }
}
