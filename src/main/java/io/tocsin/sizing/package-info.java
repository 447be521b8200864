/**
 * How many machines a fleet needs, and what gives way first: figures that were measured, times a
 * demand. Pure arithmetic over records; no stage is asked.
 */
package io.tocsin.sizing;
