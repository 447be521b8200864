/**
 * The responder: plan, guard, execute, verify.
 *
 * <p>{@code config}, {@code fleet}, {@code guard}, {@code ledger}, {@code trust} and {@code verify}
 * are pure; {@code execute} runs processes; what is here reads and writes topics and wires the
 * rest.
 */
package io.tocsin.alerting.healing;
