/** Secrets that tests use, and the search for them in all that is printed and logged meanwhile. */
package io.tocsin.canary;
