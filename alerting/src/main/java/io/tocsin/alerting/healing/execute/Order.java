package io.tocsin.alerting.healing.execute;

import java.time.Duration;

/**
 * What is to be done now. All of it comes from the configuration, or has been checked to be an id.
 *
 * @param action name of the action in the configuration
 * @param targetId resource to be healed
 * @param object what the executor calls it
 * @param planId plan that is carried out
 * @param incidentId incident it is for
 * @param attempt the plan's attempt, from 1
 * @param epoch of the responder: a fencing token, higher for each one that takes over
 * @param timeout after this it has to be over
 */
public record Order(
    String action,
    String targetId,
    String object,
    String planId,
    String incidentId,
    int attempt,
    long epoch,
    Duration timeout) {}
