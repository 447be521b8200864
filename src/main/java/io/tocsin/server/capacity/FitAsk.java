package io.tocsin.server.capacity;

import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.packing.Box;
import io.tocsin.capacity.packing.Change;
import io.tocsin.capacity.packing.Headroom;
import io.tocsin.capacity.report.Fit;
import io.tocsin.capacity.report.FitQuestion;
import io.tocsin.capacity.rightsizing.Advice;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.server.http.RequestProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whether everything still fits: on the hosts that history knows, or on some that are made up.
 *
 * @param hosts how many to make up; 0 for those of history
 * @param hostCores of each made-up one
 * @param hostGib of each made-up one
 * @param lose how many hosts are lost, the largest first
 * @param add how many VMs are added
 * @param addCores of each
 * @param addGib of each
 * @param grow how much more all need, in percent
 * @param headroom share of each host's cores that stays free; of its memory half of that
 * @param asGiven whether each takes what it has been given rather than what it needs
 */
record FitAsk(
    int hosts,
    double hostCores,
    double hostGib,
    int lose,
    int add,
    double addCores,
    double addGib,
    double grow,
    double headroom,
    boolean asGiven) {

  private static final double GIB = 1024.0 * 1024 * 1024;

  static FitAsk of(CapacityAsk ask) {
    if (ask.has("hosts") != ask.has("host-cores") || ask.has("hosts") != ask.has("host-memory")) {
      ask.problem("hosts", "say hosts, host-cores and host-memory together, or none of them");
    }
    return new FitAsk(
        ask.count("hosts", 0, 1, 1_000),
        ask.number("host-cores", 1, 0.1, 10_000),
        ask.number("host-memory", 1, 0.1, 1_000_000),
        ask.count("lose", 0, 0, 1_000),
        ask.count("add", 0, 0, 10_000),
        ask.number("add-cores", 1, 0, 10_000),
        ask.number("add-memory", 2, 0, 1_000_000),
        ask.number("grow", 0, -99, 10_000),
        ask.number("headroom", 0.2, 0, 0.99),
        ask.flag("as-given"));
  }

  Fit answer(Fleet fleet, List<Advice> advice) throws RequestProblem {
    List<Box> boxes = hosts > 0 ? madeUp() : known(fleet, advice);
    if (boxes.isEmpty()) {
      throw new RequestProblem(
          List.of("hosts: history knows the size of none; say hosts, host-cores and host-memory"));
    }
    if (lose >= boxes.size()) {
      throw new RequestProblem(
          List.of("lose: there are " + boxes.size() + " hosts, of which one has to be left"));
    }
    FitQuestion question =
        new FitQuestion(boxes, fleet, advice, asGiven, new Headroom(headroom, headroom / 2));
    List<Change> changes = changes(boxes);
    return question.answer(changes, question.after(changes));
  }

  private List<Box> madeUp() {
    List<Box> boxes = new ArrayList<>();
    for (int i = 1; i <= hosts; i++) {
      boxes.add(new Box("host/" + i, hostCores, hostGib * GIB));
    }
    return boxes;
  }

  private static List<Box> known(Fleet fleet, List<Advice> advice) {
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < fleet.resources().size(); i++) {
      double cores = advice.get(2 * i).has();
      double bytes = advice.get(2 * i + 1).has();
      if (fleet.resources().get(i).kind() == ResourceKind.HOST && cores > 0 && bytes > 0) {
        boxes.add(new Box(fleet.resources().get(i).id(), cores, bytes));
      }
    }
    return boxes;
  }

  private List<Change> changes(List<Box> boxes) {
    List<Change> changes = new ArrayList<>();
    boxes.stream()
        .sorted(Comparator.comparingDouble(Box::cores).thenComparing(Box::memoryBytes).reversed())
        .limit(lose)
        .forEach(box -> changes.add(new Change.LoseHost(box.id())));
    if (grow != 0) {
      changes.add(new Change.Grow(grow));
    }
    if (add > 0) {
      changes.add(new Change.Add(add, addCores, addGib * GIB));
    }
    return changes;
  }
}
