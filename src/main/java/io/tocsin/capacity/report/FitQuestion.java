package io.tocsin.capacity.report;

import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.capacity.packing.Box;
import io.tocsin.capacity.packing.Change;
import io.tocsin.capacity.packing.Headroom;
import io.tocsin.capacity.packing.Overcommit;
import io.tocsin.capacity.packing.Packing;
import io.tocsin.capacity.packing.WhatIf;
import io.tocsin.capacity.rightsizing.Advice;
import io.tocsin.schemas.ResourceKind;
import java.util.ArrayList;
import java.util.List;

/** A fleet's VMs and containers, and hosts for them to fit on. */
public final class FitQuestion {

  private final List<Box> hosts;
  private final List<Box> given = new ArrayList<>();
  private final List<Box> guests = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final WhatIf whatIf;

  /**
   * A question.
   *
   * @param advice two of each resource of the fleet, in its order: CPU and memory
   * @param asGiven whether each takes what it has been given rather than what it needs
   */
  public FitQuestion(
      List<Box> hosts, Fleet fleet, List<Advice> advice, boolean asGiven, Headroom headroom) {
    this.hosts = List.copyOf(hosts);
    for (int i = 0; i < fleet.resources().size(); i++) {
      ResourceSeries series = fleet.resources().get(i);
      if (series.kind() == ResourceKind.VM || series.kind() == ResourceKind.CONTAINER) {
        enter(series.id(), advice.get(2 * i), advice.get(2 * i + 1), asGiven);
      }
    }
    this.whatIf = new WhatIf(this.hosts, guests, headroom);
  }

  /** What it needs; what it has been given where nothing can be advised. */
  private void enter(String id, Advice cpu, Advice memory, boolean asGiven) {
    double cores = amount(cpu, asGiven);
    double bytes = amount(memory, asGiven);
    if (Double.isNaN(cores)
        || Double.isNaN(bytes)
        || Double.isNaN(cpu.has())
        || Double.isNaN(memory.has())) {
      leftOut.add(id);
    } else {
      guests.add(new Box(id, cores, bytes));
      given.add(new Box(id, cpu.has(), memory.has()));
    }
  }

  private static double amount(Advice advice, boolean asGiven) {
    return asGiven || advice.isRefused() ? advice.has() : advice.needs();
  }

  /** Where everything could run after changes. */
  public Packing after(List<Change> changes) {
    return whatIf.after(changes);
  }

  /** The answer for changes that were packed. */
  public Fit answer(List<Change> changes, Packing packing) {
    int lost = 0;
    int added = 0;
    for (Change change : changes) {
      if (change instanceof Change.LoseHost) {
        lost++;
      } else if (change instanceof Change.Add more) {
        added += more.count();
      }
    }
    return new Fit(
        packing.fits(),
        hosts.size() - lost,
        guests.size() + added,
        changes.stream().map(Change::words).toList(),
        packing.left(),
        packing.places(),
        survivesAnyLoss(),
        Overcommit.of(all(), given, guests),
        leftOut);
  }

  private Box all() {
    return new Box(
        "all hosts",
        hosts.stream().mapToDouble(Box::cores).sum(),
        hosts.stream().mapToDouble(Box::memoryBytes).sum());
  }

  private boolean survivesAnyLoss() {
    if (hosts.size() < 2) {
      return false;
    }
    Box first = hosts.get(0);
    boolean alike =
        hosts.stream()
            .allMatch(
                host -> host.cores() == first.cores() && host.memoryBytes() == first.memoryBytes());
    // Where all hosts are alike, what holds for one holds for each.
    return alike
        ? whatIf.after(List.of(new Change.LoseHost(first.id()))).fits()
        : whatIf.indispensable().isEmpty();
  }
}
