package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;

/** What /proc/loadavg says. */
final class LoadAverage {

  private LoadAverage() {}

  /** Runnable and uninterruptible tasks, averaged over one minute. */
  static double parse(ProcText loadavg) throws CollectorException {
    if (!loadavg.nextLine() || !loadavg.nextField()) {
      throw loadavg.malformed("is empty");
    }
    if (!loadavg.splitAt('.')) {
      throw loadavg.malformed("the load of one minute has no decimals");
    }
    long whole = loadavg.thisNumber("load of one minute");
    return whole + loadavg.number("load's decimals") / 100.0;
  }
}
