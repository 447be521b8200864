/** What resources cost and what a change is worth; every number knows what it was made of. */
package io.tocsin.capacity.cost;
