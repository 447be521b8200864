package io.tocsin.capacity.packing;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a fleet still fits after changes.
 *
 * @param hosts what there is now
 * @param guests what they need now
 * @param headroom to keep free
 */
public record WhatIf(List<Box> hosts, List<Box> guests, Headroom headroom) {

  /** More is a slip of the keyboard. */
  static final int MOST_ADDED = 100_000;

  /**
   * Makes changes, in order, and packs.
   *
   * @throws IllegalArgumentException with a line for people if a change cannot be
   */
  public Packing after(List<Change> changes) {
    List<Box> there = new ArrayList<>(hosts);
    List<Box> needed = new ArrayList<>(guests);
    for (Change change : changes) {
      if (change instanceof Change.LoseHost lost) {
        if (!there.removeIf(host -> host.id().equals(lost.id()))) {
          throw new IllegalArgumentException("there is no host " + lost.id() + " to lose");
        }
      } else if (change instanceof Change.Add added) {
        if (added.count() < 1 || added.count() > MOST_ADDED) {
          throw new IllegalArgumentException("add between 1 and " + MOST_ADDED + " at once");
        }
        for (int i = 1; i <= added.count(); i++) {
          needed.add(new Box("added/" + i, added.cores(), added.memoryBytes()));
        }
      } else if (change instanceof Change.Grow grown) {
        double factor = 1 + grown.percent() / 100;
        needed.replaceAll(guest -> guest.times(factor, factor));
      }
    }
    return Packing.of(there, needed, headroom);
  }

  /** Hosts whose loss, each alone, the fleet does not survive. */
  public List<String> indispensable() {
    return hosts.stream()
        .map(Box::id)
        .filter(id -> !after(List.of(new Change.LoseHost(id))).fits())
        .toList();
  }
}
