package io.tocsin.server.capacity;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The report as a page that can do nothing: no script, nothing from elsewhere, no style but the one
 * that is in it, known by its hash, and no origin of its own, so that whatever a label could make
 * of it reaches neither the API nor the console.
 */
final class ReportPage {

  private static final String BEGIN = "<style>";
  private static final String END = "</style>";

  private ReportPage() {}

  static void answer(Context context, String page) {
    context.header("Content-Security-Policy", policy(page));
    context.contentType("text/html; charset=utf-8").result(page);
  }

  static String policy(String page) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    String style =
        begin < 0 || end < begin
            ? "'none'"
            : "'sha256-" + hash(page.substring(begin + BEGIN.length(), end)) + "'";
    return "default-src 'none'; style-src "
        + style
        + "; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every Java has SHA-256", never);
    }
  }
}
