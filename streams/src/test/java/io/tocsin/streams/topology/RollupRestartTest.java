package io.tocsin.streams.topology;

import static io.tocsin.streams.rollup.Parts.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.schemas.Window;
import io.tocsin.streams.rollup.Contribution;
import io.tocsin.streams.rollup.Gone;
import io.tocsin.streams.rollup.Kept;
import io.tocsin.streams.rollup.Parts;
import io.tocsin.streams.rollup.RollupCodec;
import io.tocsin.streams.rollup.RollupSettings;
import io.tocsin.streams.rollup.RollupWindow;
import io.tocsin.streams.window.Part;
import io.tocsin.streams.window.WindowSettings;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** A processor that begins on the stores of one that is no more. */
class RollupRestartTest {

  private static final long WALL = NOON + 20_000;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private static <K, V> KeyValueStore<K, V> store(String name, Serde<K> keys, Serde<V> values) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
        .withLoggingDisabled()
        .build();
  }

  private static void add(MockProcessorContext<?, ?> context, KeyValueStore<?, ?> store) {
    if (!store.isOpen()) {
      store.init(context.getStateStoreContext(), store);
    }
    context.addStateStore(store);
  }

  private static Record<String, Part> record(Part part) {
    return new Record<>(part.subject().resourceId(), part, part.latestAt());
  }

  @Test
  void partsThatWereNotSentOnAreSentOnByTheNext() {
    KeyValueStore<Long, Contribution> log =
        store(
            RollupTopology.LOCAL_STORE,
            Serdes.Long(),
            StateSerde.of(Contribution::encode, Contribution::decode));
    KeyValueStore<String, String> parents =
        store(InventoryTopology.STORE, Serdes.String(), Serdes.String());
    Part one = Parts.of(Parts.host("a"), NOON, 40, 1_000);
    Part two = Parts.of(Parts.host("b"), NOON, 60, 1_000);

    MockProcessorContext<String, RollupWindow> before = new MockProcessorContext<>();
    add(before, log);
    add(before, parents);
    GatheringProcessor killed = new GatheringProcessor(meters);
    killed.init(before);
    killed.process(record(one));
    assertThat(before.forwarded()).isEmpty();

    MockProcessorContext<String, RollupWindow> after = new MockProcessorContext<>();
    add(after, log);
    add(after, parents);
    GatheringProcessor next = new GatheringProcessor(meters);
    next.init(after);
    next.process(record(two));
    after.scheduledPunctuators().get(0).getPunctuator().punctuate(WALL);
    assertThat(after.forwarded())
        .hasSize(2)
        .allMatch(sent -> ((RollupWindow) sent.record().value()).members() == 2)
        .allMatch(sent -> sent.record().timestamp() == WALL);
    try (var left = log.all()) {
      assertThat(left).isExhausted();
    }

    after.resetForwards();
    after.scheduledPunctuators().get(0).getPunctuator().punctuate(WALL + 1_000);
    assertThat(after.forwarded()).isEmpty();
  }

  @Test
  void aBacklogIsSentOnBeforeItFillsTheMemory() {
    KeyValueStore<Long, Contribution> log =
        store(
            RollupTopology.LOCAL_STORE,
            Serdes.Long(),
            StateSerde.of(Contribution::encode, Contribution::decode));
    MockProcessorContext<String, RollupWindow> context = new MockProcessorContext<>();
    context.setCurrentSystemTimeMs(WALL);
    add(context, log);
    add(context, store(InventoryTopology.STORE, Serdes.String(), Serdes.String()));
    GatheringProcessor processor = new GatheringProcessor(meters);
    processor.init(context);
    for (int part = 1; part < GatheringProcessor.MOST; part++) {
      processor.process(record(Parts.of(Parts.host("a"), NOON, 40, 1_000)));
    }
    assertThat(context.forwarded()).isEmpty();
    processor.process(record(Parts.of(Parts.host("a"), NOON, 40, 1_000)));
    assertThat(context.forwarded())
        .hasSize(2)
        .allMatch(
            sent -> ((RollupWindow) sent.record().value()).members() == GatheringProcessor.MOST);
    try (var left = log.all()) {
      assertThat(left).isExhausted();
    }
  }

  @Test
  void anOpenWindowGoesOnAndAFinalOneIsNotToldAgain() {
    KeyValueStore<String, Kept> windows =
        store(RollupTopology.STORE, Serdes.String(), StateSerde.of(Kept::encode, Kept::decode));
    KeyValueStore<String, Gone> gone =
        store(
            RollupTopology.GONE_STORE, Serdes.String(), StateSerde.of(Gone::encode, Gone::decode));

    MockProcessorContext<String, Object> before = merging(windows, gone);
    RollupProcessor killed = processor(before);
    before.setCurrentSystemTimeMs(WALL);
    take(killed, Parts.of(Parts.host("a"), NOON, 40, 1_000));
    tick(before, WALL + 10_000);
    assertThat(told(before)).filteredOn(Window::getIsFinal).hasSize(1);

    MockProcessorContext<String, Object> after = merging(windows, gone);
    after.setCurrentSystemTimeMs(WALL + 11_000);
    RollupProcessor next = processor(after);
    take(next, Parts.of(Parts.host("a"), NOON + 10_000, 60, 1_000));
    tick(after, WALL + 12_000);
    assertThat(told(after))
        .hasSize(3)
        .allMatch(window -> !window.getIsFinal())
        .filteredOn(window -> window.getSizeMs() == 60_000)
        .singleElement()
        .matches(window -> window.getIntervals() == 20)
        .matches(window -> window.getCpuPercent().getMean() == 50);
  }

  private static MockProcessorContext<String, Object> merging(
      KeyValueStore<String, Kept> windows, KeyValueStore<String, Gone> gone) {
    MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    context.setCurrentSystemTimeMs(WALL);
    add(context, windows);
    add(context, gone);
    return context;
  }

  private RollupProcessor processor(MockProcessorContext<String, Object> context) {
    RollupProcessor processor =
        new RollupProcessor(
            RollupSettings.of(WindowSettings.defaults().withSpread(Duration.ZERO)), meters);
    processor.init(context);
    return processor;
  }

  private static void take(RollupProcessor processor, Part part) {
    RollupWindow window = Contribution.of(part, null).window();
    processor.process(new Record<>("rollup/fleet", RollupCodec.encode(window), WALL));
  }

  private static void tick(MockProcessorContext<String, Object> context, long wall) {
    context.setCurrentSystemTimeMs(wall);
    context.scheduledPunctuators().get(0).getPunctuator().punctuate(wall);
  }

  private static List<Window> told(MockProcessorContext<String, Object> context) {
    return context.forwarded().stream()
        .map(CapturedForward::record)
        .map(Record::value)
        .filter(Window.class::isInstance)
        .map(Window.class::cast)
        .toList();
  }
}
