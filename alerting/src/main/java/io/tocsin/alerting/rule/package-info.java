/** What counts as trouble and how bad it is: rules, signals, priorities. Pure. */
package io.tocsin.alerting.rule;
