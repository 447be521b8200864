/** E-mail, by SMTP. */
package io.tocsin.alerting.notify.channel.email;
