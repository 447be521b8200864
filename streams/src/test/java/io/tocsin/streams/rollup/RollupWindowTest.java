package io.tocsin.streams.rollup;

import static io.tocsin.streams.rollup.Parts.MINUTE;
import static io.tocsin.streams.rollup.Parts.NOON;
import static io.tocsin.streams.rollup.Parts.SLOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Tier;
import io.tocsin.schemas.Window;
import io.tocsin.streams.sketch.Sketch;
import io.tocsin.streams.window.Capacity;
import io.tocsin.streams.window.Metric;
import io.tocsin.streams.window.Part;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RollupWindowTest {

  private static final Group SHOP = new Group.Service("shop");

  private static RollupWindow minute(Part... parts) {
    return merged(MINUTE, parts);
  }

  private static RollupWindow slot(Part... parts) {
    return merged(SLOT, parts);
  }

  private static RollupWindow merged(long sizeMs, Part... parts) {
    RollupWindow window = RollupWindow.empty(NOON, sizeMs, SLOT);
    Arrays.stream(parts).forEach(part -> window.merge(RollupWindow.of(part)));
    return window;
  }

  private static Part covering(long coveredMs, long received) {
    return new Part(
        Parts.container("slow"),
        NOON,
        SLOT,
        NOON + 9_000,
        1,
        Parts.noSketches(),
        Parts.flows(coveredMs, received),
        Capacity.UNKNOWN);
  }

  private static ThroughputWindow throughput(RollupWindow window) {
    return new RollupRecords(SHOP, window, true).throughput();
  }

  @Test
  void figuresAreThoseOfAllIntervalsTogether() {
    Window window =
        new RollupRecords(
                SHOP,
                slot(
                    Parts.of(Parts.container("a"), NOON, 20, 0),
                    Parts.of(Parts.vm("b"), NOON, 80, 0)),
                true)
            .window();
    assertThat(window.getResourceId()).isEqualTo("service/shop");
    assertThat(window.getKind()).isEqualTo(ResourceKind.SERVICE);
    assertThat(window.getService()).isEqualTo("shop");
    assertThat(window.getTier()).isEqualTo(Tier.CORE);
    assertThat(window.getMembers()).isEqualTo(2);
    assertThat(window.getIntervals()).isEqualTo(20);
    assertThat(window.getCpuPercent().getMean()).isEqualTo(50);
    assertThat(window.getCpuPercent().getMax()).isEqualTo(80);
    assertThat(window.getCpuPercent().getP95()).isEqualTo(80);
    assertThat(window.getEfficiency()).isEqualTo(1);
    assertThat(window.getIoPercent()).isNull();
  }

  @Test
  void membersOfALongerWindowAreThoseOfTheSlotThatHasTheMost() {
    assertThat(
            minute(
                    Parts.of(Parts.container("a"), NOON, 20, 0),
                    Parts.of(Parts.container("b"), NOON, 20, 0),
                    Parts.of(Parts.container("b"), NOON + SLOT, 20, 0),
                    Parts.of(Parts.container("c"), NOON + SLOT, 20, 0))
                .members())
        .isEqualTo(2);
  }

  @Test
  void aRollUpHasWhatItsMembersHaveTogether() {
    Part[] parts = new Part[12];
    for (int part = 0; part < parts.length; part++) {
      parts[part] = Parts.of(Parts.container("c" + part), NOON + part % 2 * SLOT, 20, 0);
    }
    Window window = new RollupRecords(SHOP, minute(parts), true).window();
    assertThat(window.getCores()).isEqualTo(0.6);
    assertThat(window.getMemoryBytes()).isEqualTo(6 << 20);
    assertThat(window.getFilesystemPercent()).isNull();
    Window unknown = new RollupRecords(SHOP, slot(covering(10_000, 1)), true).window();
    assertThat(unknown.getCores()).isNull();
    assertThat(unknown.getMemoryBytes()).isNull();
  }

  @Test
  void throughputOfASlotIsTheSumOfTheMembersMeans() {
    ThroughputWindow window =
        throughput(slot(covering(10_000, 1_000), covering(5_000, 1_000), covering(0, 7)));
    assertThat(window.getRxBytesPerSecond().getTotal()).isEqualTo(2_007);
    assertThat(window.getRxBytesPerSecond().getMean()).isEqualTo(300);
    assertThat(window.getRxBytesPerSecond().getMax()).isEqualTo(200);
    assertThat(window.getCoveredMs()).isEqualTo(10_000);
    assertThat(window.getTxBytesPerSecond()).isNull();
    assertThat(window.getMembers()).isEqualTo(3);
  }

  @Test
  void aMemberThatReplacesAnotherHalfWayDoesNotCountTwice() {
    Part[] parts = new Part[6];
    for (int slot = 0; slot < 6; slot++) {
      String name = slot < 3 ? "before" : "after";
      parts[slot] = Parts.of(Parts.container(name), NOON + slot * SLOT, 20, 1_000);
    }
    ThroughputWindow window = throughput(minute(parts));
    assertThat(window.getRxBytesPerSecond().getTotal()).isEqualTo(6_000);
    assertThat(window.getRxBytesPerSecond().getMean()).isEqualTo(100);
    assertThat(window.getCoveredMs()).isEqualTo(60_000);
    assertThat(window.getMembers()).isEqualTo(1);
  }

  @Test
  void aMemberThatReportsOnceAMinuteCountsForTheMinuteItMeasured() {
    assertThat(throughput(minute(covering(60_000, 6_000))).getRxBytesPerSecond().getMean())
        .isEqualTo(100);
  }

  @Test
  void onlyAServiceHasATier() {
    Window window =
        new RollupRecords(new Group.Fleet(), slot(Parts.of(Parts.vm("b"), NOON, 80, 0)), false)
            .window();
    assertThat(window.getTier()).isEqualTo(Tier.UNSPECIFIED);
    assertThat(window.getService()).isNull();
    assertThat(window.getKind()).isEqualTo(ResourceKind.UNSPECIFIED);
    assertThat(window.getIsFinal()).isFalse();
  }

  @Test
  void mergingLeavesThePartAlone() {
    Part part = Parts.of(Parts.vm("b"), NOON, 80, 0);
    slot(part, Parts.of(Parts.vm("a"), NOON, 10, 0));
    Sketch cpu = part.sketches()[Metric.CPU_PERCENT.ordinal()];
    assertThat(cpu.count()).isEqualTo(10);
    assertThat(cpu.min()).isEqualTo(80);
  }

  @Test
  void whatLiesOutsideIsNotMerged() {
    Part later = Parts.of(Parts.vm("b"), NOON + MINUTE, 80, 0);
    assertThatThrownBy(() -> minute(later))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not within");
  }

  @Test
  void bytesOfAnotherVersionAreNoneAndBrokenOnesAreToldApart() {
    byte[] bytes = RollupCodec.encode(slot(Parts.of(Parts.vm("b"), NOON, 80, 0)));
    byte[] newer = bytes.clone();
    newer[0] = 9;
    assertThat(RollupCodec.decode(newer)).isEmpty();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> RollupCodec.decode(cut)).isInstanceOf(UncheckedIOException.class);
    }
  }
}
