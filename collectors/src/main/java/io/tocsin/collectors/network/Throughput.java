package io.tocsin.collectors.network;

import java.time.Duration;

/**
 * A throughput test along a path: so many bytes there and back over the kept connection. What it
 * can show is bounded by the connection's buffers of 64 KiB: at most 64 KiB per round trip. What
 * has not come back when the pass is over is left out of the figure.
 *
 * @param bytes 64 KiB to 256 MiB; default 1 MiB
 * @param interval time between two tests, 1 s to 1 day; default 60 s
 */
public record Throughput(Integer bytes, Duration interval) {

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public Throughput {
    bytes = Checks.within("throughput bytes", bytes, 1 << 20, 1 << 16, 1 << 28);
    interval =
        Checks.within(
            "throughput interval",
            interval == null ? Duration.ofSeconds(60) : interval,
            Duration.ofSeconds(1),
            Duration.ofDays(1));
  }
}
