package io.tocsin.collectors.parts;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Optional;

/**
 * A real part that a test needs and that a machine may not have, such as a Docker daemon. Where it
 * is missing the test is skipped and says so; with {@code -Dtocsin.parts.required=true}, as in
 * continuous integration, it fails.
 */
public final class RealPart {

  private RealPart() {}

  /**
   * Goes on only if the part is there.
   *
   * @param name what it is, for people
   * @param missing why it cannot be used and how to get it; empty if it can
   */
  public static void need(String name, Optional<String> missing) {
    if (missing.isEmpty()) {
      return;
    }
    String message = "%s is not there: %s".formatted(name, missing.get());
    if (Boolean.getBoolean("tocsin.parts.required")) {
      fail(message);
    }
    abort(message);
  }

  /**
   * The same for a part that no package brings, such as a machine booted in a certain way: where it
   * is missing the test is skipped, in continuous integration too.
   *
   * @param name what it is, for people
   * @param missing why it cannot be used; empty if it can
   */
  public static void wish(String name, Optional<String> missing) {
    missing.ifPresent(why -> abort("%s is not there: %s".formatted(name, why)));
  }
}
