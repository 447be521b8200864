/**
 * What an agent does to readings before they are sent: clocks, labels and the number of series are
 * kept within bounds, and what is secret stays here. Functions of what they are handed; no clock,
 * no thread, and no disk but for the key that labels are hashed with.
 */
package io.tocsin.collectors.policy;
