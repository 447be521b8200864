package io.tocsin.collectors.vm;

import static io.tocsin.collectors.vm.FakeHypervisor.inState;
import static io.tocsin.collectors.vm.FakeHypervisor.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.Tier;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class VmCollectorTest {

  /** Of which a call that hangs takes a third, and what is well on a busy machine may too. */
  private static final Duration TICK = Duration.ofSeconds(6);

  private final FakeHypervisor hypervisor = new FakeHypervisor();
  private final AtomicLong nanos = new AtomicLong();
  private VmCollector collector = collector(VmConfig.Identity.NAME, false, Map.of());

  private VmCollector collector(
      VmConfig.Identity id, boolean allowStatsPeriod, Map<String, VmConfig.Service> services) {
    return new VmCollector(
        new VmConfig("fake:///", TICK, null, id, allowStatsPeriod, "kvm-1", services),
        hypervisor,
        Clock.fixed(Examples.NOON, ZoneOffset.UTC),
        nanos::get);
  }

  @AfterEach
  void close() {
    collector.close();
  }

  private static Sample.Builder of(Reading reading, String id) {
    return reading.samples().stream()
        .filter(sample -> sample.getResourceId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Health healthOf(Reading reading, String id) {
    return of(reading, id).getState().getHealth();
  }

  private void put200() {
    for (int i = 0; i < 200; i++) {
      hypervisor.put("vm-" + i, i, running(1_000 + i));
    }
  }

  @Test
  void ofTwoHundredDomainsWithOneThatHangs199AreFreshAndOneIsUnknown() throws Exception {
    put200();
    collector.collect();
    hypervisor.hang("vm-7");

    for (int pass = 0; pass < 3; pass++) {
      long began = System.nanoTime();
      Reading reading = collector.collect();
      // The agent gives a pass that long, and interrupts it then.
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(TICK);
      assertThat(reading.samples()).hasSize(200);
      assertThat(reading.samples())
          .filteredOn(sample -> sample.getState().getHealth() == Health.UP)
          .hasSize(199)
          .allMatch(sample -> sample.getCpu() != null && sample.getMemory() != null);
      assertThat(healthOf(reading, "vm/vm-7")).isEqualTo(Health.UNKNOWN);
      assertThat(of(reading, "vm/vm-7").getState().getEvidence())
          .isEqualTo("its QEMU does not answer libvirt");
      assertThat(reading.problems())
          .containsExactly(
              new Problem(Reason.DEADLINE, "domain vm-7", "its QEMU does not answer libvirt"));
    }
    // One call was held up, each pass made one more; none was added for what is known to hang.
    assertThat(hypervisor.fullCalls).hasValue(5);
    assertThat(hypervisor.lightCalls).hasValue(1);

    hypervisor.wake("vm-7");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(healthOf(collector.collect(), "vm/vm-7")).isEqualTo(Health.UP));
  }

  @Test
  void severalThatHangAreEachUnknown() throws Exception {
    put200();
    hypervisor.hang("vm-3");
    hypervisor.hang("vm-199");

    collector.collect();
    Reading reading = collector.collect();

    assertThat(healthOf(reading, "vm/vm-3")).isEqualTo(Health.UNKNOWN);
    assertThat(healthOf(reading, "vm/vm-199")).isEqualTo(Health.UNKNOWN);
    assertThat(reading.samples())
        .filteredOn(sample -> sample.getState().getHealth() == Health.UP)
        .hasSize(198);
    hypervisor.wake("vm-3");
    hypervisor.wake("vm-199");
  }

  @Test
  void whenTooManyHangTheOthersAreUnknownToo() throws Exception {
    put200();
    List.of("vm-1", "vm-2", "vm-3", "vm-4").forEach(hypervisor::hang);

    Reading reading =
        await()
            .atMost(Duration.ofSeconds(60))
            .ignoreExceptionsInstanceOf(
                CollectorException.class) // a busy machine answers late, too
            .until(
                collector::collect,
                each -> each.problems().toString().contains("too many domains"));

    assertThat(reading.samples())
        .hasSize(200)
        .allMatch(sample -> sample.getState().getHealth() == Health.UNKNOWN);
    assertThat(of(reading, "vm/vm-9").getState().getEvidence()).contains("was not asked itself");
    assertThat(reading.problems()).anyMatch(problem -> problem.what().contains("too many domains"));
    assertThat(hypervisor.fullCalls).hasValue(3);
    List.of("vm-1", "vm-2", "vm-3", "vm-4").forEach(hypervisor::wake);
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(CollectorException.class) // what hung is on its way home
        .untilAsserted(
            () ->
                assertThat(collector.collect().samples())
                    .allMatch(sample -> sample.getState().getHealth() == Health.UP));
  }

  @Test
  void aDaemonThatHangsMakesEveryKnownDomainUnknownAndIsNotAskedAgain() throws Exception {
    hypervisor.put("a", 1, running(1));
    hypervisor.put("b", 2, running(1));
    collector.collect();
    hypervisor.hangAll();

    for (int pass = 0; pass < 4; pass++) {
      Reading reading = collector.collect();
      assertThat(reading.samples())
          .hasSize(2)
          .allMatch(sample -> sample.getState().getHealth() == Health.UNKNOWN)
          .allMatch(sample -> sample.getCpu() == null);
      assertThat(reading.problems()).hasSize(1);
      assertThat(reading.problems().get(0).what()).startsWith("libvirt does not answer");
    }
    // Held up are a full call and the connection of the light lane.
    assertThat(hypervisor.fullCalls).hasValue(2);
    await().untilAsserted(() -> assertThat(hypervisor.connections).hasValue(3));

    hypervisor.wakeAll();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(healthOf(collector.collect(), "vm/a")).isEqualTo(Health.UP));
  }

  @Test
  void aPassThatIsInterruptedEndsAndTheNextOnesGoOn() throws Exception {
    hypervisor.put("a", 1, running(1));
    collector.collect();
    hypervisor.hangAll();

    Thread.currentThread().interrupt();
    assertThatThrownBy(collector::collect).isInstanceOf(InterruptedException.class);

    assertThat(healthOf(collector.collect(), "vm/a")).isEqualTo(Health.UNKNOWN);
    hypervisor.wakeAll();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(healthOf(collector.collect(), "vm/a")).isEqualTo(Health.UP));
  }

  @Test
  void callsThatHangForAMinuteAreGivenUpAndNewOnesTried() throws Exception {
    hypervisor.put("a", 1, running(1));
    collector.collect();
    hypervisor.hangAll();
    collector.collect();
    collector.collect();
    int before = hypervisor.connections.get();

    // What hangs, hangs for ever; but the daemon that new connections reach works.
    hypervisor.replaceDaemon();
    assertThat(healthOf(collector.collect(), "vm/a")).isEqualTo(Health.UNKNOWN);
    assertThat(hypervisor.connections).hasValue(before);
    nanos.addAndGet(Duration.ofSeconds(60).toNanos());
    assertThat(healthOf(collector.collect(), "vm/a")).isEqualTo(Health.UP);
  }

  @Test
  void aLostConnectionIsMadeAgainAndTheOldOneClosed() throws Exception {
    hypervisor.put("a", 1, running(1));
    collector.collect();
    hypervisor.breakConnections(false);

    assertThat(healthOf(collector.collect(), "vm/a")).isEqualTo(Health.UNKNOWN);
    assertThat(collector.collect().problems())
        .containsExactly(new Problem(Reason.MISSING, "fake:///", "nobody is there"));
    assertThat(hypervisor.closed).hasValue(1);
    hypervisor.comeBack();
    assertThat(healthOf(collector.collect(), "vm/a")).isEqualTo(Health.UP);
  }

  @Test
  void aHypervisorThatNeverAnsweredIsAnErrorThatIsNamed() {
    hypervisor.hangAll();

    assertThatThrownBy(collector::open)
        .isInstanceOf(CollectorException.class)
        .hasMessageContaining("fake:///: libvirt does not answer");
    assertThatThrownBy(collector::collect).isInstanceOf(CollectorException.class);
    assertThat(hypervisor.connections).hasValue(1);
    hypervisor.wakeAll();
  }

  @Test
  void closingClosesConnectionsAlsoTheOneThatHangsWhenItDoesNoMore() throws Exception {
    hypervisor.put("a", 1, running(1));
    collector.collect();
    hypervisor.hang("a");
    collector.collect();
    collector.close();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(hypervisor.closed.get()).isEqualTo(hypervisor.connections.get() - 1));

    hypervisor.wake("a");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(hypervisor.closed.get()).isEqualTo(hypervisor.connections.get()));
  }

  @Test
  void noDomainsAreNoError() throws Exception {
    Reading reading = collector.collect();

    assertThat(reading.samples()).isEmpty();
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void aDomainThatIsShutOffIsReportedOnlyIfItShouldRun() throws Exception {
    hypervisor.details.put("uuid-wanted", FakeHypervisor.details(true, 5));
    hypervisor.put("wanted", -1, inState(5, 1));
    hypervisor.put("unwanted", -1, inState(5, 1));
    hypervisor.put("lost", -1, inState(5, 3));

    Reading reading = collector.collect();

    assertThat(reading.samples())
        .extracting(Sample.Builder::getResourceId)
        .containsExactly("vm/wanted", "vm/lost");
    assertThat(reading.samples())
        .allMatch(sample -> sample.getState().getHealth() == Health.DOWN)
        .allMatch(sample -> sample.getCpu() == null);
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void aNewRunHasAStartTheFirstOneSeenHasNone() throws Exception {
    hypervisor.put("a", 1, running(5_000));
    hypervisor.put("b", 2, running(5_000));
    hypervisor.put("c", 3, running(5_000));
    assertThat(of(collector.collect(), "vm/a").getBootedAt()).isNull();

    hypervisor.put("a", 7, running(5_001));
    hypervisor.put("b", 2, running(10));
    Reading reading = collector.collect();

    assertThat(of(reading, "vm/a").getBootedAt()).isEqualTo(Examples.NOON);
    assertThat(of(reading, "vm/a").getState().getStartedAt()).isEqualTo(Examples.NOON);
    assertThat(of(reading, "vm/b").getBootedAt()).isEqualTo(Examples.NOON);
    assertThat(of(reading, "vm/c").getBootedAt()).isNull();
    assertThat(of(collector.collect(), "vm/a").getBootedAt()).isEqualTo(Examples.NOON);
  }

  @Test
  void theInventoryFollowsAndNamesHostServiceAndLabels() throws Exception {
    collector.close();
    collector =
        collector(
            VmConfig.Identity.UUID, false, Map.of("a", new VmConfig.Service("shop", Tier.CORE)));
    hypervisor.put("a", 1, running(1));
    collector.collect();
    List<Resource> first = collector.resources();
    collector.collect();
    assertThat(collector.resources()).isSameAs(first);
    Resource a = first.get(0);
    assertThat(a.getId()).isEqualTo("vm/uuid-a");
    assertThat(a.getParent()).isEqualTo("host/kvm-1");
    assertThat(a.getService()).isEqualTo("shop");
    assertThat(a.getTier()).isEqualTo(Tier.CORE);
    assertThat(a.getLabels()).containsEntry("uuid", "uuid-a").containsEntry("os-type", "hvm");

    hypervisor.put("b", 2, running(1));
    collector.collect();
    assertThat(collector.resources()).hasSize(2);
    hypervisor.remove("a");
    collector.collect();
    assertThat(collector.resources()).extracting(Resource::getName).containsExactly("b");
  }

  @Test
  void detailsAreReadOnceAMinuteAndWhenTheStateChanges() throws Exception {
    hypervisor.put("a", 1, running(1));
    collector.collect();
    collector.collect();
    assertThat(hypervisor.detailCalls).hasValue(1);

    hypervisor.put("a", 1, inState(3, 1));
    collector.collect();
    assertThat(hypervisor.detailCalls).hasValue(2);

    nanos.addAndGet(Duration.ofSeconds(60).toNanos());
    collector.collect();
    assertThat(hypervisor.detailCalls).hasValue(3);
  }

  @Test
  void aGuestIsToldToReportItsMemoryOnlyIfThatIsAllowedAndItDoesNot() throws Exception {
    hypervisor.details.put("uuid-silent", FakeHypervisor.details(false, 0));
    hypervisor.put("silent", 1, running(1));
    hypervisor.put("reporting", 2, running(1));
    collector.collect();
    assertThat(hypervisor.periodsSet).isEmpty();
    collector.close();

    collector = collector(VmConfig.Identity.NAME, true, Map.of());
    collector.collect();
    assertThat(hypervisor.periodsSet).containsExactly("uuid-silent 5");
  }

  @Test
  void detailsThatCannotBeReadAreAProblemOfThatDomainAlone() throws Exception {
    hypervisor.put("a", 1, running(1));
    hypervisor.put("b", 2, running(1));
    hypervisor.details.remove("uuid-a");

    Reading reading = collector.collect();

    assertThat(reading.samples()).hasSize(2);
    assertThat(reading.problems())
        .containsExactly(new Problem(Reason.MISSING, "domain a", "no such domain"));
  }

  @Test
  void hostileNamesAndNumbersAreBoundedAndNamed() throws Exception {
    String name = "\u0000\u001b[2J../../" + "x".repeat(10_000);
    Map<String, Object> fields = running(1);
    fields.put("block.count", Long.MAX_VALUE);
    fields.put("block.0.name", "v\nda" + "y".repeat(10_000));
    fields.put("block.0.rd.reqs", 1L);
    fields.put("block.0.wr.reqs", 2L);
    fields.put("block.1.name", "vdb");
    fields.put("block.1.rd.reqs", -5L);
    fields.put("net.count", "many");
    fields.put("cpu.time", Double.NaN);
    hypervisor.put(name, 1, fields);

    Reading reading = collector.collect();

    Sample.Builder sample = reading.samples().get(0);
    assertThat(sample.getResourceId()).matches("vm/[a-z0-9._-]{1,253}");
    assertThat(sample.getCpu()).isNull();
    assertThat(sample.getMemory()).isNotNull();
    assertThat(sample.getDisks()).hasSize(1);
    assertThat(sample.getDisks().get(0).getName()).hasSizeLessThan(256).startsWith("v da");
    assertThat(collector.resources().get(0).getName()).hasSizeLessThan(256);
    assertThat(reading.problems())
        .extracting(Problem::reason)
        .containsExactlyInAnyOrder(
            Reason.MALFORMED, Reason.MALFORMED, Reason.MALFORMED, Reason.OVER_LIMIT);
    assertThat(reading.problems()).allMatch(problem -> problem.toString().length() < 600);
  }
}
