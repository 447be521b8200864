package io.tocsin.alerting.notify.route;

/**
 * Something wrong with channels or routes that no schema can say.
 *
 * @param pointer JSON pointer below the section {@code notifications}, such as {@code
 *     /route/routes/1/channels/0}
 * @param message what is wrong and what to do
 */
public record RouteProblem(String pointer, String message) {}
