/** Whether a fleet fits on its hosts, and whether it still would. */
package io.tocsin.capacity.packing;
