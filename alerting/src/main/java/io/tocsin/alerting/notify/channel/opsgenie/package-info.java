/** Opsgenie, and Jira Service Management, which speaks the same API. */
package io.tocsin.alerting.notify.channel.opsgenie;
