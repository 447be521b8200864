package io.tocsin.streams.rollup;

import static io.tocsin.streams.rollup.Parts.MINUTE;
import static io.tocsin.streams.rollup.Parts.NOON;
import static io.tocsin.streams.rollup.Parts.SLOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.streams.window.Part;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RollupProperties {

  @Property(tries = 100)
  void aRollUpIsTheMergeOfItsPartsToTheBitWhateverTheWayTheyTook(
      @ForAll @IntRange(min = 1, max = 30) int resources,
      @ForAll @IntRange(min = 1, max = 4) int tasks,
      @ForAll Random random) {
    List<Part> parts = Parts.many(resources, random);
    Map<String, RollupWindow> expected = new TreeMap<>();
    for (Part part : parts) {
      merge(expected, Contribution.of(part, "h"));
    }
    List<Part> shuffled = new ArrayList<>(parts);
    Collections.shuffle(shuffled, random);

    Map<String, RollupWindow> rolledUp = throughTasks(shuffled, tasks, random);

    assertThat(rolledUp.keySet()).isEqualTo(expected.keySet());
    rolledUp.forEach(
        (group, window) -> {
          RollupWindow other = expected.get(group);
          assertThat(RollupCodec.encode(window)).isEqualTo(RollupCodec.encode(other));
          assertThat(new RollupRecords(Group.of(group), window, true).window())
              .isEqualTo(new RollupRecords(Group.of(group), other, true).window());
          assertThat(new RollupRecords(Group.of(group), window, true).throughput())
              .isEqualTo(new RollupRecords(Group.of(group), other, true).throughput());
        });
  }

  /** Each part through one of the tasks, which send on what they have now and then, as bytes. */
  private static Map<String, RollupWindow> throughTasks(
      List<Part> parts, int tasks, Random random) {
    Map<String, RollupWindow> rolledUp = new TreeMap<>();
    List<Gathering> gatherings = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      gatherings.add(new Gathering());
    }
    for (Part part : parts) {
      Contribution stored = Contribution.decode(Contribution.of(part, "h").encode()).orElseThrow();
      gatherings.get(random.nextInt(tasks)).add(stored);
      if (random.nextInt(5) == 0) {
        send(gatherings.get(random.nextInt(tasks)), rolledUp);
      }
    }
    gatherings.forEach(gathering -> send(gathering, rolledUp));
    return rolledUp;
  }

  private static void send(Gathering gathering, Map<String, RollupWindow> rolledUp) {
    gathering.drain(
        (group, window) ->
            merge(
                rolledUp,
                new Contribution(
                    List.of(group), RollupCodec.decode(RollupCodec.encode(window)).orElseThrow())));
  }

  private static void merge(Map<String, RollupWindow> windows, Contribution part) {
    for (String group : part.groups()) {
      windows
          .computeIfAbsent(group, id -> RollupWindow.empty(NOON, MINUTE, SLOT))
          .merge(part.window());
    }
  }

  @Property(tries = 100)
  void whatIsStoredComesBackAsItWas(@ForAll Random random) {
    RollupWindow window = minuteOf(random);
    long wall = random.nextInt(1_000_000);
    Kept kept = Kept.open(window).told().with(RollupWindow.empty(NOON, MINUTE, SLOT), wall);
    Kept read = Kept.decode(kept.encode()).orElseThrow();
    assertThat(read.encode()).isEqualTo(kept.encode());
    assertThat(read.lastPartAt()).isEqualTo(wall);
    assertThat(read.stage()).isEqualTo(Kept.Stage.CORRECTED);
    assertThat(RollupCodec.encode(read.window())).isEqualTo(RollupCodec.encode(window));
    assertThat(read.told().encode()).hasSameSizeAs(kept.encode());
    assertThat(Kept.decode(read.told().encode()).orElseThrow().stage()).isEqualTo(Kept.Stage.TOLD);
  }

  @Property(tries = 50)
  void whatIsOfAnotherVersionIsLeftOutAndWhatIsCutIsTold(@ForAll Random random) {
    byte[] bytes =
        Kept.open(RollupWindow.empty(NOON, MINUTE, SLOT)).with(minuteOf(random), 7).encode();
    for (int head : new int[] {0, 10, 11, 12}) {
      byte[] other = bytes.clone();
      other[head]++;
      assertThat(Kept.decode(other)).isEmpty();
    }
    assertThatThrownBy(() -> Kept.decode(Arrays.copyOf(bytes, random.nextInt(13))))
        .isInstanceOf(UncheckedIOException.class);
    byte[] cut = Arrays.copyOf(bytes, 13 + random.nextInt(bytes.length - 13));
    assertThatThrownBy(() -> Kept.decode(cut).orElseThrow().window())
        .isInstanceOf(UncheckedIOException.class);
  }

  private static RollupWindow minuteOf(Random random) {
    RollupWindow window = RollupWindow.empty(NOON, MINUTE, SLOT);
    Parts.many(5, random).forEach(part -> window.merge(RollupWindow.of(part)));
    return window;
  }

  @Property(tries = 100)
  void textOfAKeyIsReadBackWhateverTheGroupIsCalled(
      @ForAll String name, @ForAll long start, @ForAll @IntRange(min = 1) int size) {
    WindowKey key = new WindowKey(new Group.Service(name).id(), size, start);
    assertThat(WindowKey.parse(key.text())).isEqualTo(key);
    assertThat(Group.of(key.group())).isEqualTo(new Group.Service(name));
  }
}
