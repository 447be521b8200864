package io.tocsin.schemas.exchange;

import io.tocsin.schemas.topic.ClusterSecurity;
import java.util.Locale;

/** Why TLS failed, and what to do, in place of what Java says of it. */
final class BrokerTlsTrouble {

  private static final int LONGEST = 300;

  private BrokerTlsTrouble() {}

  /**
   * In words for people.
   *
   * @param security what was configured; null if nothing was
   */
  static String of(Throwable failure, ClusterSecurity security) {
    StringBuilder all = new StringBuilder();
    String last = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      all.append(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT)).append('\n');
      last = String.valueOf(cause.getMessage());
    }
    String words = all.toString();
    if (words.contains("received fatal alert")) {
      return refusedByBroker(words, security);
    }
    if (words.contains("certpathvalidator") && words.contains("expired")
        || words.contains("certificate expired")
        || words.contains("notafter")) {
      return "the broker's certificate has expired; renew it at the broker";
    }
    if (words.contains("unable to find valid certification path")
        || words.contains("path building failed")
        || words.contains("path does not chain")
        || words.contains("trust anchor")) {
      return "the broker's certificate is of an authority that is not believed; cluster.security.ca has to be the file of the brokers' authority"
          + (security == null || security.ca() == null ? " and is not set" : "");
    }
    if (words.contains("no subject alternative") || words.contains("no name matching")) {
      return "the broker's certificate is for another name; cluster.bootstrap-servers and the brokers' advertised.listeners have to name brokers as their certificates do ("
          + bounded(last)
          + ")";
    }
    return bounded(last);
  }

  private static String refusedByBroker(String words, ClusterSecurity security) {
    if (security == null || security.certificate() == null) {
      return "the broker wants a certificate: set cluster.security.certificate and key";
    }
    String file = security.certificate();
    if (words.contains("certificate_expired")) {
      return "the broker says that the certificate " + file + " has expired; renew it";
    }
    return "the broker does not believe the certificate %s: expired, or of an authority that it does not know; renew it, or add its authority to the broker's ssl.truststore"
        .formatted(file);
  }

  private static String bounded(String words) {
    String line = words.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
