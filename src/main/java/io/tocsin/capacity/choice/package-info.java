/** VM, container or both: scored from what was measured and from weights that are written down. */
package io.tocsin.capacity.choice;
