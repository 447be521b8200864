package io.tocsin.alerting.job;

import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the job decides.
 *
 * @param incidents every version of every incident
 * @param events their timelines
 * @param plans what the responder is asked to do
 */
record Decided(
    DataStream<Incident> incidents, DataStream<IncidentEvent> events, DataStream<HealPlan> plans) {}
