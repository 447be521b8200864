package io.tocsin.streams.topology;

import io.tocsin.streams.window.ResourceState;
import io.tocsin.streams.window.SilenceClock;
import io.tocsin.streams.window.WindowSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The resources of a task, with their states at hand: reading a state back from the store for each
 * sample would cost more than all the arithmetic. Every change is in the store as well, so that
 * nothing is lost with the heap; the number of states at hand is bounded, the oldest gives way.
 */
final class Residents {

  /** A resource. */
  static final class Resident {
    final String id;
    final byte[] key;
    private ResourceState state;

    /** When its last sample arrived, in ms of wall time. */
    long arrivedAt;

    /** How long it has to be silent for something to be done, in ms. */
    long silentFor;

    Resident(String id) {
      this.id = id;
      this.key = id.getBytes(StandardCharsets.UTF_8);
    }
  }

  private final ResourceStore store;
  private final WindowSettings settings;
  private final int most;
  private final Map<String, Resident> byId = new HashMap<>();
  private final Deque<Resident> atHand = new ArrayDeque<>();

  Residents(ResourceStore store, WindowSettings settings, int most) {
    this.store = store;
    this.settings = settings;
    this.most = most;
    store.forEachSnapshot(
        state -> {
          Resident resident = new Resident(state.subject().resourceId());
          watch(resident, state);
          byId.put(resident.id, resident);
        });
  }

  /** A resource's entry, made if there is none. */
  Resident of(String id) {
    return byId.computeIfAbsent(id, Resident::new);
  }

  /** Its state. */
  ResourceState state(Resident resident) {
    if (resident.state == null) {
      resident.state = store.load(resident.id).orElseGet(ResourceState::unknown);
      atHand.add(resident);
      if (atHand.size() > most) {
        atHand.remove().state = null;
      }
    }
    return resident.state;
  }

  /** Keeps a state that has changed. */
  void changed(Resident resident, ResourceState state) {
    store.save(resident.key, state);
    watch(resident, state);
  }

  private void watch(Resident resident, ResourceState state) {
    long silentFor = settings.forgetAfter().toMillis();
    OptionalLong closes = state.closesAfter(settings);
    if (closes.isPresent()) {
      silentFor = Math.min(silentFor, closes.getAsLong());
    }
    resident.arrivedAt = state.arrivedAt();
    resident.silentFor = silentFor;
  }

  /** Those that have been silent for as long as something has to be done. */
  List<Resident> due(SilenceClock silence, long wallMs) {
    List<Resident> due = new ArrayList<>();
    for (Resident resident : byId.values()) {
      if (silence.silence(resident.arrivedAt, wallMs) >= resident.silentFor) {
        due.add(resident);
      }
    }
    return due;
  }

  void forget(Resident resident) {
    store.delete(resident.key);
    byId.remove(resident.id);
    atHand.remove(resident);
    resident.state = null;
  }
}
