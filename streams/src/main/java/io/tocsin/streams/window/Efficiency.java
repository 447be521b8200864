package io.tocsin.streams.window;

import io.tocsin.schemas.Figure;

/**
 * The mission's measure of a resource: useful ÷ total = (cpu + memory) ÷ (cpu + memory + io +
 * network), each a percentage of the resource's own capacity, so that no units hide in the ratio.
 */
public final class Efficiency {

  private Efficiency() {}

  /**
   * The ratio, 0 to 1.
   *
   * @param io null counts as none, as does network: a container without a disk of its own moves
   *     nothing
   * @return null where cpu or memory is not known, or all four are zero
   */
  public static Double of(Figure cpu, Figure memory, Figure io, Figure network) {
    if (cpu == null || memory == null) {
      return null;
    }
    double useful = cpu.getMean() + memory.getMean();
    double total = useful + mean(io) + mean(network);
    return total > 0 ? useful / total : null;
  }

  private static double mean(Figure figure) {
    return figure == null ? 0 : figure.getMean();
  }
}
