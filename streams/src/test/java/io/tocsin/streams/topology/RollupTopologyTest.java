package io.tocsin.streams.topology;

import static io.tocsin.streams.rollup.Parts.MINUTE;
import static io.tocsin.streams.rollup.Parts.NOON;
import static io.tocsin.streams.rollup.Parts.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.RefusedCount;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import io.tocsin.streams.rollup.Parts;
import io.tocsin.streams.window.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollupTopologyTest {

  private static final String FLEET = "rollup/fleet";

  @TempDir Path stateDir;

  private RollupFixture rollup;

  @BeforeEach
  void open() {
    rollup = new RollupFixture(stateDir, Instant.ofEpochMilli(NOON));
  }

  @AfterEach
  void close() {
    rollup.close();
  }

  @Test
  void aPartIsToldInTheWindowsOfAllItsGroupsWithinASecondOrTwo() {
    rollup.runsOn("container/web", ResourceKind.CONTAINER, "host/rack-1");
    rollup.pass(Duration.ofSeconds(15));
    rollup.send(Parts.of(Parts.container("web"), NOON, 40, 1_000));
    rollup.pass(Duration.ofSeconds(2));
    List<Window> windows = rollup.windows.readValuesToList();
    assertThat(windows)
        .hasSize(12)
        .allMatch(window -> !window.getIsFinal())
        .allMatch(window -> window.getMembers() == 1)
        .allMatch(window -> window.getCpuPercent().getMean() == 40)
        .extracting(Window::getResourceId)
        .containsOnly(FLEET, "rollup/kind/container", "service/shop", "rollup/host/rack-1");
    assertThat(rollup.throughputs.readValuesToList())
        .hasSize(6)
        .allMatch(window -> window.getRxBytesPerSecond().getMean() == 100)
        .extracting(ThroughputWindow::getResourceId)
        .containsOnly("service/shop", "rollup/kind/container");
  }

  @Test
  void whatWasSentOnIsNoLongerInTheLog() {
    rollup.send(Parts.of(Parts.container("web"), NOON, 40, 1_000));
    assertThat(rollup.rows(RollupTopology.LOCAL_STORE)).isEqualTo(1);
    rollup.pass(Duration.ofSeconds(1));
    assertThat(rollup.rows(RollupTopology.LOCAL_STORE)).isZero();
  }

  @Test
  void partsOfOneSecondAreToldTogether() {
    for (int resource = 0; resource < 100; resource++) {
      rollup.send(Parts.of(Parts.vm("v" + resource), NOON, resource, 1_000));
    }
    rollup.pass(Duration.ofSeconds(2));
    List<Window> windows = rollup.windows.readValuesToList();
    assertThat(windows).hasSize(9).allMatch(window -> window.getMembers() == 100);
  }

  @Test
  void theOrderAndPaceOfPartsChangeNothing() {
    List<Part> parts = Parts.many(12, new Random(7));
    List<Window> inOrder = finalsAfter("in-order", parts, new Random(1));
    List<Part> shuffled = new ArrayList<>(parts);
    Collections.shuffle(shuffled, new Random(2));
    assertThat(finalsAfter("shuffled", shuffled, new Random(3)))
        .isEqualTo(inOrder)
        .hasSizeGreaterThan(20);
  }

  private List<Window> finalsAfter(String name, List<Part> parts, Random random) {
    try (RollupFixture other =
        new RollupFixture(stateDir.resolve(name), Instant.ofEpochMilli(NOON + MINUTE))) {
      for (Part part : parts) {
        other.send(part);
        if (random.nextInt(10) == 0) {
          other.pass(Duration.ofSeconds(1));
        }
      }
      other.pass(Duration.ofMinutes(6));
      List<Window> finals = other.finals();
      finals.sort(
          Comparator.comparing(Window::getResourceId)
              .thenComparing(Window::getSizeMs)
              .thenComparing(Window::getStartsAt));
      return finals;
    }
  }

  @Test
  void whenAllProducersStopWindowsStillClose() {
    rollup.pass(Duration.ofSeconds(17));
    rollup.send(Parts.of(Parts.vm("a"), NOON, 40, 1_000));
    rollup.pass(Duration.ofSeconds(10)); // sent on at 12:00:18, quiet until 12:00:28
    assertThat(rollup.finals()).isEmpty();
    rollup.pass(Duration.ofSeconds(1));
    assertThat(rollup.finals()).hasSize(3).allMatch(window -> window.getSizeMs() == SLOT);
    rollup.pass(Duration.ofSeconds(41)); // 12:01:09
    assertThat(rollup.finals()).isEmpty();
    rollup.pass(Duration.ofSeconds(1));
    assertThat(rollup.finals()).hasSize(3).allMatch(window -> window.getSizeMs() == MINUTE);
    rollup.pass(Duration.ofMinutes(4));
    assertThat(rollup.finals()).hasSize(3);
    rollup.pass(Duration.ofMinutes(10));
    assertThat(rollup.windows.isEmpty()).isTrue();
  }

  @Test
  void aLatePartCorrectsTheFinal() {
    rollup.pass(Duration.ofSeconds(17));
    rollup.send(Parts.of(Parts.vm("a"), NOON, 40, 1_000));
    rollup.pass(Duration.ofSeconds(30));
    assertThat(rollup.finals(FLEET, SLOT)).singleElement().matches(one -> one.getMembers() == 1);
    rollup.send(Parts.of(Parts.vm("b"), NOON, 60, 1_000));
    rollup.pass(Duration.ofSeconds(2));
    assertThat(rollup.finals(FLEET, SLOT))
        .singleElement()
        .matches(window -> window.getMembers() == 2)
        .matches(window -> window.getCpuPercent().getMean() == 50);
    rollup.pass(Duration.ofSeconds(30));
    assertThat(rollup.finals(FLEET, SLOT)).isEmpty();
  }

  @Test
  void anAgentAnHourBehindAndOneAheadChangeNobodyElsesWindows() {
    long hour = Duration.ofHours(1).toMillis();
    List<Window> alone = new ArrayList<>();
    try (RollupFixture other =
        new RollupFixture(stateDir.resolve("alone"), Instant.ofEpochMilli(NOON))) {
      for (int slot = 0; slot < 6; slot++) {
        other.pass(Duration.ofSeconds(10));
        other.send(Parts.of(Parts.vm("good"), NOON + slot * SLOT, 40 + slot, 1_000));
      }
      other.pass(Duration.ofMinutes(6));
      alone.addAll(ofNoon(other.finals()));
    }
    List<Window> together = new ArrayList<>();
    for (int slot = 0; slot < 6; slot++) {
      rollup.pass(Duration.ofSeconds(10));
      rollup.send(Parts.of(Parts.vm("ahead"), NOON + hour + slot * SLOT, 90, 1_000));
      rollup.send(Parts.of(Parts.vm("good"), NOON + slot * SLOT, 40 + slot, 1_000));
      rollup.send(Parts.of(Parts.vm("behind"), NOON - hour + slot * SLOT, 10, 1_000));
    }
    rollup.pass(Duration.ofMinutes(6));
    together.addAll(rollup.finals());
    assertThat(ofNoon(together)).isEqualTo(alone).hasSize(24);
    assertThat(together)
        .filteredOn(window -> window.getStartsAt().toEpochMilli() < NOON)
        .isNotEmpty()
        .allMatch(window -> window.getMembers() == 1);
  }

  private static List<Window> ofNoon(List<Window> windows) {
    return windows.stream()
        .filter(window -> window.getStartsAt().toEpochMilli() >= NOON)
        .filter(window -> window.getStartsAt().toEpochMilli() < NOON + MINUTE)
        .toList();
  }

  @Test
  void aContainerInAVmCountsForTheHostUntilItMoves() {
    rollup.runsOn("host/rack-1", ResourceKind.HOST, null);
    rollup.runsOn("vm/web-1", ResourceKind.VM, "host/rack-1");
    rollup.runsOn("container/web", ResourceKind.CONTAINER, "vm/web-1");
    rollup.send(Parts.of(Parts.container("web"), NOON, 40, 1_000));
    rollup.send(Parts.of(Parts.vm("web-1"), NOON, 60, 1_000));
    rollup.send(Parts.of(Parts.host("rack-1"), NOON, 99, 1_000));
    rollup.pass(Duration.ofSeconds(2));
    rollup.runsOn("vm/web-1", ResourceKind.VM, "host/rack-2");
    rollup.send(Parts.of(Parts.container("web"), NOON + SLOT, 40, 1_000));
    rollup.pass(Duration.ofSeconds(30));
    assertThat(rollup.finals())
        .filteredOn(window -> window.getResourceId().startsWith("rollup/host/"))
        .filteredOn(window -> window.getSizeMs() == SLOT)
        .hasSize(2)
        .anyMatch(
            window ->
                window.getResourceId().equals("rollup/host/rack-1")
                    && window.getKind() == ResourceKind.HOST
                    && window.getCpuPercent().getMean() == 50
                    && window.getMembers() == 2)
        .anyMatch(
            window ->
                window.getResourceId().equals("rollup/host/rack-2") && window.getMembers() == 1);
    assertThat(rollup.meters.counter("tocsin.streams.rollup.hostless").count()).isZero();
    rollup.inventory.pipeInput("vm/web-1", (byte[]) null);
    rollup.send(Parts.of(Parts.container("web"), NOON + 2 * SLOT, 40, 1_000));
    assertThat(rollup.meters.counter("tocsin.streams.rollup.hostless").count()).isEqualTo(1);
  }

  @Test
  void poisonInTheInventoryIsCountedAndTheRestOfItUsed() {
    rollup.inventory.pipeInput("vm/broken", "not avro".getBytes(StandardCharsets.UTF_8));
    rollup.runsOn("vm/web-1", ResourceKind.VM, "host/rack-1");
    assertThat(rollup.count("tocsin.streams.inventory.refused", "poison")).isEqualTo(1);
    rollup.send(Parts.of(Parts.vm("web-1"), NOON, 60, 1_000));
    rollup.pass(Duration.ofSeconds(2));
    assertThat(rollup.windows.readValuesToList())
        .anyMatch(window -> window.getResourceId().equals("rollup/host/rack-1"));
  }

  @Test
  void afterTheRetentionNothingIsLeftAndALaterPartIsRefusedAndCountedOnATopic() {
    rollup.send(Parts.of(Parts.host("a"), NOON, 40, 1_000));
    rollup.pass(Duration.ofMinutes(21));
    assertThat(rollup.rows(RollupTopology.STORE)).isZero();
    assertThat(rollup.rows(RollupTopology.GONE_STORE)).isEqualTo(2);
    rollup.windows.readValuesToList();
    assertThat(rollup.refusals.isEmpty()).isTrue();

    rollup.send(Parts.of(Parts.host("late"), NOON, 60, 1_000));
    rollup.pass(Duration.ofSeconds(11));
    assertThat(rollup.windows.isEmpty()).isTrue();
    assertThat(rollup.count("tocsin.streams.rollup.refused", "late")).isEqualTo(2);
    RefusedCount refused = rollup.refusals.readValue();
    assertThat(refused.getTopology()).isEqualTo("rollup");
    assertThat(refused.getReason()).isEqualTo("late");
    assertThat(refused.getCount()).isEqualTo(2);
    assertThat(refused.getLastAt()).startsWith("tocsin.rollup-parts-0@");

    rollup.leap(Duration.ofHours(25));
    assertThat(rollup.rows(RollupTopology.GONE_STORE)).isZero();
    assertThat(rollup.rows(RefusalTopology.store("rollup"))).isZero();
  }
}
