/**
 * What is known of that which may be healed: where everything is, what was last seen of it and by
 * whom, and what rules say of it. Pure.
 */
package io.tocsin.alerting.healing.fleet;
