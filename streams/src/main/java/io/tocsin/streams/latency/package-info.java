/**
 * From probes and applications' figures to latency, loss, errors and requests per second over 10 s,
 * 1 min and 5 min, of resources and of services. Pure functions and values; no Kafka, no HTTP, no
 * system clock.
 */
package io.tocsin.streams.latency;
