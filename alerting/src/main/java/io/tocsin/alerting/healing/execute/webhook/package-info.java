/** Actions that are somebody else's: a signed call to a hook of the operator's own. */
package io.tocsin.alerting.healing.execute.webhook;
