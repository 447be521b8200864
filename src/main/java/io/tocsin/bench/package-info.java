/**
 * {@code tocsin bench}: what a sample costs here, and there. A seeded fleet is sent through a plain
 * copy between two topics (the ceiling), through our topologies, and its figures to Prometheus.
 * Each part is a process of its own, so that its CPU time and memory can be told from the others'.
 */
package io.tocsin.bench;
