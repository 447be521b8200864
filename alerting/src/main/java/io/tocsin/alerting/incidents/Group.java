package io.tocsin.alerting.incidents;

import java.util.List;

/**
 * Troubles with one cause.
 *
 * @param cause the trouble that explains the others
 * @param joined all of them, the cause first
 * @param headline what to put before the cause's summary, such as {@code 3 of 40 on host/a}; empty
 *     if nothing
 */
record Group(Trouble cause, List<Joined> joined, String headline) {

  /**
   * One of them.
   *
   * @param trouble which
   * @param relation how it hangs together with what explains it, in words; empty for the cause
   */
  record Joined(Trouble trouble, String relation) {}
}
