/** Asks targets for their figures, as Prometheus does: one collector per target. */
package io.tocsin.collectors.app.scrape;
