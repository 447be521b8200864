package io.tocsin.alerting.notify.render;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The only two addresses that messages link to: the console's page of an incident, the runbook. */
final class Links {

  private static final int LONGEST = 2_000;

  private Links() {}

  /** The incident's page in the console; null without a console. */
  static String incident(URI console, String incidentId) {
    if (console == null || !isWeb(console)) {
      return null;
    }
    String base = console.toString();
    String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    String id = URLEncoder.encode(incidentId, StandardCharsets.UTF_8).replace("+", "%20");
    return root + "/#/incidents/" + id;
  }

  /** The text, if it is an address of a web page and nothing else; null if not. */
  static String web(String text) {
    if (text == null || text.length() > LONGEST) {
      return null;
    }
    try {
      URI uri = new URI(text);
      return isWeb(uri) ? uri.toASCIIString() : null;
    } catch (URISyntaxException noAddress) {
      return null;
    }
  }

  private static boolean isWeb(URI uri) {
    boolean isHttp = "http".equalsIgnoreCase(uri.getScheme());
    return (isHttp || "https".equalsIgnoreCase(uri.getScheme()))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null;
  }
}
