/** A look at a target from here: a second view, beside that of the agents. */
package io.tocsin.alerting.healing.execute.probe;
