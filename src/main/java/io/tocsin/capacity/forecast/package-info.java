/**
 * How full resources will be, and when they are full; every answer carries its own tested error.
 */
package io.tocsin.capacity.forecast;
