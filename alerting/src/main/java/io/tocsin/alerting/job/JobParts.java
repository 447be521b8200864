package io.tocsin.alerting.job;

import io.tocsin.alerting.evaluate.Detectors;
import io.tocsin.alerting.evaluate.ShippedDetectors;
import io.tocsin.schemas.topic.Cluster;
import java.io.Serializable;
import java.time.Clock;

/**
 * What operators are made with on their task manager.
 *
 * @param cluster where the topics are
 * @param clock wall clock of dead letters; must be serializable
 */
record JobParts(Cluster cluster, Clock clock) implements Serializable {

  RecordOpening opening() {
    return new RecordOpening(cluster, clock);
  }

  Detectors detectors() {
    return new ShippedDetectors();
  }
}
