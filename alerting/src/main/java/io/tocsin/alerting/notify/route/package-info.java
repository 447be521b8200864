/** Who is told: the tree of routes over a notification and its incident. Pure functions. */
package io.tocsin.alerting.notify.route;
