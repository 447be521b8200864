package io.tocsin.capacity.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PackingProperties {

  private static final Headroom NONE = new Headroom(0, 0);

  @Property(tries = 200)
  void noHostHoldsMoreThanItHasAndNothingIsLostOrPlacedTwice(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 8) int hosts,
      @ForAll @IntRange(min = 0, max = 40) int guests) {
    Random random = new Random(seed);
    List<Box> there = boxes("host/", hosts, 16, 64, random);
    List<Box> needed = boxes("vm/", guests, 8, 32, random);

    Packing packing = Packing.of(there, needed, Headroom.DEFAULT);

    assertThat(packing.places().size() + packing.left().size()).isEqualTo(guests);
    for (Box host : there) {
      List<Box> on =
          needed.stream()
              .filter(guest -> host.id().equals(packing.places().get(guest.id())))
              .toList();
      assertThat(on.stream().mapToDouble(Box::cores).sum())
          .isLessThanOrEqualTo(host.cores() * 0.8 + 1e-6);
      assertThat(on.stream().mapToDouble(Box::memoryBytes).sum())
          .isLessThanOrEqualTo(host.memoryBytes() * 0.9 + 50);
    }
  }

  @Example
  void theLargestGoFirst() {
    List<Box> hosts = List.of(new Box("host/1", 10, 10), new Box("host/2", 10, 10));
    List<Box> guests =
        List.of(
            new Box("vm/a", 3, 1),
            new Box("vm/b", 3, 1),
            new Box("vm/c", 7, 1),
            new Box("vm/d", 7, 1));

    assertThat(Packing.of(hosts, guests, NONE).fits()).isTrue();
  }

  @Example
  void losingAHostOrGrowingMayBeTooMuch() {
    List<Box> hosts = List.of(new Box("host/1", 10, 100), new Box("host/2", 10, 100));
    List<Box> guests = List.of(new Box("vm/a", 6, 10), new Box("vm/b", 6, 10));
    WhatIf whatIf = new WhatIf(hosts, guests, NONE);

    assertThat(whatIf.after(List.of()).fits()).isTrue();
    assertThat(whatIf.after(List.of(new Change.LoseHost("host/1"))).left()).hasSize(1);
    assertThat(whatIf.after(List.of(new Change.Grow(50))).fits()).isTrue();
    assertThat(whatIf.after(List.of(new Change.Grow(70))).fits()).isFalse();
    assertThat(whatIf.after(List.of(new Change.Add(2, 4, 1))).fits()).isTrue();
    assertThat(whatIf.after(List.of(new Change.Add(3, 4, 1))).fits()).isFalse();
    assertThat(whatIf.indispensable()).containsExactly("host/1", "host/2");
  }

  @Example
  void aHostThatIsNotThereCannotBeLost() {
    WhatIf whatIf = new WhatIf(List.of(new Box("host/1", 1, 1)), List.of(), NONE);

    assertThatThrownBy(() -> whatIf.after(List.of(new Change.LoseHost("host/9"))))
        .hasMessage("there is no host host/9 to lose");
  }

  @Example
  void overcommitCountsWhatIsPromisedAndWhatIsNeeded() {
    Box host = new Box("host/1", 8, 32);
    List<Box> given = List.of(new Box("vm/a", 8, 16), new Box("vm/b", 8, 24));
    List<Box> needed = List.of(new Box("vm/a", 2, 4), new Box("vm/b", 4, 28));

    Overcommit overcommit = Overcommit.of(host, given, needed);

    assertThat(overcommit.cpuPromised()).isEqualTo(2);
    assertThat(overcommit.memoryPromised()).isEqualTo(1.25);
    assertThat(overcommit.cpuNeeded()).isEqualTo(0.75);
    assertThat(overcommit.memoryNeeded()).isEqualTo(1);
    assertThat(overcommit.reclaimableBytes()).isEqualTo(12);
  }

  private static List<Box> boxes(
      String prefix, int count, double cores, double gib, Random random) {
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boxes.add(
          new Box(prefix + i, cores * random.nextDouble(), gib * (1 << 30) * random.nextDouble()));
    }
    return boxes;
  }
}
