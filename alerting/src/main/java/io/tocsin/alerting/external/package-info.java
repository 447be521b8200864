/** Alerts of other systems, in the words of Alertmanager's API, as alerts of ours. */
package io.tocsin.alerting.external;
