package io.tocsin.streams.window;

import io.tocsin.schemas.Band;
import io.tocsin.schemas.Figure;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Window;

/**
 * What virtualization costs a resource: the time it wanted to run and another one did, seen from
 * inside (steal) or from outside (vCPU delay), and the time its quota held it back. The bands are
 * the mission's: a VM costs 5 to 15 %, a container 1 to 3 %.
 */
public final class Overhead {

  private static final double VM_FROM = 5;
  private static final double VM_TO = 15;
  private static final double CONTAINER_FROM = 1;
  private static final double CONTAINER_TO = 3;

  private Overhead() {}

  /** Percentage of the time of its cores, 0 to 100; null for what is not virtual. */
  static Double of(Window window) {
    if (window.getKind() != ResourceKind.VM && window.getKind() != ResourceKind.CONTAINER) {
      return null;
    }
    Double taken = greater(mean(window.getStealPercent()), mean(window.getVcpuDelayPercent()));
    Double heldBack = mean(window.getThrottledPercent());
    if (taken == null || heldBack == null) {
      return taken == null ? heldBack : taken;
    }
    return Math.min(100, taken + heldBack);
  }

  /** Where an overhead lies; null where it is not known, or nothing is expected of the kind. */
  static Band band(ResourceKind kind, Double percent) {
    if (percent == null) {
      return null;
    }
    return switch (kind) {
      case VM -> band(percent, VM_FROM, VM_TO);
      case CONTAINER -> band(percent, CONTAINER_FROM, CONTAINER_TO);
      default -> null;
    };
  }

  private static Band band(double percent, double from, double to) {
    return percent < from ? Band.BELOW : percent > to ? Band.ABOVE : Band.WITHIN;
  }

  private static Double mean(Figure figure) {
    return figure == null ? null : figure.getMean();
  }

  private static Double greater(Double one, Double other) {
    return one == null ? other : other == null ? one : Double.valueOf(Math.max(one, other));
  }
}
