package io.tocsin.alerting.notify.channel.email;

import io.tocsin.alerting.notify.channel.Message;

/** The plain text once more, for programs that show HTML: escaped, with one link. */
final class HtmlPart {

  private HtmlPart() {}

  static String of(Message message) {
    StringBuilder html =
        new StringBuilder("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>")
            .append("<p><b>")
            .append(escaped(message.title()))
            .append("</b></p><pre style=\"font-family:inherit;white-space:pre-wrap\">")
            .append(escaped(message.body()))
            .append("</pre>");
    if (message.link() != null) {
      html.append("<p><a href=\"")
          .append(escaped(message.link()))
          .append("\">Open the incident</a></p>");
    }
    return html.append("</body></html>").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
