/** Anything that takes JSON. */
package io.tocsin.alerting.notify.channel.webhook;
