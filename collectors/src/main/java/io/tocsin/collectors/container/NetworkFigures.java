package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import io.tocsin.schemas.InterfaceSample;
import io.tocsin.schemas.Sample;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Interfaces and TCP segments of a network namespace, read through one of its processes. The files
 * are not kept open: an open one keeps a namespace alive after its container.
 */
final class NetworkFigures {

  private final KernelFile dev;
  private final KernelFile snmp;

  /**
   * Those of the namespace a process is in.
   *
   * @param process its number
   */
  NetworkFigures(Path proc, long process) {
    File folder = proc.resolve(process + "/net").toFile();
    this.dev = Tightest.once(folder, "dev");
    this.snmp = Tightest.once(folder, "snmp");
  }

  /** Adds them to a sample; false if the process has ended. */
  boolean addTo(Sample.Builder sample, KernelText text, Troubles troubles) {
    try {
      if (!dev.read(text)) {
        return false;
      }
      sample.setInterfaces(interfaces(text, troubles));
      if (snmp.read(text)) {
        addSegments(sample, text);
      }
      return true;
    } catch (GoneException ended) {
      return false;
    } catch (CollectorException failure) {
      troubles.add(failure);
      return true;
    }
  }

  /** The loopback interface is left out. */
  static List<InterfaceSample> interfaces(KernelText text, Troubles troubles)
      throws CollectorException {
    List<InterfaceSample> interfaces = new ArrayList<>(2);
    for (int line = 1; text.line(); line++) {
      // Two lines of headings.
      if (line <= 2) {
        continue;
      }
      try {
        if (!text.field() || !text.splitAt(':')) {
          throw text.malformed("the interface's name is missing");
        }
        if (!text.is("lo")) {
          interfaces.add(parse(text));
        }
      } catch (CollectorException badLine) {
        troubles.add(badLine);
      }
    }
    return interfaces;
  }

  private static InterfaceSample parse(KernelText text) throws CollectorException {
    String name = text.text();
    // A container names its interfaces itself: what cannot be shown is refused.
    if (name.length() > 64 || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/')) {
      throw text.malformed("that is no name of an interface");
    }
    InterfaceSample.Builder link = InterfaceSample.newBuilder().setName(name);
    link.setRxBytes(text.number()).setRxPackets(text.number());
    link.setRxErrors(text.number()).setRxDropped(text.number());
    text.skip(4);
    link.setTxBytes(text.number()).setTxPackets(text.number());
    return link.setTxErrors(text.number()).setTxDropped(text.number()).build();
  }

  /** Names stand on the first of two lines, values on the second. */
  static void addSegments(Sample.Builder sample, KernelText text) throws CollectorException {
    int sent = -1;
    int again = -1;
    while (text.line()) {
      if (!text.field() || !text.is("Tcp:")) {
        continue;
      }
      boolean values = sent >= 0 && again >= 0;
      for (int column = 0; text.field(); column++) {
        if (values && column == sent) {
          sample.setTcpOutSegments(text.thisNumber());
        } else if (values && column == again) {
          sample.setTcpRetransmittedSegments(text.thisNumber());
        } else if (!values && text.is("OutSegs")) {
          sent = column;
        } else if (!values && text.is("RetransSegs")) {
          again = column;
        }
      }
    }
  }
}
