/**
 * The text formats in which Prometheus targets show their figures: 0.0.4 and OpenMetrics 1.0. Bytes
 * go through {@link io.tocsin.collectors.app.prometheus.Lines} to {@link
 * io.tocsin.collectors.app.prometheus.Exposition}; nothing here reads from anywhere.
 */
package io.tocsin.collectors.app.prometheus;
