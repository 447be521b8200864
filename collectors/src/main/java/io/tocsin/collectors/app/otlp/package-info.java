/** Metrics of the OpenTelemetry protocol: requests to figures, and the answers to them. */
package io.tocsin.collectors.app.otlp;
