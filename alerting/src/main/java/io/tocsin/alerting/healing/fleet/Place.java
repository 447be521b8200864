package io.tocsin.alerting.healing.fleet;

/**
 * Where a resource is. A name that is not known is empty, and no limit holds for it.
 *
 * @param service it belongs to
 * @param host id of the machine it runs on, or is
 * @param zone name in the configuration
 * @param environment name in the configuration
 */
public record Place(String service, String host, String zone, String environment) {

  /** Nothing is known. */
  public static final Place NOWHERE = new Place("", "", "", "");

  /** The group it belongs to in one respect; there is only one in total. */
  public String in(Scope scope) {
    return switch (scope) {
      case SERVICE -> service;
      case HOST -> host;
      case ZONE -> zone;
      case TOTAL -> "";
    };
  }
}
