package io.tocsin.collectors;

import io.tocsin.schemas.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Makes resource ids out of names that come from elsewhere: {@code <kind>/<name>}, lower case, no
 * characters but {@code a-z 0-9 . _ -}. The same names always give the same id. A name that had to
 * be changed gets a checksum at its end, so that two names that differ only in what was changed
 * keep two ids.
 */
public final class ResourceIds {

  private static final Pattern FOREIGN = Pattern.compile("[^a-z0-9._-]");
  private static final Pattern START = Pattern.compile("^[^a-z0-9]+");

  /** The longest name, as for hosts (RFC 1035). */
  private static final int LONGEST = 253;

  private static final int CHECKSUM = 9;

  private ResourceIds() {}

  /**
   * An id.
   *
   * @param parts joined by dots; what tells the resource from all others of its kind, such as host
   *     and container
   */
  public static String of(ResourceKind kind, String... parts) {
    return kind.name().toLowerCase(Locale.ROOT) + '/' + name(String.join(".", parts));
  }

  private static String name(String wanted) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    String clean = START.matcher(FOREIGN.matcher(lower).replaceAll("-")).replaceFirst("");
    if (clean.equals(wanted) && !clean.isEmpty() && clean.length() <= LONGEST) {
      return clean;
    }
    CRC32 checksum = new CRC32();
    checksum.update(wanted.getBytes(StandardCharsets.UTF_8));
    String shortened = clean.substring(0, Math.min(clean.length(), LONGEST - CHECKSUM));
    return "%s%s%08x".formatted(shortened, shortened.isEmpty() ? "" : "-", checksum.getValue());
  }
}
