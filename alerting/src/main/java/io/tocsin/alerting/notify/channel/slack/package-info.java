/** Slack, by an incoming webhook or as a bot. */
package io.tocsin.alerting.notify.channel.slack;
