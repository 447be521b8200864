package io.tocsin.capacity.packing;

/**
 * An amount of CPU and memory: what a host has, or what something that runs on it needs.
 *
 * @param id of the resource
 * @param cores may be a fraction
 * @param memoryBytes not negative
 */
public record Box(String id, double cores, double memoryBytes) {

  Box minus(Box other) {
    return new Box(id, cores - other.cores, memoryBytes - other.memoryBytes);
  }

  boolean holds(Box other) {
    // Fractions of a core add up to a last digit too many.
    return cores + 1e-9 >= other.cores && memoryBytes + 1 >= other.memoryBytes;
  }

  Box times(double cpu, double memory) {
    return new Box(id, cores * cpu, memoryBytes * memory);
  }
}
