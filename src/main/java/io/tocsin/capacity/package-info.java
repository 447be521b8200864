/**
 * Capacity: how long resources last, how large they should be, what they cost, and whether a
 * workload belongs in a VM, a container or both. Everything below is arithmetic over {@link
 * io.tocsin.capacity.ResourceSeries}; only {@code source} reads anything.
 */
package io.tocsin.capacity;
