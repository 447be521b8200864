package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over the lines and fields of a kernel file. Fields are separated by blanks. It makes no
 * strings unless asked to, because these files are read every second.
 *
 * <p>The kernel ends every line with a newline, so a last line without one has been cut short.
 */
final class ProcText {

  private final String file;
  private final byte[] bytes;
  private final int length;
  private int line;
  private int nextLine;
  private int lineEnd;
  private int start;
  private int end;

  ProcText(String file, byte[] bytes, int length) {
    this.file = file;
    this.bytes = bytes;
    this.length = length;
  }

  static ProcText of(String file, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new ProcText(file, bytes, bytes.length);
  }

  /**
   * Goes to the next line.
   *
   * @return false at the end of the file
   * @throws CollectorException if the line has no end
   */
  boolean nextLine() throws CollectorException {
    if (nextLine >= length) {
      return false;
    }
    line++;
    start = end = nextLine;
    lineEnd = nextLine;
    while (lineEnd < length && bytes[lineEnd] != '\n') {
      lineEnd++;
    }
    nextLine = lineEnd + 1;
    if (lineEnd == length) {
      throw new CollectorException(Reason.TRUNCATED, where(), "the line is cut short");
    }
    return true;
  }

  /** Goes to the next field of this line; false after the last. */
  boolean nextField() {
    start = end;
    while (start < lineEnd && blank(bytes[start])) {
      start++;
    }
    end = start;
    while (end < lineEnd && !blank(bytes[end])) {
      end++;
    }
    return start < end;
  }

  /** Ends the current field at its first {@code separator}, which is skipped. */
  boolean splitAt(char separator) {
    for (int i = start; i < end; i++) {
      if (bytes[i] == separator) {
        bytes[i] = ' ';
        end = i;
        return true;
      }
    }
    return false;
  }

  /** Whether the current field is {@code text}. */
  boolean is(String text) {
    return end - start == text.length() && startsWith(text);
  }

  /** Whether the current field starts with {@code prefix}. */
  boolean startsWith(String prefix) {
    if (end - start < prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (bytes[start + i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The current field as text. */
  String text() {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  /**
   * The current field, each byte as one character. Bytes that are no UTF-8 survive this, which
   * names of files may contain.
   */
  String rawText() {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  /** The next field as a whole number, 0 or more. */
  long number(String what) throws CollectorException {
    if (!nextField()) {
      throw malformed("the " + what + " is missing");
    }
    return digits(what, start);
  }

  /** The next field as a whole number of {@code unit}s, such as sectors of 512 bytes. */
  long number(String what, long unit) throws CollectorException {
    if (!nextField()) {
      throw malformed("the " + what + " is missing");
    }
    return thisNumber(what, unit);
  }

  /** The current field as a whole number of {@code unit}s. */
  long thisNumber(String what, long unit) throws CollectorException {
    long value = thisNumber(what);
    if (value > Long.MAX_VALUE / unit) {
      throw malformed("the " + what + " is too large to be true");
    }
    return value * unit;
  }

  /** The current field as a whole number, 0 or more. */
  long thisNumber(String what) throws CollectorException {
    return digits(what, start);
  }

  /** The number behind {@code prefix} in the current field, such as {@code total=123}. */
  long numberAfter(String prefix) throws CollectorException {
    return digits(prefix, start + prefix.length());
  }

  private long digits(String what, int from) throws CollectorException {
    long value = 0;
    for (int i = from; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        throw malformed("the " + what + " is no number from 0 to 2^63 - 1");
      }
      value = 10 * value + digit;
    }
    if (from >= end) {
      throw malformed("the " + what + " is missing");
    }
    return value;
  }

  /** Skips fields. */
  void skip(int fields) {
    for (int i = 0; i < fields && nextField(); i++) {
      // nothing to keep
    }
  }

  /** An error about the current line. */
  CollectorException malformed(String what) {
    return new CollectorException(Reason.MALFORMED, where(), what);
  }

  private String where() {
    return file + ":" + Math.max(1, line);
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\t';
  }
}
