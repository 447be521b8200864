/** What rules look at: every record that comes in, as figures with names and types. Pure. */
package io.tocsin.alerting.signal;
