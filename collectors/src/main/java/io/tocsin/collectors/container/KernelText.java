package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a kernel file held when it was last read, and a cursor over its lines and fields. One is
 * used for every file of every pass, so nothing is allocated as long as no text is asked for. Not
 * thread-safe.
 */
final class KernelText {

  /** The largest, the list of a container's processes, has 8 bytes a process. */
  private static final int LIMIT = 256 * 1024;

  private byte[] bytes = new byte[8 * 1024];
  private int length;
  private String file = "";
  private int line;
  private int next;
  private int lineEnd;
  private int start;
  private int end;

  /** Forgets what it held; what follows was read from {@code name}. */
  void begin(String name) {
    file = name;
    length = 0;
    rewind();
  }

  private void rewind() {
    line = 0;
    next = 0;
    lineEnd = 0;
    start = 0;
    end = 0;
  }

  /** Where the next bytes go. */
  byte[] buffer() throws CollectorException {
    if (length == bytes.length) {
      if (length >= LIMIT) {
        throw new CollectorException(Reason.OVER_LIMIT, file, "is larger than " + LIMIT + " bytes");
      }
      bytes = Arrays.copyOf(bytes, Math.max(8 * 1024, 2 * length));
    }
    return bytes;
  }

  int length() {
    return length;
  }

  void grow(int count) {
    length += count;
  }

  KernelText with(String name, String text) {
    begin(name);
    bytes = text.getBytes(StandardCharsets.UTF_8);
    length = bytes.length;
    return this;
  }

  /**
   * Goes to the next line; false at the end.
   *
   * @throws CollectorException if the line has no end: the kernel ends every line
   */
  boolean line() throws CollectorException {
    if (next >= length) {
      return false;
    }
    line++;
    start = end = lineEnd = next;
    while (lineEnd < length && bytes[lineEnd] != '\n') {
      lineEnd++;
    }
    if (lineEnd == length) {
      throw new CollectorException(Reason.TRUNCATED, where(), "the line is cut short");
    }
    next = lineEnd + 1;
    return true;
  }

  /** Goes to the next field of this line; false after the last. */
  boolean field() {
    start = end;
    while (start < lineEnd && isBlank(bytes[start])) {
      start++;
    }
    end = start;
    while (end < lineEnd && !isBlank(bytes[end])) {
      end++;
    }
    return start < end;
  }

  void skip(int fields) {
    for (int i = 0; i < fields && field(); i++) {
      // nothing to keep
    }
  }

  /** Ends the current field at its first {@code separator}; what follows is the next field. */
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

  /** Goes to what follows the last {@code mark} of this line; false if there is none. */
  boolean afterLast(char mark) {
    for (int i = lineEnd - 1; i >= end; i--) {
      if (bytes[i] == mark) {
        end = i + 1;
        return true;
      }
    }
    return false;
  }

  boolean is(String text) {
    return end - start == text.length() && startsWith(text);
  }

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

  /** The current field. */
  String text() {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  /** The next field as a whole number, 0 or more. */
  long number() throws CollectorException {
    field();
    return number(start);
  }

  /** The next field as a whole number of {@code unit}s. */
  long number(long unit) throws CollectorException {
    long count = number();
    if (count > Long.MAX_VALUE / unit) {
      throw malformed("a number is too large to be true");
    }
    return count * unit;
  }

  /** The current field as a whole number, 0 or more. */
  long thisNumber() throws CollectorException {
    return number(start);
  }

  /** The whole number behind {@code prefix} in the current field, as in {@code total=12}. */
  long numberAfter(String prefix) throws CollectorException {
    return number(start + prefix.length());
  }

  private long number(int from) throws CollectorException {
    long value = 0;
    for (int i = from; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        throw malformed("a number from 0 to 2^63 - 1 is expected here");
      }
      value = 10 * value + digit;
    }
    if (from >= end) {
      throw malformed("a number is missing");
    }
    return value;
  }

  /** The only number of the file. */
  long onlyNumber() throws CollectorException {
    if (!line()) {
      throw malformed("the file is empty");
    }
    return number();
  }

  CollectorException malformed(String what) {
    return new CollectorException(Reason.MALFORMED, where(), what);
  }

  private String where() {
    return file + ":" + Math.max(1, line);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
