package io.tocsin.collectors.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Resource;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The collector on libvirt's own library, without any daemon. */
@Timeout(60)
class LibvirtLibraryITCase {

  /** The first call also loads the library, beside whatever else the machine is doing. */
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private static VmCollector collector(String uri) {
    return new VmCollector(
        new VmConfig(uri, DEADLINE, DEADLINE, null, null, "kvm-1", null), Clock.systemUTC());
  }

  @Test
  void theTestDriverNeedsNoDaemon() throws Exception {
    LibvirtPart.needLibrary();
    VmCollector collector = collector("test:///default");
    try {
      collector.open();
      Reading reading = collector.collect();

      assertThat(reading.samples()).hasSize(1);
      assertThat(reading.samples().get(0).getResourceId()).isEqualTo("vm/test");
      assertThat(reading.samples().get(0).getState().getHealth()).isEqualTo(Health.UP);
      Resource test = collector.resources().get(0);
      assertThat(test.getLabels())
          .containsEntry("os-type", "hvm")
          .containsEntry("uuid", "6695eb01-f6a4-8304-79aa-97f2502e193f");
      // The driver keeps no figures, and that is said.
      assertThat(reading.problems())
          .extracting(problem -> problem.reason() + " " + problem.where())
          .containsOnly(Reason.MISSING + " domain test");
    } finally {
      collector.close();
    }
  }

  @Test
  void nobodyToConnectToIsNamedWithWhatToDo() {
    LibvirtPart.needLibrary();
    VmCollector collector = collector("qemu+unix:///system?socket=/nowhere/libvirt-sock");
    try {
      assertThatThrownBy(collector::open)
          .isInstanceOfSatisfying(
              CollectorException.class,
              named -> assertThat(named.problem().reason()).isEqualTo(Reason.MISSING))
          .hasMessageContaining("/nowhere/libvirt-sock")
          .hasMessageContaining("is libvirtd running");
    } finally {
      collector.close();
    }
  }
}
