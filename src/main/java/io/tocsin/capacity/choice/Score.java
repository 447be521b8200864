package io.tocsin.capacity.choice;

/**
 * How well VM and container do by one criterion.
 *
 * @param criterion which
 * @param weight of it, as a share of all weights
 * @param vm from 0 to 1
 * @param container from 0 to 1
 * @param isMeasured whether it rests on measurements of this workload; otherwise on the matrix
 * @param reason in words
 */
public record Score(
    Criterion criterion,
    double weight,
    double vm,
    double container,
    boolean isMeasured,
    String reason) {}
