package io.tocsin.alerting.notify.render;

import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.notify.channel.Escaping;

/** Makes foreign text harmless: one bounded line, without what the channel would interpret. */
final class Escapes {

  private final Escaping escaping;

  Escapes(Escaping escaping) {
    this.escaping = escaping;
  }

  /** At most {@code most} characters of it, counted before they are escaped. */
  String line(String text, int most) {
    return escape(PlainText.head(text, most));
  }

  private String escape(String text) {
    return switch (escaping) {
      case NONE -> text;
      case SLACK -> elements(text);
      case HTML -> elements(text).replace("\"", "&quot;").replace("'", "&#39;");
    };
  }

  private static String elements(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
