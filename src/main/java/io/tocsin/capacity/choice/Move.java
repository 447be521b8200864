package io.tocsin.capacity.choice;

import java.util.List;

/**
 * How one workload gets where it belongs.
 *
 * @param id of the resource
 * @param wave in which it moves, from 1: those with the least risk first
 * @param path how
 * @param why that path
 * @param risks the worst first
 */
public record Move(String id, int wave, Path path, String why, List<Risk> risks) {

  /** Sum of the risks' weights. */
  int risk() {
    return risks.stream().mapToInt(Risk::weight).sum();
  }
}
