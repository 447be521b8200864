package io.tocsin.collectors.agent;

import io.tocsin.collectors.Reading;
import io.tocsin.collectors.spool.Outgoing;
import io.tocsin.schemas.topic.Topics;
import java.util.function.Consumer;

/** Makes records of a reading: what availability is judged by comes first. */
final class Records {

  private Records() {}

  static void of(Reading reading, Origins origins, Consumer<Outgoing> to) {
    for (var probe : reading.probes()) {
      to.accept(new Outgoing.Value<>(Topics.PROBES, probe.setOrigin(origins.next()).build()));
    }
    for (var sample : reading.samples()) {
      to.accept(new Outgoing.Value<>(Topics.SAMPLES, sample.setOrigin(origins.next()).build()));
    }
    for (var event : reading.events()) {
      to.accept(
          new Outgoing.Value<>(Topics.SECURITY_EVENTS, event.setOrigin(origins.next()).build()));
    }
    for (var figure : reading.measurements()) {
      to.accept(
          new Outgoing.Value<>(Topics.MEASUREMENTS, figure.setOrigin(origins.next()).build()));
    }
  }
}
