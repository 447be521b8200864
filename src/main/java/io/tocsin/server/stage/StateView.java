package io.tocsin.server.stage;

import io.tocsin.server.view.RecordJson;
import io.tocsin.streams.topology.ResourceWindows;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The state of a resource as the API shows it.
 *
 * @param resource its id
 * @param instance the instance that has it
 * @param newestAt event time of its newest sample
 * @param arrivedAt when its last sample arrived
 * @param windows its open windows, as {@code schemas/src/main/avro/window.avdl} describes them
 */
public record StateView(
    String resource,
    String instance,
    Instant newestAt,
    Instant arrivedAt,
    List<Map<String, Object>> windows) {

  static StateView of(ResourceWindows state, String instance) {
    return new StateView(
        state.resourceId(),
        instance,
        state.newestAt(),
        state.arrivedAt(),
        state.windows().stream().map(RecordJson::of).toList());
  }
}
