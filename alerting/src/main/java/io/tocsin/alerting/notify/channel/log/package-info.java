/** The log of the program itself, to try things out. */
package io.tocsin.alerting.notify.channel.log;
