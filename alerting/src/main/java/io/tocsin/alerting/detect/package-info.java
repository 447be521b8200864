/**
 * How far a value is from what its own past, its trend or the other end of a call would lead one to
 * expect. Pure: a state and a value go in, a new state and a judgement with its reason come out.
 */
package io.tocsin.alerting.detect;
