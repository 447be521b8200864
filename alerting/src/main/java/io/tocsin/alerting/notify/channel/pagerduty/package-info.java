/** PagerDuty, by its Events API v2. */
package io.tocsin.alerting.notify.channel.pagerduty;
