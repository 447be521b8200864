/**
 * The outbox: what is to be told through which channel, what became of it, and what is to be done
 * next. Pure: everything follows from the delivery records and the time that is handed in, so that
 * the outbox after a restart is the one before it.
 */
package io.tocsin.alerting.notify.outbox;
