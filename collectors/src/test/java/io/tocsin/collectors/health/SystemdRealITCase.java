package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.parts.RealPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Checks of units of a real systemd: the machine's, or the one on the bus that {@code
 * -Dtocsin.test.systemd-bus=unix:path=...} names, such as that of a user.
 */
@Timeout(30)
class SystemdRealITCase {

  private static final String ADDRESS = System.getProperty("tocsin.test.systemd-bus");

  @BeforeEach
  void needSystemd() {
    boolean there = ADDRESS != null || Files.isDirectory(Path.of("/run/systemd/system"));
    RealPart.wish(
        "systemd", there ? Optional.empty() : Optional.of("this machine was not booted with it"));
  }

  @Test
  void aTargetThatEverySystemdReachesIsUp() throws Exception {
    assertThat(OnePass.of(unit("basic.target")).told())
        .isEqualTo("UP basic.target is active (active)");
  }

  @Test
  void aUnitOfAnotherTypeIsUp() throws Exception {
    assertThat(OnePass.of(unit("init.scope")).told())
        .isEqualTo("UP init.scope is active (running)");
  }

  @Test
  void aUnitThatNobodyKnowsIsDown() throws Exception {
    assertThat(OnePass.of(unit("tocsin-no-such-unit")).told())
        .isEqualTo("DOWN tocsin-no-such-unit.service is not loaded");
  }

  private static Target unit(String name) {
    return new Target.Systemd(name, ADDRESS);
  }
}
