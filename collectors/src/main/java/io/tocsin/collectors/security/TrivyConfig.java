package io.tocsin.collectors.security;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where Trivy leaves its reports ({@code trivy image --format json --output <folder>/name.json}). A
 * null component takes its default.
 *
 * @param folder each file in it whose name ends in {@code .json} is a report; folders in it are not
 *     entered, and a link is followed only to a file in it; must be given
 * @param interval time between two looks at the folder, 100 ms to 1 h; default: 10 s
 * @param fileLimitMib largest report that is read, in MiB, 1 to 4096; default: 256
 * @param findingsLimit findings taken from one report, 1 to 100,000; the worst are kept, the others
 *     are lost and counted; default: 5,000
 */
public record TrivyConfig(
    Path folder, Duration interval, Integer fileLimitMib, Integer findingsLimit) {

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public TrivyConfig {
    interval = interval == null ? Duration.ofSeconds(10) : interval;
    fileLimitMib = fileLimitMib == null ? Integer.valueOf(256) : fileLimitMib;
    findingsLimit = findingsLimit == null ? Integer.valueOf(5_000) : findingsLimit;
    require(folder != null, "folder is missing; name the folder that Trivy writes its reports to");
    require(
        interval.toMillis() >= 100 && interval.compareTo(Duration.ofHours(1)) <= 0,
        "interval must be from 100 ms to 1 h");
    require(
        fileLimitMib >= 1 && fileLimitMib <= 4096, "file-limit-mib must be from 1 to 4096 (4 GiB)");
    require(
        findingsLimit >= 1 && findingsLimit <= 100_000, "findings-limit must be from 1 to 100000");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("security: trivy: " + what);
    }
  }
}
