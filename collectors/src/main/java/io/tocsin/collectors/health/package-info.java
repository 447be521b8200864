/** Health checks: is an endpoint up, down, or can it not be told, and why. */
package io.tocsin.collectors.health;
