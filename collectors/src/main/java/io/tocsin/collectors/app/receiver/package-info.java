/**
 * Takes figures that others send: InfluxDB line protocol, OTLP metrics, business events. {@link
 * io.tocsin.collectors.app.receiver.Gate} is the HTTP side with its limits; an {@code Endpoint}
 * knows one protocol and no HTTP server; {@code FigureQueue} holds what was taken until the next
 * pass.
 */
package io.tocsin.collectors.app.receiver;
