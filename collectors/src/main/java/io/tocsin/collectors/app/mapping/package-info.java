/**
 * From figures to measurements: which metric means what, of which service. Pure: no input, no
 * output, no clock but for the age of inventory entries.
 */
package io.tocsin.collectors.app.mapping;
