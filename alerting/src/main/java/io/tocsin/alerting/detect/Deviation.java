package io.tocsin.alerting.detect;

/**
 * How far a value is from what was expected, and why that is said.
 *
 * @param value what was seen, in its own unit
 * @param expected what was expected, in the same unit
 * @param spread how far values usually lie from that, in the same unit; 0 if they never varied
 * @param score how remarkable it is, without unit; each detector says from which score on it alarms
 * @param why one plain sentence
 */
public record Deviation(double value, double expected, double spread, double score, String why) {}
