/**
 * Tells people: reads what has to be told, keeps an outbox on a topic, sends through channels, and
 * writes what came of it.
 */
package io.tocsin.alerting.notify;
