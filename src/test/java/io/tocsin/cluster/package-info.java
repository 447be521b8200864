/**
 * Tocsin on many machines: network namespaces as hosts, real processes in them, and what happens
 * when any of them dies, stands still or is cut off.
 */
package io.tocsin.cluster;
