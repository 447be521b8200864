package io.tocsin.alerting.healing.execute;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  /** Goes on only if a program is installed. */
  public static void needProgram(String program, String debianPackage) {
    boolean there =
        List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin").stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    need(program, there ? Optional.empty() : Optional.of("install " + debianPackage));
  }
}
