/** The Flink job that runs rules and incidents over the topics. Wiring only. */
package io.tocsin.alerting.job;
