package io.tocsin.collectors.app.scrape;

import io.tocsin.schemas.Tier;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One target that shows its figures in a Prometheus text format. A null component other than id and
 * url takes its default.
 *
 * @param id the collector is called {@code app/scrape/<id>}; lower-case letters, digits, {@code . _
 *     -}, at most 63
 * @param url http or https, without user name; redirects are not followed
 * @param interval time between two scrapes, 1 s to 1 h; default 10 s
 * @param timeout longest time for a whole answer, from connecting to its last byte; default: nine
 *     tenths of the interval, at most 5 s
 * @param service name of the service that the figures belong to; default: the id
 * @param tier whether that service is CORE; default: UNSPECIFIED
 * @param bodyLimit most bytes of an answer that are read; default 10 MiB
 * @param seriesLimit most series of an answer that are taken; default 20,000
 * @param bearerTokenFile file with the token to send, read before each scrape; default: none
 * @param keepUnmapped whether figures that no mapping rule knows are kept; default: false, because
 *     exporters show thousands
 */
public record ScrapeConfig(
    String id,
    URI url,
    Duration interval,
    Duration timeout,
    String service,
    Tier tier,
    Integer bodyLimit,
    Integer seriesLimit,
    Path bearerTokenFile,
    Boolean keepUnmapped) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Duration LONGEST_DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public ScrapeConfig {
    if (id == null || !NAME.matcher(id).matches()) {
      throw new IllegalArgumentException("scrape id '%s' must match %s".formatted(id, NAME));
    }
    require(id, url != null && url.getHost() != null, "url is missing or names no host");
    require(
        id,
        "http".equals(url.getScheme()) || "https".equals(url.getScheme()),
        "url must start with http:// or https://");
    require(
        id,
        url.getRawUserInfo() == null,
        "url must not hold a user name or password: use bearer-token-file");
    service = service == null ? id : service;
    require(id, NAME.matcher(service).matches(), "service must match " + NAME);
    tier = tier == null ? Tier.UNSPECIFIED : tier;
    interval = interval == null ? Duration.ofSeconds(10) : interval;
    require(
        id,
        interval.compareTo(Duration.ofSeconds(1)) >= 0
            && interval.compareTo(Duration.ofHours(1)) <= 0,
        "interval must be from 1 s to 1 h");
    if (timeout == null) {
      Duration fitting = interval.multipliedBy(9).dividedBy(10);
      timeout = fitting.compareTo(LONGEST_DEFAULT_TIMEOUT) < 0 ? fitting : LONGEST_DEFAULT_TIMEOUT;
    }
    require(
        id,
        timeout.toMillis() >= 10 && timeout.compareTo(interval) < 0,
        "timeout must be at least 10 ms and shorter than the interval");
    bodyLimit = bodyLimit == null ? Integer.valueOf(10 * 1024 * 1024) : bodyLimit;
    require(id, bodyLimit >= 1024, "body-limit must be at least 1024 bytes");
    seriesLimit = seriesLimit == null ? Integer.valueOf(20_000) : seriesLimit;
    require(id, seriesLimit >= 1, "series-limit must be at least 1");
    keepUnmapped = keepUnmapped != null && keepUnmapped;
  }

  private static void require(String id, boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("scrape '" + id + "': " + what);
    }
  }
}
