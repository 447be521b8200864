package io.tocsin.capacity.cost;

/**
 * What electricity costs.
 *
 * @param perKwh price of a kilowatt-hour
 * @param pue power of the data centre for each watt of its servers: cooling and losses (power usage
 *     effectiveness, ISO/IEC 30134-2), 1 or more
 */
public record Energy(Amount perKwh, Amount pue) {}
