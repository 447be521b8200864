package io.tocsin.bench.alerts;

import io.tocsin.bench.Load;
import io.tocsin.bench.Machine;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ProbeKind;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Machines of fifty services, as those of the bench of the streams. Of each ten, one belongs to no
 * service and has an endpoint that is probed: what breaks there has nothing in common with what
 * breaks elsewhere. Not thread-safe.
 */
final class WatchedFleet {

  /** Machines, of which one may break. */
  static final int PER_GROUP = 10;

  /** Seconds between two probes of an endpoint that stays as it is. */
  static final int PROBED_EVERY_S = 10;

  private static final int SERVICES = 50;

  /** CPU used above this is a breach; without one, less than {@link #MOST_CALM} is used. */
  static final int BREACH_PERCENT = 93;

  private static final double MOST_CALM = 0.85;
  private static final long INTERVAL_MS = 1_000;
  private static final long ANSWER_US = 2_000;

  private final long seed;
  private final Machine[] machines;
  private final long[] probed;

  WatchedFleet(long seed, int size) {
    this.seed = seed;
    this.machines = new Machine[size];
    for (int number = 0; number < size; number++) {
      machines[number] = new Machine(number, serviceOf(number));
    }
    this.probed = new long[(size + PER_GROUP - 1) / PER_GROUP];
  }

  int size() {
    return machines.length;
  }

  int groups() {
    return probed.length;
  }

  /** Id of a machine. */
  String machine(int number) {
    return machines[number].id();
  }

  /** Id of the machine of a group that may break. */
  String machineOf(int group) {
    return machine(group * PER_GROUP);
  }

  /** Id of a group's endpoint. */
  String endpoint(int group) {
    return "endpoint/" + name(group);
  }

  /** Name of a service, by any number. */
  static String service(int number) {
    return "service-" + number % SERVICES;
  }

  private static String serviceOf(int machine) {
    return machine % PER_GROUP == 0 ? null : service(machine);
  }

  private static String name(int group) {
    return String.format("bench-%06d", group);
  }

  /** All of it, for the inventory. */
  List<Resource> inventory(Instant at) {
    List<Resource> all = new ArrayList<>();
    for (int number = 0; number < size(); number++) {
      all.add(resource(machine(number), machines[number].kind(), null, serviceOf(number), at));
    }
    for (int group = 0; group < groups(); group++) {
      all.add(resource(endpoint(group), ResourceKind.ENDPOINT, machineOf(group), null, at));
    }
    return all;
  }

  private Resource resource(
      String id, ResourceKind kind, String parent, String service, Instant at) {
    return Resource.newBuilder()
        .setId(id)
        .setKind(kind)
        .setName(id.substring(id.indexOf('/') + 1))
        .setParent(parent)
        .setService(service)
        .setTier(Tier.NON_CORE)
        .setIntervalMs(kind == ResourceKind.ENDPOINT ? INTERVAL_MS * PROBED_EVERY_S : INTERVAL_MS)
        .setUpdatedAt(at)
        .build();
  }

  /**
   * The next sample of a machine.
   *
   * @param at when it is measured, in ms; after its last one
   */
  Sample sample(int number, long at, boolean isBreach) {
    Load load = Load.of(seed, number, at);
    return machines[number].sample(at, isBreach ? load.surging() : load.calm(MOST_CALM));
  }

  /** The next probe of a group's endpoint. */
  Probe probe(int group, long at, boolean isBreach) {
    return Probe.newBuilder()
        .setResourceId(endpoint(group))
        .setTier(Tier.NON_CORE)
        .setOrigin(new Origin("agent-" + name(group), "boot-0", probed[group]++))
        .setAt(Instant.ofEpochMilli(at))
        .setKind(ProbeKind.HTTP)
        .setHealth(isBreach ? Health.DOWN : Health.UP)
        .setEvidence(isBreach ? "connection refused" : "200 OK")
        .setLatencyUs(isBreach ? null : ANSWER_US)
        .setIntervalMs(INTERVAL_MS * PROBED_EVERY_S)
        .build();
  }
}
