/**
 * The runner: one thread per collector, on schedule; policies on what it read; one thread that
 * sends, and one that keeps on disk what is not acknowledged yet.
 */
package io.tocsin.collectors.agent;
