/**
 * What an agent does to readings before they are sent: clocks, labels and the number of series are
 * kept within bounds. Functions of what they are handed; no clock, no thread, no disk.
 */
package io.tocsin.collectors.policy;
