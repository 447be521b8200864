package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;

/**
 * What /proc/loadavg says: runnable and uninterruptible tasks, averaged.
 *
 * @param load1 over one minute
 * @param load5 over five minutes
 * @param load15 over fifteen minutes
 */
record LoadAverage(double load1, double load5, double load15) {

  static LoadAverage parse(ProcText loadavg) throws CollectorException {
    if (!loadavg.nextLine()) {
      throw loadavg.malformed("is empty");
    }
    return new LoadAverage(
        next(loadavg, "load of one minute"),
        next(loadavg, "load of five minutes"),
        next(loadavg, "load of fifteen minutes"));
  }

  private static double next(ProcText loadavg, String what) throws CollectorException {
    if (!loadavg.nextField()) {
      throw loadavg.malformed("the " + what + " is missing");
    }
    if (!loadavg.splitAt('.')) {
      throw loadavg.malformed("the " + what + " has no decimals");
    }
    long whole = loadavg.thisNumber(what);
    return whole + loadavg.number("load's decimals") / 100.0;
  }
}
