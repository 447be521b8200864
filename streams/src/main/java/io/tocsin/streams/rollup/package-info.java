/**
 * Windows of many resources together: by service, by host, by kind, and of the fleet. Pure
 * functions and values; no Kafka, no HTTP, no system clock.
 */
package io.tocsin.streams.rollup;
