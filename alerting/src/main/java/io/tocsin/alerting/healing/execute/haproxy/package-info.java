/** Traffic behind HAProxy: drain, maintenance, ready, weight, switch. */
package io.tocsin.alerting.healing.execute.haproxy;
