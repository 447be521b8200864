/** Mergeable statistics: DDSketch with exact sums. Pure. */
package io.tocsin.streams.sketch;
