package io.tocsin.streams.topology;

import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;

/** Finds out which instance has a resource, and reads it where it is this one. */
final class StateLookup {

  private final KafkaStreams streams;
  private final ResourceQuery query;
  private final HostInfo self;
  private final StringSerializer keys = new StringSerializer();

  StateLookup(KafkaStreams streams, ResourceQuery query, StreamsSettings settings) {
    this.streams = streams;
    this.query = query;
    this.self =
        settings.server() == null
            ? HostInfo.unavailable()
            : HostInfo.buildFromEndpoint(settings.server());
  }

  StateAnswer state(String resourceId) {
    try {
      KeyQueryMetadata owner = streams.queryMetadataForKey(query.store(), resourceId, keys);
      if (owner == null || owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
        return new StateAnswer.NotNow("the instances are sharing out the work anew");
      }
      HostInfo host = owner.activeHost();
      if (!host.equals(self)) {
        return host.equals(HostInfo.unavailable())
            ? new StateAnswer.NotNow(
                "no instance has the resource's partition, or it has no address")
            : new StateAnswer.Elsewhere(host.host(), host.port());
      }
      return query
          .read(streams, owner.partition(), resourceId)
          .<StateAnswer>map(StateAnswer.Known::new)
          .orElseGet(StateAnswer.Unknown::new);
    } catch (InvalidStateStoreException moving) {
      return new StateAnswer.NotNow("the state of its partition is on its way to this instance");
    } catch (IllegalStateException stopped) {
      return new StateAnswer.NotNow("the streams are " + streams.state());
    }
  }
}
