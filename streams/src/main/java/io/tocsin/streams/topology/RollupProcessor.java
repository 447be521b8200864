package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.streams.rollup.Agenda;
import io.tocsin.streams.rollup.Gone;
import io.tocsin.streams.rollup.Group;
import io.tocsin.streams.rollup.Kept;
import io.tocsin.streams.rollup.RollupCodec;
import io.tocsin.streams.rollup.RollupRecords;
import io.tocsin.streams.rollup.RollupSettings;
import io.tocsin.streams.rollup.RollupWindow;
import io.tocsin.streams.rollup.WindowKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Merges what the tasks gathered into the windows of their groups, and tells what {@link Agenda}
 * says.
 */
final class RollupProcessor implements Processor<String, byte[], String, Object> {

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final RollupSettings settings;
  private final MeterRegistry meters;
  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, Kept> store;
  private KeyValueStore<String, Gone> goneStore;
  private Refusals refusals;
  private Agenda agenda;

  RollupProcessor(RollupSettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.meters = meters;
  }

  @Override
  public void init(ProcessorContext<String, Object> initial) {
    context = initial;
    store = context.getStateStore(RollupTopology.STORE);
    goneStore = context.getStateStore(RollupTopology.GONE_STORE);
    refusals = new Refusals(context, RollupTopology.NAME);
    agenda = new Agenda(settings);
    long wall = context.currentSystemTimeMs();
    try (KeyValueIterator<String, Kept> kept = store.all()) {
      while (kept.hasNext()) {
        KeyValue<String, Kept> window = kept.next();
        if (window.value != null) {
          agenda.restore(WindowKey.parse(window.key), window.value.stage(), wall);
        }
      }
    }
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, this::sweep);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    String group = Group.of(record.key()).id();
    RollupWindow part =
        RollupCodec.decode(record.value())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "a part of the roll-up "
                            + group
                            + " is of another version of the program; upgrade this instance"));
    long slot = part.sizeMs();
    if (isGone(WindowKey.at(group, slot, part.startsAt()))) {
      meters.counter("tocsin.streams.rollup.refused", "reason", "late").increment(part.members());
      // Which agents sent them was not sent on.
      refusals.count("late", "", group, part.members());
      return;
    }
    long wall = context.currentSystemTimeMs();
    for (Duration size : settings.sizes()) {
      WindowKey key = WindowKey.at(group, size.toMillis(), part.startsAt());
      Kept kept = store.get(key.text());
      if (kept == null) {
        kept = Kept.open(RollupWindow.empty(key.startsAt(), key.sizeMs(), slot));
      }
      store.put(key.text(), kept.with(part, wall));
      agenda.took(key, wall);
    }
  }

  private boolean isGone(WindowKey window) {
    if (store.get(window.text()) != null) {
      return false;
    }
    Gone gone = goneStore.get(window.group());
    return gone != null && window.endsAt() <= gone.until();
  }

  private void tick(long wall) {
    for (Agenda.Due due : agenda.due(wall)) {
      switch (due.action()) {
        case UPDATE -> tell(due.window(), false);
        case FINAL -> tell(due.window(), true);
        case REMOVE -> remove(due.window(), wall);
      }
    }
  }

  private void tell(WindowKey key, boolean isFinal) {
    Kept kept = store.get(key.text());
    if (isFinal) {
      store.put(key.text(), kept.told());
    }
    Group group = Group.of(key.group());
    RollupRecords records = new RollupRecords(group, kept.window(), isFinal);
    long at = kept.window().latestAt();
    context.forward(new Record<>(key.group(), records.window(), at), RollupTopology.WINDOWS);
    if (group.addsUp()) {
      context.forward(
          new Record<>(key.group(), records.throughput(), at), RollupTopology.THROUGHPUTS);
    }
    meters.counter("tocsin.streams.rollup.windows", "final", Boolean.toString(isFinal)).increment();
  }

  private void remove(WindowKey key, long wall) {
    store.delete(key.text());
    if (key.sizeMs() != settings.sizes().get(0).toMillis()) {
      return;
    }
    Gone before = goneStore.get(key.group());
    long until = before == null ? key.endsAt() : Math.max(before.until(), key.endsAt());
    goneStore.put(key.group(), new Gone(until, wall));
  }

  /** Groups that no longer are leave nothing behind. */
  private void sweep(long wall) {
    List<String> old = new ArrayList<>();
    try (KeyValueIterator<String, Gone> groups = goneStore.all()) {
      while (groups.hasNext()) {
        KeyValue<String, Gone> group = groups.next();
        if (group.value == null || group.value.at() <= wall - settings.forgetAfter().toMillis()) {
          old.add(group.key);
        }
      }
    }
    old.forEach(goneStore::delete);
  }
}
