package io.tocsin.alerting.healing.execute;

import io.tocsin.alerting.outbound.OutboundHttp;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What executors may use beside their own configuration.
 *
 * @param outputDirectory where output of programs is kept; must not be writable by others
 * @param http for those that call others
 */
public record ExecutorContext(Path outputDirectory, OutboundHttp http, Clock clock) {}
