/** Healing: what is under way, what may be done, and who decided about it. */
package io.tocsin.server.healing;
