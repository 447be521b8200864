/** Requests to machines that are not ours: where they may go, and how long they may take. */
package io.tocsin.alerting.outbound;
