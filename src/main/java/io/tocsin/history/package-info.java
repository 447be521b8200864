/**
 * What was measured, kept and asked for: {@link io.tocsin.history.Recorder} writes it, {@link
 * io.tocsin.history.HistoryStore} answers questions about it.
 */
package io.tocsin.history;
