package io.tocsin.alerting.job;

import io.tocsin.alerting.rule.EndpointHealth;
import io.tocsin.alerting.rule.Signal;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells each health signal how much of its service is down. Keyed by service, or by resource where
 * there is none.
 *
 * <p>A step of its own, so that everything after it can be keyed by resource: heal results name
 * their target but no service. The price: an incident learns that its sister endpoint fell with its
 * own next probe, at most one interval later.
 */
final class ShareFunction extends KeyedProcessFunction<String, Signal, Signal> {

  private static final long serialVersionUID = 1L;

  /** For services that are no longer probed at all. */
  private static final Duration FORGET_AFTER = Duration.ofDays(1);

  private transient MapState<String, EndpointHealth> endpoints;

  @Override
  public void open(OpenContext context) {
    MapStateDescriptor<String, EndpointHealth> descriptor =
        new MapStateDescriptor<>(
            "endpoints", Types.STRING, TypeInformation.of(EndpointHealth.class));
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(FORGET_AFTER).build());
    endpoints = getRuntimeContext().getMapState(descriptor);
  }

  @Override
  public void processElement(Signal signal, Context context, Collector<Signal> out)
      throws Exception {
    EndpointHealth health = EndpointHealth.of(signal);
    if (health.replaces(endpoints.get(signal.resourceId()))) {
      endpoints.put(signal.resourceId(), health);
    }
    forgetSilent(signal);
    out.collect(signal.with(EndpointHealth.share(endpoints.values(), signal.at())));
  }

  /** An endpoint that left the configuration must not stay in the count. */
  private void forgetSilent(Signal signal) throws Exception {
    Iterator<Map.Entry<String, EndpointHealth>> entries = endpoints.iterator();
    while (entries.hasNext()) {
      if (!entries.next().getValue().isFreshAt(signal.at())) {
        entries.remove();
      }
    }
  }

  static String scope(Signal signal) {
    return signal.service() == null ? signal.resourceId() : "service/" + signal.service();
  }
}
