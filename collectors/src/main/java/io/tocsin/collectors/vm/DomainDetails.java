package io.tocsin.collectors.vm;

import java.util.List;

/**
 * What rarely changes about a domain.
 *
 * @param description what its XML says
 * @param autostart whether it is started with its host, so that it should be running
 * @param pins for each virtual CPU the host CPUs it may run on, such as {@code 0-3,8}; null in
 *     place of one that may run on all
 */
record DomainDetails(DomainXml description, boolean autostart, List<String> pins) {

  /** The CPUs that virtual CPU {@code number} is pinned to; null where it may run on all. */
  String pinOf(int number) {
    return number < pins.size() ? pins.get(number) : null;
  }
}
