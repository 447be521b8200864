package io.tocsin.capacity.packing;

/**
 * What stays free on every host, as shares.
 *
 * @param cpuShare of its cores, from 0 to below 1
 * @param memoryShare of its memory, from 0 to below 1
 */
public record Headroom(double cpuShare, double memoryShare) {

  /** What the mission's thresholds leave: CPU up to 80 %, memory up to 90 %. */
  public static final Headroom DEFAULT = new Headroom(0.2, 0.1);

  /** Checks the shares. */
  public Headroom {
    if (!(cpuShare >= 0 && cpuShare < 1 && memoryShare >= 0 && memoryShare < 1)) {
      throw new IllegalArgumentException("head-room is a share from 0 to below 1");
    }
  }
}
