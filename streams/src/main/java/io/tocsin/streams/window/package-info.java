/**
 * From samples to windows: counter deltas become rates, rates become figures over 10 s, 1 min and 5
 * min. Pure functions and values; no Kafka, no HTTP, no system clock.
 */
package io.tocsin.streams.window;
