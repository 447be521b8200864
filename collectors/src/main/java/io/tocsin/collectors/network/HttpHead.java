package io.tocsin.collectors.network;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status line and headers of an HTTP/1.x answer, as far as a prober needs them (RFC 9112).
 *
 * @param status 200 to 999
 * @param contentLength bytes of the body; -1 where the answer does not say
 * @param chunked whether the body comes in chunks
 * @param bytes length of the head itself
 */
record HttpHead(int status, long contentLength, boolean chunked, int bytes) {

  /** A head longer than this is refused. */
  static final int LONGEST = 16 * 1024;

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})( [^\\r\\n]*)?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  /**
   * Reads a head.
   *
   * @param answer what has come so far
   * @param from where the head begins
   * @param searched up to where it was looked for the end before
   * @param length up to where {@code answer} is filled
   * @return null while the head is incomplete
   * @throws ProtocolException if it is no such head, or there is no end to it
   */
  static HttpHead parse(byte[] answer, int from, int searched, int length)
      throws ProtocolException {
    int end = end(answer, Math.max(from, searched - 2), length);
    if (end < 0) {
      if (length >= LONGEST) {
        throw new ProtocolException("headers longer than %d KiB".formatted(LONGEST / 1024));
      }
      return null;
    }
    String[] lines =
        new String(answer, from, end - from, StandardCharsets.ISO_8859_1).split("\r?\n");
    Matcher status = STATUS_LINE.matcher(lines[0]);
    if (!status.matches()) {
      throw new ProtocolException("no HTTP/1.x status line");
    }
    long contentLength = -1;
    boolean chunked = false;
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      String name = lines[i].substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
      String value = lines[i].substring(colon + 1).trim();
      if (name.equals("content-length")) {
        if (!LENGTH.matcher(value).matches()) {
          throw new ProtocolException("content-length is no number");
        }
        contentLength = Long.parseLong(value);
      } else if (name.equals("transfer-encoding")) {
        chunked = value.toLowerCase(Locale.ROOT).endsWith("chunked");
      }
    }
    // RFC 9112, 6.3: chunks win over a length.
    return new HttpHead(
        Integer.parseInt(status.group(1)), chunked ? -1 : contentLength, chunked, end - from);
  }

  /** Whether it only announces the real answer. */
  boolean interim() {
    return status >= 100 && status < 200 && status != 101;
  }

  /** Whether nothing may follow. */
  boolean bodiless() {
    return status == 204 || status == 304 || contentLength == 0;
  }

  /** Just after the empty line; -1 if there is none yet. */
  private static int end(byte[] answer, int from, int length) {
    for (int i = from; i < length; i++) {
      if (answer[i] == '\n') {
        int next = i + 1 < length && answer[i + 1] == '\r' ? i + 2 : i + 1;
        if (next < length && answer[next] == '\n') {
          return next + 1;
        }
      }
    }
    return -1;
  }
}
