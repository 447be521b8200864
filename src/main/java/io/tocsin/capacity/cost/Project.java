package io.tocsin.capacity.cost;

import java.util.Map;

/**
 * A change that is to pay for itself.
 *
 * @param months looked at
 * @param savings a month, beside what rightsizing saves, by name
 * @param efficiency a month: what time won and trouble avoided are worth, by name
 * @param initial once, by name
 * @param running a month, by name
 */
public record Project(
    Amount months,
    Map<String, Amount> savings,
    Map<String, Amount> efficiency,
    Map<String, Amount> initial,
    Map<String, Amount> running) {}
