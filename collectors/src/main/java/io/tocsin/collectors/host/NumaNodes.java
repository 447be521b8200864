package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.schemas.NumaSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What /sys/devices/system/node says, a folder for each node (<a
 * href="https://docs.kernel.org/admin-guide/numastat.html">numastat.html</a>). A kernel without
 * NUMA has no such folder, which is no problem.
 */
final class NumaNodes {

  private static final String FOLDER = "devices/system/node";
  private static final Pattern NODE = Pattern.compile("node(\\d{1,6})");
  private static final Pattern CPUS = Pattern.compile("[0-9,-]*");
  private static final String[] EVENTS = {"numa_hit", "numa_miss", "numa_foreign", "other_node"};

  private NumaNodes() {}

  /** All nodes by number. One that makes no sense is a problem and leaves the others alone. */
  static List<NumaSample> read(ProcFiles sys, List<Problem> problems) {
    List<NumaSample> nodes = new ArrayList<>();
    for (String name : sys.list(FOLDER)) {
      Matcher node = NODE.matcher(name);
      if (node.matches()) {
        try {
          nodes.add(read(sys, FOLDER + '/' + name, Integer.parseInt(node.group(1))));
        } catch (CollectorException notUsable) {
          problems.add(notUsable.problem());
        }
      }
    }
    nodes.sort(Comparator.comparingInt(NumaSample::getNode));
    return nodes;
  }

  private static NumaSample read(ProcFiles sys, String folder, int number)
      throws CollectorException {
    NumaSample.Builder node = NumaSample.newBuilder().setNode(number);
    addMemory(node, sys.read(folder + "/meminfo"));
    addEvents(node, sys.read(folder + "/numastat"));
    return node.setCpus(cpus(sys.read(folder + "/cpulist"))).build();
  }

  /** Lines such as {@code Node 0 MemTotal: 5859544 kB}. */
  static void addMemory(NumaSample.Builder node, ProcText meminfo) throws CollectorException {
    long total = -1;
    long free = -1;
    while ((total < 0 || free < 0) && meminfo.nextLine()) {
      meminfo.skip(2);
      meminfo.nextField();
      if (meminfo.is("MemTotal:")) {
        total = Memory.bytes(meminfo, "MemTotal:");
      } else if (meminfo.is("MemFree:")) {
        free = Memory.bytes(meminfo, "MemFree:");
      }
    }
    if (total < 0 || free < 0) {
      throw meminfo.malformed("MemTotal: or MemFree: is missing up to here");
    }
    node.setTotalBytes(total).setFreeBytes(free);
  }

  static void addEvents(NumaSample.Builder node, ProcText numastat) throws CollectorException {
    long[] pages = {-1, -1, -1, -1};
    while (numastat.nextLine() && numastat.nextField()) {
      for (int event = 0; event < EVENTS.length; event++) {
        if (numastat.is(EVENTS[event])) {
          pages[event] = numastat.number("number of pages");
          break;
        }
      }
    }
    for (int event = 0; event < EVENTS.length; event++) {
      if (pages[event] < 0) {
        throw numastat.malformed(EVENTS[event] + " is missing up to here");
      }
    }
    node.setHitPages(pages[0])
        .setMissPages(pages[1])
        .setForeignPages(pages[2])
        .setOtherNodePages(pages[3]);
  }

  /** Such as {@code 0-15,32-47}; an empty line for a node that is memory alone. */
  static String cpus(ProcText cpulist) throws CollectorException {
    if (!cpulist.nextLine()) {
      throw cpulist.malformed("is empty");
    }
    String cpus = cpulist.nextField() ? cpulist.text() : "";
    if (!CPUS.matcher(cpus).matches()) {
      throw cpulist.malformed("that is no list of CPUs");
    }
    return cpus;
  }
}
