/**
 * The responder: plan, guard, execute, verify.
 *
 * <p>{@code config}, {@code guard}, {@code ledger} and {@code verify} are pure; {@code execute}
 * runs processes; what is here reads and writes topics and wires the rest.
 */
package io.tocsin.alerting.healing;
