package io.tocsin.server.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * What changed on a map.
 *
 * @param version of the map it leads to
 * @param states id to number of its state, of those that changed; null where more than states did
 * @param changed true where the inventory did, so that the map has to be asked for again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FleetChange(long version, Map<String, Integer> states, Boolean changed) {

  static FleetChange between(FleetSnapshot before, FleetSnapshot after) {
    return after.hasSameInventory(before)
        ? new FleetChange(after.version(), after.differences(before), null)
        : new FleetChange(after.version(), null, true);
  }
}
