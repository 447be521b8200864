/** Figures over time, from where history is kept. */
package io.tocsin.server.history;
