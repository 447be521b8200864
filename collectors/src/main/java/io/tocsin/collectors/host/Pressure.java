package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;

/**
 * One file of /proc/pressure (<a href="https://docs.kernel.org/accounting/psi.html">psi.html</a>).
 *
 * @param someUs time in which some task was stalled, since boot
 * @param fullUs time in which all were; null where the kernel does not say
 */
record Pressure(long someUs, Long fullUs) {

  static Pressure parse(ProcText file) throws CollectorException {
    Long some = null;
    Long full = null;
    while (file.nextLine() && file.nextField()) {
      boolean isSome = file.is("some");
      if (!isSome && !file.is("full")) {
        throw file.malformed("starts with neither 'some' nor 'full'");
      }
      long total = total(file);
      if (isSome) {
        some = total;
      } else {
        full = total;
      }
    }
    if (some == null) {
      throw file.malformed("the line 'some' is missing");
    }
    return new Pressure(some, full);
  }

  private static long total(ProcText file) throws CollectorException {
    while (file.nextField()) {
      if (file.startsWith("total=")) {
        return file.numberAfter("total=");
      }
    }
    throw file.malformed("'total=' is missing");
  }
}
