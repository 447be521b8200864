package io.tocsin.capacity.cost;

/**
 * What one kind of cost is, a month; for {@link CostKind#POWER} the first two are watts.
 *
 * @param perCore for each core given
 * @param perGib for each GiB of memory given
 * @param each for each VM or container
 */
public record Price(Amount perCore, Amount perGib, Amount each) {}
