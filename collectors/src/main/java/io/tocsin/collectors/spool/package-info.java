/**
 * Disk between collectors and the broker: what an outage or a crash must not lose. Segment files,
 * framing, recovery and the acknowledged position; no threads and no clock.
 */
package io.tocsin.collectors.spool;
