package io.tocsin.alerting.healing.execute;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory as people write it: {@code 512MiB} or {@code 2GiB}.
 *
 * @param bytes more than 0
 */
public record ByteSize(long bytes) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(MiB|GiB)");
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it does not look like that
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ByteSize parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new IllegalArgumentException(
          "'" + PlainText.head(text, 100) + "' must be a size such as 512MiB or 2GiB");
    }
    return new ByteSize(
        Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("GiB") ? GIB : MIB));
  }

  @Override
  public String toString() {
    return bytes % GIB == 0 ? bytes / GIB + "GiB" : bytes / MIB + "MiB";
  }
}
