/**
 * Traces recorded elsewhere, read for a backtest and scored against their labels. Pure but for the
 * reading of files.
 */
package io.tocsin.alerting.replay.trace;
