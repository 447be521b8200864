/** Ways to people: the contract of channels, and what they share. */
package io.tocsin.alerting.notify.channel;
