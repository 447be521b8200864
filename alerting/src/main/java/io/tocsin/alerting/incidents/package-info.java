/**
 * From alerts to what people are told: grouping by cause, priorities, clocks, silences, commands,
 * heal attempts. Pure.
 */
package io.tocsin.alerting.incidents;
