package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.schemas.InterfaceSample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What /proc/net/dev says; the loopback interface is left out. */
final class Interfaces {

  private Interfaces() {}

  /**
   * All interfaces. A line that makes no sense is a problem and leaves the others as they are.
   *
   * @param speed link speed of an interface in bytes per second, or null
   */
  static List<InterfaceSample> parse(
      ProcText dev, Function<String, Long> speed, List<Problem> problems) {
    List<InterfaceSample> interfaces = new ArrayList<>();
    try {
      for (int line = 1; dev.nextLine(); line++) {
        // Two lines of headings.
        if (line > 2) {
          addLine(dev, speed, interfaces, problems);
        }
      }
    } catch (CollectorException cutShort) {
      problems.add(cutShort.problem());
    }
    return interfaces;
  }

  private static void addLine(
      ProcText dev,
      Function<String, Long> speed,
      List<InterfaceSample> interfaces,
      List<Problem> problems) {
    try {
      // Old kernels leave no blank behind the colon.
      if (!dev.nextField() || !dev.splitAt(':')) {
        throw dev.malformed("the interface's name is missing");
      }
      if (!dev.is("lo")) {
        interfaces.add(parseLine(dev, speed));
      }
    } catch (CollectorException badLine) {
      problems.add(badLine.problem());
    }
  }

  private static InterfaceSample parseLine(ProcText dev, Function<String, Long> speed)
      throws CollectorException {
    String name = dev.text();
    if (!isName(name)) {
      throw dev.malformed("that is no name of an interface");
    }
    InterfaceSample.Builder link = InterfaceSample.newBuilder().setName(name);
    link.setRxBytes(dev.number("number of bytes received"));
    link.setRxPackets(dev.number("number of packets received"));
    link.setRxErrors(dev.number("number of receive errors"));
    link.setRxDropped(dev.number("number of packets dropped on receipt"));
    dev.skip(4);
    link.setTxBytes(dev.number("number of bytes sent"));
    link.setTxPackets(dev.number("number of packets sent"));
    link.setTxErrors(dev.number("number of send errors"));
    link.setTxDropped(dev.number("number of packets dropped on sending"));
    return link.setSpeedBytesPerSecond(speed.apply(name)).build();
  }

  /**
   * The kernel allows anything but a slash, a colon and blanks; what cannot be shown is refused.
   */
  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= 64
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/');
  }
}
