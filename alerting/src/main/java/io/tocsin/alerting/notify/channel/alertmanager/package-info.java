/** Prometheus Alertmanager, by its API v2, as Prometheus itself does it. */
package io.tocsin.alerting.notify.channel.alertmanager;
