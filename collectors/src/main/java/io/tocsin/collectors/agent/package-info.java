/** The runner: one thread per collector, on schedule, and one thread that sends. */
package io.tocsin.collectors.agent;
