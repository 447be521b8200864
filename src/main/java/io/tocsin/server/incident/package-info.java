/** Incidents, alerts and silences: what is known of them, and what people may do with them. */
package io.tocsin.server.incident;
