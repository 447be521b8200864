/** The life of an incident, as a state machine over records. Pure. */
package io.tocsin.alerting.incident;
