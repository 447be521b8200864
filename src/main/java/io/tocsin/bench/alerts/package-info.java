/**
 * {@code tocsin bench alerts}: how long it takes from a bad sample to a page. A watched fleet
 * reports each second; now and then something breaks; the time to each page is taken, with the
 * pipeline as it is and with Prometheus and its Alertmanager.
 */
package io.tocsin.bench.alerts;
