/**
 * From intervals to bottlenecks: which resource is short of what, since when, how sure, and what to
 * try. Pure functions and values; no Kafka, no HTTP, no system clock.
 */
package io.tocsin.streams.bottleneck;
