package io.tocsin.sizing;

/**
 * What all instances of one stage need together.
 *
 * @param stage its name, as in the design
 * @param instances how many
 * @param cores of all of them, busy and spare
 * @param memoryBytes of all of them
 * @param diskBytes of all of them
 * @param inBytesPerSecond what arrives over the network
 * @param outBytesPerSecond what leaves
 * @param why in a line, the figure that decides
 */
public record StageNeed(
    String stage,
    long instances,
    double cores,
    double memoryBytes,
    double diskBytes,
    double inBytesPerSecond,
    double outBytesPerSecond,
    String why) {}
