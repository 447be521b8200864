package io.tocsin.collectors.vm;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import java.util.List;
import java.util.Map;

/**
 * The statistics of one domain as libvirt gives them (<a
 * href="https://libvirt.org/html/libvirt-libvirt-domain.html#virConnectGetAllDomainStats">
 * virConnectGetAllDomainStats</a>), plus {@code control.state} and {@code control.time} of
 * virDomainGetControlInfo where that was asked.
 *
 * @param uuid tells the domain from all others
 * @param name what people call it
 * @param id number of its present run; -1 where it does not run
 * @param fields values by name: {@link Long}, {@link Double}, {@link Boolean} or {@link String}
 */
record DomainStats(String uuid, String name, int id, Map<String, Object> fields) {

  /** virDomainControlState: a call has been waiting for the domain's monitor. */
  private static final long OCCUPIED = 2;

  /** virDomainControlState: the monitor is of no more use. */
  private static final long ERROR = 3;

  boolean has(String field) {
    return fields.containsKey(field);
  }

  /**
   * A whole number, 0 or more; null where the field is not given.
   *
   * @throws CollectorException if it is something else
   */
  Long number(String field) throws CollectorException {
    Object value = fields.get(field);
    if (value == null || value instanceof Long number && number >= 0) {
      return (Long) value;
    }
    throw malformed(field, "is no number from 0 to 2^63 - 1");
  }

  /** The same times {@code unit}, such as KiB of 1024 bytes. */
  Long number(String field, long unit) throws CollectorException {
    Long value = number(field);
    if (value != null && value > Long.MAX_VALUE / unit) {
      throw malformed(field, "is too large to be true");
    }
    return value == null ? null : (Long) (value * unit);
  }

  /** Nanoseconds as microseconds; null where the field is not given. */
  Long micros(String field) throws CollectorException {
    Long nanos = number(field);
    return nanos == null ? null : (Long) (nanos / 1000);
  }

  /** As {@link #number(String)}, with 0 where it is not given. */
  long numberOrZero(String field) throws CollectorException {
    Long value = number(field);
    return value == null ? 0 : value;
  }

  /** How many devices of a kind it says it has, at most {@code most}. */
  int count(String field, int most, List<Problem> problems) {
    try {
      long count = numberOrZero(field);
      if (count > most) {
        String what = field + " is over " + most + "; the rest is left out";
        problems.add(new Problem(Reason.OVER_LIMIT, where(), what));
      }
      return (int) Math.min(count, most);
    } catch (CollectorException malformed) {
      problems.add(malformed.problem());
      return 0;
    }
  }

  /** Text without control characters, at most 255 characters; null where it is not given. */
  String text(String field) {
    Object value = fields.get(field);
    return value == null ? null : Text.clean(value.toString(), 255);
  }

  /** A small number for a switch; -1 where it is not given or makes no sense. */
  int code(String field) {
    return fields.get(field) instanceof Long value && value >= 0 && value < 1000
        ? value.intValue()
        : -1;
  }

  boolean active() {
    return id >= 0;
  }

  /** Whether figures are missing that only the domain's own process could have given. */
  boolean lacksMonitor() {
    return active()
        && !has("balloon.rss")
        && !has("balloon.last-update")
        && !has("balloon.unused")
        && !has("block.0.rd.reqs");
  }

  /** Whether the domain's own process has not answered libvirt for so long. */
  boolean hangs(long patienceMillis) {
    int state = code("control.state");
    return state == ERROR
        || state == OCCUPIED
            && fields.get("control.time") instanceof Long since
            && since >= patienceMillis;
  }

  CollectorException malformed(String field, String what) {
    return new CollectorException(Reason.MALFORMED, where(), field + " " + what);
  }

  /** For problems. */
  String where() {
    return "domain " + Text.clean(name, 255);
  }
}
