package io.tocsin.collectors.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Sample;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The collector on two real QEMUs of this machine's own libvirtd. */
@Timeout(600)
class QemuITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A machine that also builds and tests may need more than the usual second for one answer. */
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private static QemuDomain first;
  private static QemuDomain second;

  private VmCollector collector = collector(false);

  private static VmCollector collector(boolean allowStatsPeriod) {
    return new VmCollector(
        new VmConfig(LibvirtPart.SYSTEM, DEADLINE, DEADLINE, null, allowStatsPeriod, "kvm-1", null),
        Clock.systemUTC());
  }

  @BeforeAll
  static void start() throws Exception {
    LibvirtPart.needSystem();
    first = new QemuDomain("tocsin-it-first");
    second = new QemuDomain("tocsin-it-second");
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      if (second != null) {
        second.close();
      }
    } finally {
      if (first != null) {
        first.close();
      }
    }
  }

  @AfterEach
  void close() {
    collector.close();
  }

  private static Optional<Sample.Builder> of(Reading reading, QemuDomain domain) {
    return reading.samples().stream()
        .filter(sample -> sample.getResourceId().equals("vm/" + domain.name()))
        .findFirst();
  }

  private static Health health(Reading reading, QemuDomain domain) {
    return of(reading, domain).map(sample -> sample.getState().getHealth()).orElse(null);
  }

  /** A reading in which both machines are up with their figures; a pass may be late before. */
  private Reading both() {
    AtomicReference<Reading> both = new AtomicReference<>();
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(CollectorException.class)
        .untilAsserted(
            () -> {
              Reading reading = collector.collect();
              for (QemuDomain domain : List.of(first, second)) {
                assertThat(health(reading, domain)).isEqualTo(Health.UP);
                assertThat(of(reading, domain).orElseThrow().getDisks()).hasSize(1);
              }
              both.set(reading);
            });
    return both.get();
  }

  @Test
  void aRealMachineHasItsFigures() throws Exception {
    Reading reading = both();

    Sample.Builder sample = of(reading, first).orElseThrow();
    assertThat(sample.getState().getHealth()).isEqualTo(Health.UP);
    assertThat(sample.getCpu().getCores()).isEqualTo(1);
    assertThat(sample.getCpu().getUserUs() + sample.getCpu().getSystemUs()).isPositive();
    assertThat(sample.getCpu().getVcpus()).hasSize(1);
    assertThat(sample.getDisks()).extracting("name").containsExactly("vda");
    assertThat(reading.problems())
        .anyMatch(problem -> problem.what().startsWith("its balloon driver reports no memory"));
    Resource resource =
        collector.resources().stream()
            .filter(each -> each.getName().equals(first.name()))
            .findFirst()
            .orElseThrow();
    assertThat(resource.getParent()).isEqualTo("host/kvm-1");
    assertThat(resource.getLabels())
        .containsEntry("huge-pages", "false")
        .containsEntry("os-type", "hvm");
  }

  @Test
  void aFrozenQemuIsUnknownTheOtherFreshAndComesBackWhenItThaws() throws Exception {
    both();
    first.freeze();
    try {
      // Whether the first pass finds out depends on how early libvirt comes to it.
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(health(collector.collect(), first)).isEqualTo(Health.UNKNOWN));
      for (int pass = 0; pass < 3; pass++) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  Reading during = collector.collect();
                  assertThat(health(during, first)).isEqualTo(Health.UNKNOWN);
                  assertThat(health(during, second)).isEqualTo(Health.UP);
                  assertThat(of(during, second).orElseThrow().getCpu()).isNotNull();
                  assertThat(of(during, second).orElseThrow().getDisks()).hasSize(1);
                  assertThat(during.problems())
                      .anyMatch(problem -> problem.where().equals("domain " + first.name()));
                });
      }
    } finally {
      first.thaw();
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Reading after = collector.collect();
              assertThat(health(after, first)).isEqualTo(Health.UP);
              assertThat(of(after, first).orElseThrow().getDisks()).hasSize(1);
            });
  }

  @Test
  void whatIsPausedIsDown() throws Exception {
    both();
    LibvirtPart.virsh("suspend", second.name());
    try {
      Sample.Builder paused = of(collector.collect(), second).orElseThrow();
      assertThat(paused.getState().getHealth()).isEqualTo(Health.DOWN);
      assertThat(paused.getState().getEvidence()).isEqualTo("paused by a user");
    } finally {
      LibvirtPart.virsh("resume", second.name());
    }
    both();
  }

  @Test
  void aGuestIsToldToReportItsMemoryOnlyWhereThatIsAllowed() throws Exception {
    both();
    assertThat(LibvirtPart.virsh("dumpxml", second.name())).doesNotContain("<stats period");

    collector.close();
    collector = collector(true);
    both();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(LibvirtPart.virsh("dumpxml", second.name()))
                    .contains("<stats period='5'/>"));
  }
}
