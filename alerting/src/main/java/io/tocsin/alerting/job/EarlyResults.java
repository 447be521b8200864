package io.tocsin.alerting.job;

import io.tocsin.schemas.HealResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/** Heal results of the keyed resource that were read before the plan they answer was made. */
final class EarlyResults {

  /** As long as signals are kept that a plan could still follow from. */
  private static final Duration FORGET_AFTER = Duration.ofDays(1);

  /** Steps kept per resource. A replay has few; anything more is not from our responder. */
  static final int CAPACITY = 100;

  private final MapState<String, HealResult> results;

  EarlyResults(RuntimeContext context) {
    MapStateDescriptor<String, HealResult> descriptor =
        new MapStateDescriptor<>(
            "early-results", Types.STRING, new AvroTypeInfo<>(HealResult.class));
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(FORGET_AFTER).build());
    results = context.getMapState(descriptor);
  }

  /** Keeps a result; false if there is no room for it. */
  boolean add(HealResult result) throws Exception {
    int size = 0;
    for (String ignored : results.keys()) {
      size++;
    }
    if (size >= CAPACITY) {
      return false;
    }
    results.put(key(result), result);
    return true;
  }

  /** Takes out the results of a plan, in the order of their steps. */
  List<HealResult> take(String planId) throws Exception {
    List<HealResult> taken = new ArrayList<>();
    for (HealResult result : results.values()) {
      if (result.getPlanId().equals(planId)) {
        taken.add(result);
      }
    }
    for (HealResult result : taken) {
      results.remove(key(result));
    }
    taken.sort(Comparator.comparing(HealResult::getAt).thenComparing(HealResult::getOutcome));
    return taken;
  }

  private static String key(HealResult result) {
    return result.getPlanId() + "/" + result.getOutcome();
  }
}
