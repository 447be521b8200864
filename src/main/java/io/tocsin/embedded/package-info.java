/**
 * The engines of a single-machine installation: Kafka, the schema registry, QuestDB and Flink, each
 * behind a {@link io.tocsin.embedded.Part}, started together by {@link
 * io.tocsin.embedded.EmbeddedParts} after {@link io.tocsin.embedded.Preflight} found the machine
 * fit.
 *
 * <p>Closed by default: everything listens on 127.0.0.1 only, no shipped password is kept, no
 * vendor telemetry is sent. All state lives under one {@link io.tocsin.embedded.DataDirectory} and
 * survives a restart, also one after {@code kill -9}.
 */
package io.tocsin.embedded;
