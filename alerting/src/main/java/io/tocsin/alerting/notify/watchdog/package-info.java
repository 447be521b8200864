/**
 * The dead man's switch: a sign of life that has gone the whole way is handed to somebody outside,
 * and its absence is the alarm.
 */
package io.tocsin.alerting.notify.watchdog;
